package org.tickwave;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs a scratch network of the same kernels until they are compiled. A kernel that is not boxes its vectors: so a batch
 * of ticks that allocates nothing is the sign.
 */
final class WarmUp {
    private static final long LIMIT_NS = 2_000_000_000L;
    private static final int BATCH = 2_000;
    /** A panel and a bit at the widest lanes: every loop is taken more than once, and a tick is cheap to interpret. */
    private static final int WIDEST = 70;
    private static final int DEEPEST = 3;

    private static final Set<String> DONE = ConcurrentHashMap.newKeySet();

    private WarmUp() {
    }

    static void once(final Network network, final Engine.Context context) {
        final boolean compiles = ManagementFactory.getCompilationMXBean() != null;
        final String kernels = network.activation(1) + " " + network.activation(network.layers()) + " " + network.loss();
        if (compiles && DONE.add(kernels)) {
            run(scratch(network), context);
        }
    }

    private static Network scratch(final Network network) {
        final int layers = Math.min(DEEPEST, network.layers());
        final int[] widths = new int[layers + 1];
        for (int l = 0; l <= layers; l++) {
            widths[l] = Math.min(WIDEST, network.width(l == layers ? network.layers() : l));
        }
        return Network.chain(widths).activation(network.activation(1))
            .outputActivation(network.activation(network.layers())).loss(network.loss()).build();
    }

    private static void run(final Network network, final Engine.Context context) {
        final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Engine.Context scratch = new Engine.Context(context).rule(Rule.aligned()).rate(0).history(0)
            .guard(Engine.Guard.COUNT).warmUp(false).arena(null).learning(true);
        final float[] frame = new float[network.width(0)];
        final float[] target = new float[network.width(network.layers())];
        final long end = System.nanoTime() + LIMIT_NS;
        try (Engine engine = Engine.open(network, scratch)) {
            boolean learns = true;
            int quiet = 0;
            while (quiet < 4 && System.nanoTime() - end < 0) {
                engine.learning(learns);
                final long before = thread.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < BATCH && System.nanoTime() - end < 0; i++) {
                    engine.input(frame).target(target).tick();
                    engine.advance(1);
                }
                quiet = thread.getCurrentThreadAllocatedBytes() == before ? quiet + 1 : 0;
                learns = !learns;
            }
        }
    }
}
