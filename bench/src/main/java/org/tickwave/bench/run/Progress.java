package org.tickwave.bench.run;

import java.io.PrintWriter;
import java.util.Locale;
import org.tickwave.bench.report.Score;
import org.tickwave.bench.report.Series;
import org.tickwave.bench.report.Setup;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.run.WaveStrip.Cells;

/**
 * One live line on stderr while a session runs: on a terminal it is rewritten ten times a second, with the two waves under
 * it; elsewhere it is a plain line every five seconds. The session fills the numbers in when they are asked for, between
 * two ticks; a thread of its own writes them, so that a slow terminal delays nothing.
 */
final class Progress implements Watch {
    private static final long TERMINAL_MS = 100;
    private static final long PLAIN_MS = 5_000;

    private final PrintWriter err;
    private final boolean terminal;
    private final int columns;
    private final WaveStrip strip;
    private final Thread writer;
    private volatile boolean wanted;
    private volatile String text;
    private volatile Cells cells;
    private volatile boolean closed;
    private boolean drawn;

    Progress(final Terminal to) {
        err = to.err();
        terminal = to.tty();
        columns = to.columns();
        strip = terminal ? new WaveStrip(to) : null;
        writer = Thread.ofPlatform().name("tickwave-progress").daemon().start(this::write);
    }

    @Override
    public void ticked(final Session session) {
        if (wanted) {
            text = line(session);
            cells = strip == null ? null : strip.read(session.engine());
            wanted = false;
        }
    }

    private static String line(final Session session) {
        final Setup setup = session.setup();
        final long ticks = session.engine().ticks();
        final double seconds = Math.max(1e-9, (session.endNs() - session.startNs()) / 1e9);
        final Series scores = session.scores();
        final long p99 = session.tickNs().getValueAtPercentile(99);
        final StringBuilder line = new StringBuilder();
        line.append(String.format(
            Locale.ROOT, "%s frames  %s ticks/s", Units.count(session.frames()), Units.count(Math.round(ticks / seconds))));
        if (setup.live()) {
            line.append("  late ").append(Units.count(session.late()));
        }
        if (session.feed().dropped() + session.feed().starved() > 0) {
            line.append(String.format(
                Locale.ROOT, "  dropped %d  starved %d", session.feed().dropped(), session.feed().starved()));
        }
        line.append("  p99 ").append(Units.time(p99)).append(", ").append(Units.percent(p99 / setup.budgetNs())).append(" of budget");
        if (scores.count() >= 4) {
            line.append(String.format(Locale.ROOT, "  loss %.2f of no change",
                scores.lastQuarter(Score.NETWORK) / scores.lastQuarter(Score.NO_CHANGE)));
        }
        return line.toString();
    }

    private void write() {
        wanted = true;
        while (!closed) {
            pause();
            final String line = text;
            if (line != null && !closed) {
                text = null;
                show(line);
                wanted = true;
            }
        }
    }

    private synchronized void pause() {
        try {
            if (!closed) {
                wait(terminal ? TERMINAL_MS : PLAIN_MS);
            }
        } catch (final InterruptedException e) {
            closed = true;
        }
    }

    private void show(final String line) {
        if (!terminal) {
            err.println(line);
            err.flush();
            return;
        }
        final StringBuilder screen = new StringBuilder(drawn ? "\r\033[2A" : "");
        screen.append("\033[2K").append(line, 0, Math.min(line.length(), columns - 1)).append('\n');
        screen.append("\033[2K").append(strip.draw(cells)).append('\n');
        err.print(screen);
        err.flush();
        drawn = true;
    }

    /** Ends the line; what was drawn last stays. */
    void end() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            writer.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
