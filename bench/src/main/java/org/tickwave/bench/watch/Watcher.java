package org.tickwave.bench.watch;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.tickwave.bench.terminal.Terminal;

/** Prints what is seen of a network until no tick will follow. */
public final class Watcher {
    private static final long SCREEN_MS = 100;
    private static final long LINE_MS = 1_000;
    /** Looks for each line beside a page. The watch looks as often as the page, so that both see a writer end before the next one comes. */
    private static final int LOOKS_PER_LINE = (int) (LINE_MS / SCREEN_MS);
    private static final String NOTICE = "watch: ";

    private final Watched watched;
    private final Terminal terminal;
    private final boolean json;
    private final boolean web;
    private volatile boolean stopped;
    /** What was printed last; null before. Only {@link #watch} uses these fields. */
    private Shape shape;
    private WatchText text;
    /** How many lines the last picture has. */
    private int drawn;

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
        final boolean every = json || !web;
        for (int looks = 0; ; looks++) {
            final Look look = look();
            final boolean last = look.sight.state().over() || stopped;
            if (screen) {
                draw(look);
            } else {
                print(look, last || every || looks % LOOKS_PER_LINE == 0);
            }
            if (last || terminal.out().checkError()) {
                return look.sight;
            }
            pause(screen || json || web ? SCREEN_MS : LINE_MS);
        }
    }

    private record Look(Sight sight, Shape shape, String notice) {
    }

    /** The page looks at the same network on another thread. */
    private Look look() {
        synchronized (watched) {
            final Sight sight = watched.look();
            return new Look(sight, watched.shape(), watched.notice());
        }
    }

    private void print(final Look look, final boolean line) {
        if (look.notice != null) {
            terminal.err().println(NOTICE + look.notice);
            terminal.err().flush();
        }
        final PrintWriter out = terminal.out();
        if (json && !Objects.equals(look.shape, shape)) {
            out.println(SightJson.of(look.shape));
        }
        shape = look.shape;
        if (line) {
            out.println(json ? SightJson.of(look.sight) : WatchText.line(look.sight));
        }
        out.flush();
    }

    /** Draws over the last picture. What the user is told stays above. */
    private void draw(final Look look) {
        final StringBuilder screen = new StringBuilder(drawn > 0 ? "\r\033[" + drawn + "A" : "");
        if (look.notice != null) {
            screen.append("\033[2K").append(NOTICE).append(look.notice).append('\n');
        }
        if (!Objects.equals(look.shape, shape)) {
            shape = look.shape;
            text = new WatchText(shape, terminal);
        }
        final List<String> lines = text == null ? List.of() : text.screen(look.sight);
        lines.forEach(line -> screen.append("\033[2K").append(line).append('\n'));
        drawn = lines.size();
        terminal.err().print(screen);
        terminal.err().flush();
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
