package org.tickwave.bench.watch;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.tickwave.bench.terminal.Terminal;

/** Prints what is seen of a network until no tick will follow. */
public final class Watcher {
    private static final long SCREEN_MS = 100;
    private static final long LINE_MS = 1_000;

    private final Watched watched;
    private final Terminal terminal;
    private final boolean json;
    private final boolean web;
    private volatile boolean stopped;

    /**
     * @param json whether to print each sight as one object in a line of standard output
     * @param web  whether a page shows the waves, so that the terminal shows only the numbers
     */
    public Watcher(final Watched watched, final Terminal terminal, final boolean json, final boolean web) {
        this.watched = watched;
        this.terminal = terminal;
        this.json = json;
        this.web = web;
    }

    /** Ends {@link #watch} soon. Any thread may call this. */
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /**
     * Prints until the end.
     *
     * @return what was seen last
     */
    public Sight watch() {
        final boolean screen = terminal.tty() && !json && !web;
        final WatchText text = new WatchText(watched.shape(), terminal);
        final PrintWriter out = terminal.out();
        Sight sight = look();
        boolean drawn = false;
        if (json) {
            out.println(SightJson.of(watched.shape()));
        }
        while (true) {
            if (json) {
                out.println(SightJson.of(sight));
            } else if (screen) {
                terminal.err().print(screen(text.screen(sight), drawn));
                terminal.err().flush();
                drawn = true;
            } else {
                out.println(WatchText.line(sight));
            }
            out.flush();
            if (sight.state().over() || stopped || out.checkError()) {
                return sight;
            }
            pause(screen || json ? SCREEN_MS : LINE_MS);
            sight = look();
        }
    }

    /** The page looks at the same network on another thread. */
    private Sight look() {
        synchronized (watched) {
            return watched.look();
        }
    }

    private static String screen(final List<String> lines, final boolean again) {
        final StringBuilder screen = new StringBuilder(again ? "\r\033[" + lines.size() + "A" : "");
        lines.forEach(line -> screen.append("\033[2K").append(line).append('\n'));
        return screen.toString();
    }

    private synchronized void pause(final long ms) {
        try {
            if (!stopped) {
                wait(ms);
            }
        } catch (final InterruptedException e) {
            stopped = true;
        }
    }
}
