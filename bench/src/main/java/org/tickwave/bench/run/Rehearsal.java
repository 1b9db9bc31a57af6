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
import org.tickwave.bench.session.Backprop;
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
 * A session that nobody hears of, before a live one, until the JVM has compiled what that runs: the same code with the same
 * classes, or it is thrown away again. Else, where every core has a thread that is busy, the compiler takes one away for
 * milliseconds, again and again, in the first ten seconds.
 */
final class Rehearsal {
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();
    private static final long LIMIT_NS = 5_000_000_000L;
    /** One after another: code that was compiled before the first end of a session does not know how one ends. */
    private static final double SECONDS = .4;
    /** What the compiler has to do in one that is as good as the last. */
    private static final long QUIET_MS = 20;
    /** Often enough that what it takes is compiled too. */
    private static final long PROGRESS_MS = 10;
    /** More would take too long to start, and a network as large takes so long in its kernels that nothing else counts. */
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
     * @param description    of the session that is to come
     * @param input    its stream; null for the made one
     * @param terminal that its status line will be shown on; null for none
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

    /** @return whether there was one */
    private boolean run(final int width) throws RunFailure, IOException {
        try (FrameStream stream = stream(width)) {
            final RunPlan plan = RunPlan.of(options, stream);
            if (plan.description().imageBytes() > LARGEST_BYTES) {
                return false;
            }
            final StatusLine statusLine = terminal == null ? null : new StatusLine(silent(terminal), PROGRESS_MS);
            try (Engine engine = Engine.open(plan.description().network(), plan.context());
                Backprop backprop = options.compare() ? new Backprop(plan.description().network(), options.seed()) : null;
                Feed feed = plan.feed(options, input, stream)) {
                plan.session(options, feed, engine, backprop, statusLine == null ? SessionObserver.NOTHING : statusLine, SECONDS).run();
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

    /** In place of a pipe, whose frames are for the session. */
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
            // nothing to close
        }
    }
}
