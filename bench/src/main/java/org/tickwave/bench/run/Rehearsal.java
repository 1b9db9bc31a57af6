package org.tickwave.bench.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import org.tickwave.Engine;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.session.References;
import org.tickwave.bench.session.Feed;
import org.tickwave.bench.session.SessionObserver;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.MadeStream;
import org.tickwave.bench.terminal.StatusLine;
import org.tickwave.bench.terminal.Terminal;

/**
 * Runs short sessions before a live session, until the JVM has compiled the code. Without a rehearsal the compiler would take a
 * core from a busy thread for milliseconds, many times in the first ten seconds. The rehearsal uses the same classes as the live
 * session, since the JVM deoptimises compiled code when a new class appears.
 */
final class Rehearsal {
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();
    private static final long LIMIT_NS = 5_000_000_000L;
    /** Sessions are short, so that several of them end: code compiled before the first end lacks the branches for it. */
    private static final double SECONDS = .4;
    /** Compilation time during a session below which the rehearsal is over. */
    private static final long QUIET_MS = 20;
    /** Period of the status line, short enough that its code is compiled too. */
    private static final long PROGRESS_MS = 10;
    /** A larger image takes too long to start. Its kernels take so long that the time of other code does not matter. */
    private static final long LARGEST_BYTES = 64L << 20;
    private static final int WIDEST = 64;

    private final RunOptions options;
    private final Input input;
    private final Terminal terminal;

    private Rehearsal(final RunOptions options, final Input input, final Terminal terminal) {
        this.options = options;
        this.input = input;
        this.terminal = terminal;
    }

    /**
     * Rehearses for at most five seconds.
     *
     * @param description parameters of the live session
     * @param input       the input of the live session; null for the made stream
     * @param terminal    the terminal of the status line; null without a status line
     */
    static void of(final RunOptions options, final RunDescription description, final Input input, final Terminal terminal)
        throws RunFailure, IOException {
        if (COMPILER == null) {
            return;
        }
        final Rehearsal rehearsal = new Rehearsal(options.rehearsed(WIDEST, description), input, terminal);
        final long endNs = System.nanoTime() + LIMIT_NS;
        long beforeMs = COMPILER.getTotalCompilationTime();
        while (rehearsal.run(description.width()) && System.nanoTime() - endNs < 0) {
            final long ms = COMPILER.getTotalCompilationTime();
            if (ms - beforeMs < QUIET_MS) {
                return;
            }
            beforeMs = ms;
        }
    }

    /** @return false if the network is too large to rehearse */
    private boolean run(final int width) throws RunFailure, IOException {
        try (FrameStream stream = stream(width)) {
            final RunPlan plan = RunPlan.of(options, stream);
            if (plan.description().imageBytes() > LARGEST_BYTES) {
                return false;
            }
            final StatusLine statusLine = terminal == null ? null : new StatusLine(silent(terminal), PROGRESS_MS);
            try (Engine engine = Engine.open(plan.description().network(), plan.context());
                References references = options.compare() ? new References(plan.description().network(), plan.description().rate(), options.seed()) : null;
                Feed feed = plan.feed(options, input, stream)) {
                plan.session(options, feed, engine, references, null, statusLine == null ? SessionObserver.NOTHING : statusLine, SECONDS).run();
            } finally {
                if (statusLine != null) {
                    statusLine.end();
                }
            }
            return true;
        }
    }

    private FrameStream stream(final int width) throws IOException {
        if (input == null) {
            return new MadeStream(options.seed());
        }
        return input.regularFile() ? input.open() : new Noise(width);
    }

    private static Terminal silent(final Terminal terminal) {
        return new Terminal(terminal.out(), new PrintWriter(Writer.nullWriter()), terminal.tty(), terminal.color(),
            terminal.blocks(), terminal.columns());
    }

    /** Replaces a pipe, whose frames belong to the live session. */
    private static final class Noise implements FrameStream {
        private static final long FRAME_NS = 50_000L;

        private final int width;
        private int frames;

        private Noise(final int width) {
            this.width = width;
        }

        @Override
        public String name() {
            return "noise";
        }

        @Override
        public int width() {
            return width;
        }

        @Override
        public double framesPerSecond() {
            return 1;
        }

        @Override
        public boolean read(final float[] frame) {
            LockSupport.parkNanos(FRAME_NS);
            frame[frames % width] = frames % 7;
            frames++;
            return true;
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }
}
