package org.tickwave.bench.terminal;

import java.io.PrintWriter;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.session.SessionObserver;

/**
 * A status line on stderr while a session runs. On a terminal the line is rewritten ten times a second, with the two waves
 * below it. Elsewhere a new line is printed every five seconds. A writer thread requests the numbers; the session's thread
 * copies them between two ticks. Only the writer thread formats and prints, so a slow terminal delays no tick.
 */
public final class StatusLine implements SessionObserver {
    private static final long TERMINAL_MS = 100;
    private static final long PLAIN_MS = 5_000;
    private static final long LONGEST_NS = 60_000_000_000L;
    /** How often the writer polls for the numbers that it requested. */
    private static final long POLL_MS = 10;

    private final PrintWriter err;
    private final boolean terminal;
    private final int columns;
    private final long everyMs;
    private final WaveStrip strip;
    private final SingleWriterRecorder ticksNs = new SingleWriterRecorder(LONGEST_NS, Session.DIGITS);
    private final Histogram tickNs = new Histogram(Session.DIGITS);
    private final Thread writer;
    private volatile boolean closed;
    private boolean drawn;

    /** The writer sets this, the session clears it. The session's thread owns the following fields while it is set, else the writer. */
    private volatile boolean requested;
    private RunDescription description;
    private long frames;
    private long ticks;
    private long late;
    private long dropped;
    private long starved;
    private double seconds;
    private Measure scores;
    private double present;
    private double gradientError;

    /** Prints at the intervals above. */
    public StatusLine(final Terminal to) {
        this(to, to.tty() ? TERMINAL_MS : PLAIN_MS);
    }

    public StatusLine(final Terminal to, final long everyMs) {
        this.everyMs = everyMs;
        err = to.err();
        terminal = to.tty();
        columns = to.columns();
        strip = terminal ? new WaveStrip(to) : null;
        writer = Thread.ofPlatform().name("tickwave-progress").daemon().start(this::write);
    }

    @Override
    public void ticked(final Session session, final long tookNs) {
        ticksNs.recordValue(Math.min(tookNs, LONGEST_NS));
        if (requested) {
            copy(session);
            requested = false;
        }
    }

    private void copy(final Session session) {
        description = session.description();
        frames = session.frames();
        ticks = session.ticksSince();
        late = session.late();
        dropped = session.feed().dropped();
        starved = session.feed().starved();
        seconds = Math.max(1e-9, (session.endNs() - session.startNs()) / 1e9);
        scores = session.scores();
        present = scores.present();
        gradientError = session.gradientError();
        if (strip != null) {
            strip.copy(session.engine());
        }
    }

    private String line() {
        tickNs.add(ticksNs.getIntervalHistogram());
        final long p99 = tickNs.getValueAtPercentile(99);
        final StringBuilder line = new StringBuilder();
        line.append(String.format(
            Locale.ROOT, "%s frames  %s ticks/s", Units.count(frames), Units.count(Math.round(ticks / seconds))));
        if (description.live()) {
            line.append("  late ").append(Units.count(late));
        }
        if (dropped + starved > 0) {
            line.append(String.format(Locale.ROOT, "  dropped %d  starved %d", dropped, starved));
        }
        line.append("  p99 ").append(Units.time(p99));
        if (!Double.isNaN(description.budgetNs())) {
            line.append(", ").append(Units.percent(p99 / description.budgetNs())).append(" of budget");
        }
        if (!Double.isNaN(present)) {
            line.append("  ").append(scores.words(present));
        }
        if (!Double.isNaN(gradientError)) {
            line.append(String.format(Locale.ROOT, "  gradient error %.2g", gradientError));
        }
        return line.toString();
    }

    private void write() {
        while (!closed) {
            pause(everyMs);
            requested = true;
            while (requested && !closed) {
                pause(POLL_MS);
            }
            if (!closed) {
                show(line());
            }
        }
    }

    private synchronized void pause(final long ms) {
        try {
            if (!closed) {
                wait(ms);
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
        screen.append("\033[2K").append(strip.draw()).append('\n');
        err.print(screen);
        err.flush();
        drawn = true;
    }

    /** Stops the writer. The last line stays on the terminal. */
    public void end() {
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
