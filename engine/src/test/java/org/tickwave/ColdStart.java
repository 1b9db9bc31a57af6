package org.tickwave;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Opens an engine with warm-up in a JVM that has done nothing before, and prints what its first ticks and answers allocate. */
final class ColdStart {
    /** What the lines begin with that a test reads. */
    static final String MARK = "cold start: ";

    private static final int TICKS = 1_000;
    private static final int EVERY = 100;
    /** A busy machine compiles slowly. */
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(100);

    /** What is done before every hundredth tick. */
    enum Change {
        RESET, WEIGHTS, LEARNING
    }

    private ColdStart() {
    }

    /** What to do, and the widths of the network. */
    public static void main(final String[] args) throws InterruptedException {
        final int[] widths = Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray();
        final Network network = Network.chain(widths).activation(Activation.TANH).build();
        switch (args[0]) {
            case "all" -> all(network);
            case "all-and-confined" -> {
                all(network);
                confined(network);
            }
            case "all-and-a-confined-deep-one" -> {
                all(network);
                confined(Network.chain(64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64).activation(Activation.TANH).build());
            }
            case "virtual" -> virtual(network);
            default -> opens(network, Long.parseLong(args[0]));
        }
    }

    static Context context() {
        final Context context = new Context().rate(1e-4f).warmUp(true);
        context.warmUpLimitNs = LIMIT_NS;
        return context;
    }

    private static void say(final String what, final Object value) {
        System.out.println(MARK + what + " " + value);
    }

    private static void all(final Network network) {
        say("reset", Counted.ticks(network, context(), Change.RESET));
        say("diffusion", Counted.ticks(network, context().rule(Rule.diffusion()), Change.RESET));
        say("window", Counted.ticks(network, context().rule(Rule.window(3)), Change.RESET));
        say("weights", Counted.ticks(network, context(), Change.WEIGHTS));
        say("learning", Counted.ticks(network, context(), Change.LEARNING));
        say("threads", Counted.ticks(network, context().threads(2), Change.RESET));
    }

    private static void confined(final Network network) {
        say("confined", Counted.ticks(network, context().arena(Arena.ofConfined()), Change.RESET));
    }

    /** The JVM counts no bytes on a virtual thread; so it opens there, and the ticks are elsewhere. */
    private static void virtual(final Network network) throws InterruptedException {
        final Engine[] opened = new Engine[1];
        Thread.ofVirtual().start(() -> opened[0] = Engine.open(network, context())).join();
        try (Engine engine = opened[0]) {
            say("warm", engine.warm());
            say("virtual", Counted.ticks(engine, Change.RESET));
        }
    }

    /** Where nothing counts bytes. */
    private static void opens(final Network network, final long limitSeconds) {
        final Context context = context();
        context.warmUpLimitNs = TimeUnit.SECONDS.toNanos(limitSeconds);
        try (Engine engine = Engine.open(network, context)) {
            engine.input(new float[network.width(0)]).tick();
            say("warm", engine.warm());
        }
    }

    /** A class of its own, which is not loaded where there is no {@code jdk.management}. */
    private static final class Counted {
        private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        static long ticks(final Network network, final Context context, final Change change) {
            try (Engine engine = Engine.open(network, context)) {
                if (!engine.warm()) {
                    throw new IllegalStateException("not warm after " + context.warmUpLimitNs + " ns");
                }
                return ticks(engine, change);
            }
        }

        /** Bytes that the thread allocates in the first ticks of an engine. */
        static long ticks(final Engine engine, final Change change) {
            final float[] frame = new float[engine.network().width(0)];
            final float[] target = new float[engine.network().width(engine.network().layers())];
            final float[] answer = target.clone();
            final float[] weights = new float[engine.network().width(1) * frame.length];
            final float[] biases = new float[engine.network().width(1)];
            engine.weights(1, weights);
            THREAD.getCurrentThreadAllocatedBytes();
            final long before = THREAD.getCurrentThreadAllocatedBytes();
            for (int t = 0; t < TICKS; t++) {
                if (t % EVERY == EVERY - 1) {
                    change(engine, change, t, weights, biases);
                }
                Arrays.fill(frame, t % 7 * .1f);
                Arrays.fill(target, t % 3 * .1f);
                engine.input(frame).target(target).tick();
                engine.answer(frame, answer);
            }
            return THREAD.getCurrentThreadAllocatedBytes() - before;
        }

        private static void change(
            final Engine engine, final Change change, final int tick, final float[] weights, final float[] biases) {
            if (change == Change.RESET) {
                engine.reset();
            } else if (change == Change.WEIGHTS) {
                engine.setWeights(1, weights, biases);
            } else {
                engine.learning(tick / EVERY % 2 == 1);
            }
        }
    }
}
