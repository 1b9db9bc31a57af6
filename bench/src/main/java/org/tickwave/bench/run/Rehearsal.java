package org.tickwave.bench.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import org.tickwave.Engine;
import org.tickwave.bench.report.Setup;
import org.tickwave.bench.stream.Input;
import org.tickwave.bench.stream.MadeSource;
import org.tickwave.bench.stream.Source;

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

    private final Settings settings;
    private final Input input;
    private final Terminal terminal;

    private Rehearsal(final Settings settings, final Input input, final Terminal terminal) {
        this.settings = settings;
        this.input = input;
        this.terminal = terminal;
    }

    /**
     * @param setup    of the session that is to come
     * @param input    its stream; null for the made one
     * @param terminal that its progress will be shown on; null for none
     */
    static void of(final Settings settings, final Setup setup, final Input input, final Terminal terminal)
        throws RunFailure, IOException {
        if (COMPILER == null) {
            return;
        }
        final Rehearsal rehearsal = new Rehearsal(settings.rehearsed(WIDEST, setup), input, terminal);
        final long endNs = System.nanoTime() + LIMIT_NS;
        long beforeMs = COMPILER.getTotalCompilationTime();
        while (rehearsal.run(setup.width()) && System.nanoTime() - endNs < 0) {
            final long ms = COMPILER.getTotalCompilationTime();
            if (ms - beforeMs < QUIET_MS) {
                return;
            }
            beforeMs = ms;
        }
    }

    /** @return whether there was one */
    private boolean run(final int width) throws RunFailure, IOException {
        try (Source source = source(width)) {
            final Plan plan = Plan.of(settings, source);
            if (plan.setup().imageBytes() > LARGEST_BYTES) {
                return false;
            }
            final Progress progress = terminal == null ? null : new Progress(silent(terminal), PROGRESS_MS);
            try (Engine engine = Engine.open(plan.setup().network(), plan.context());
                Backprop backprop = settings.compare() ? new Backprop(plan.setup().network(), settings.seed()) : null;
                Feed feed = plan.feed(settings, input, source)) {
                plan.session(settings, feed, engine, backprop, progress, SECONDS).run();
            } finally {
                if (progress != null) {
                    progress.end();
                }
            }
            return true;
        }
    }

    private Source source(final int width) throws IOException {
        if (input == null) {
            return new MadeSource(settings.seed());
        }
        return input.regularFile() ? input.open() : new Noise(width);
    }

    private static Terminal silent(final Terminal terminal) {
        return new Terminal(terminal.out(), new PrintWriter(Writer.nullWriter()), terminal.tty(), terminal.color(),
            terminal.blocks(), terminal.columns());
    }

    /** In place of a pipe, whose frames are for the session. */
    private static final class Noise implements Source {
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
