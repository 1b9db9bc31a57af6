package org.tickwave;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a scratch network of the same kernels until they are compiled. A kernel that is not boxes its vectors: so a batch
 * of ticks that allocates nothing is the sign.
 */
final class WarmUp {
    private static final long LIMIT_NS = 2_000_000_000L;
    private static final long PAUSE_NS = 5_000_000L;
    private static final int BATCH = 100;
    /** Batches in a row, with learning and without. */
    private static final int QUIET = 4;
    private static final int RESETS = 45;
    /** A panel and a bit at the widest lanes, every other layer: so that every loop is taken more than once. */
    private static final int WIDE = 70;
    /** In between: a tick is cheap to interpret, and a kernel is compiled for its calls before it is for its loop. */
    private static final int NARROW = 17;
    private static final int DEEPEST = 3;

    private static final Set<String> DONE = new HashSet<>();

    private WarmUp() {
    }

    /** @return whether there was something to do; a second caller waits for the first */
    static synchronized boolean once(final Network network, final Context context) {
        final boolean compiles = ManagementFactory.getCompilationMXBean() != null;
        final Network scratch = scratch(network);
        // What a chain of one layer leaves cold, the middle of a longer one needs.
        final String kernels = scratch.layers() + " " + network.activation(1) + " " + network.activation(network.layers()) + " "
            + network.loss() + " " + (context.clip < Float.POSITIVE_INFINITY);
        final boolean cold = compiles && !DONE.contains(kernels);
        if (cold) {
            run(scratch, context);
            DONE.add(kernels);
        }
        return cold;
    }

    private static Network scratch(final Network network) {
        final int layers = Math.min(DEEPEST, network.layers());
        final int[] widths = new int[layers + 1];
        for (int l = 0; l <= layers; l++) {
            widths[l] = Math.min(l % 2 == 0 ? WIDE : NARROW, network.width(l == layers ? network.layers() : l));
        }
        return Network.chain(widths).activation(network.activation(1))
            .outputActivation(network.activation(network.layers())).loss(network.loss()).build();
    }

    private static void run(final Network network, final Context context) {
        final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Context scratch = new Context(context).rule(Rule.aligned()).rate(0).history(0)
            .guard(Engine.Guard.COUNT).warmUp(false).arena(null).learning(true).oneThread();
        final float[] frame = new float[network.width(0)];
        final float[] target = new float[network.width(network.layers())];
        final long end = System.nanoTime() + LIMIT_NS;
        try (Engine engine = Engine.open(network, scratch)) {
            // What only the first ticks do; and a handle is made over, with some allocation, when it is called the 127th time.
            for (int i = 0; i < RESETS && System.nanoTime() - end < 0; i++) {
                engine.reset();
                engine.input(frame).advance(DEEPEST);
                ticks(engine, frame, target, DEEPEST, end);
            }
            boolean learns = true;
            int quiet = 0;
            while (quiet < QUIET && System.nanoTime() - end < 0) {
                engine.learning(learns);
                // Where learning is turned on, the first ticks do what no later one does.
                ticks(engine, frame, target, 2 * DEEPEST, end);
                final long before = thread.getCurrentThreadAllocatedBytes();
                ticks(engine, frame, target, BATCH, end);
                quiet = thread.getCurrentThreadAllocatedBytes() == before ? quiet + 1 : 0;
                learns = !learns;
                if (quiet == 0) {
                    // The compiler may want the core.
                    LockSupport.parkNanos(PAUSE_NS);
                }
            }
        }
    }

    private static void ticks(
        final Engine engine, final float[] frame, final float[] target, final int count, final long end) {
        for (int i = 0; i < count && System.nanoTime() - end < 0; i++) {
            engine.input(frame).target(target).tick();
            engine.advance(1);
        }
    }
}
