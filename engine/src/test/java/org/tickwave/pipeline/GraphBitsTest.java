package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.tickwave.kernel.AtEveryLaneWidth;
import org.tickwave.layout.RandomWiring;
import org.tickwave.layout.Wiring;

/** Random graphs with any feedback have the same bits at every lane width, on any number of threads, and from a copy in mid-wave. */
@AtEveryLaneWidth
@Execution(ExecutionMode.CONCURRENT)
class GraphBitsTest {
    private static final int SOME = 100;
    private static final int MANY = 1_000;
    private static final int[] THREADS = {2, 3, 5};
    private static final int COMMITS = 15;
    /** The bits of the first graphs, at every lane width. Recorded at 512 bits. */
    private static final long BITS_OF_SOME = 0x84334aadb14a4ad8L;
    private static final long BITS_OF_MANY = 0x85fb7e400d153284L;

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void graphsHaveTheBitsOfOneThread() {
        assertEquals(Long.toHexString(BITS_OF_SOME), Long.toHexString(bitsOf(SOME)), "the bits of " + SOME + " graphs");
    }

    @Test
    @Tag("soak")
    @Timeout(value = 1_200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyGraphsHaveTheBitsOfOneThread() {
        assertEquals(Long.toHexString(BITS_OF_MANY), Long.toHexString(bitsOf(MANY)), "the bits of " + MANY + " graphs");
    }

    private static Wiring wiring(final long seed) {
        final Random random = new Random(seed);
        final boolean balanced = random.nextInt(3) > 0;
        final Wiring graph = RandomWiring.of(random, balanced, 3, 8);
        final Wiring ruled = balanced && random.nextBoolean() ? graph.window(1 + random.nextInt(2 * graph.latency() - 1)) : graph;
        return RandomWiring.withFeedback(random, ruled);
    }

    private static long bitsOf(final int graphs) {
        long all = 0;
        int learnt = 0;
        for (long seed = 1; seed <= graphs; seed++) {
            final Wiring wiring = wiring(seed);
            // Start weights take long, and are drawn before there are bands.
            try (GraphNet start = new GraphNet(wiring, seed, 1)) {
                final long before = start.bits();
                final long expected;
                try (GraphNet net = new GraphNet(wiring, seed, 1, start)) {
                    run(net, seed, COMMITS);
                    expected = net.bits();
                    learnt += before == expected ? 0 : 1;
                }
                for (final int threads : THREADS) {
                    try (GraphNet net = new GraphNet(wiring, seed, threads, start).onThreads()) {
                        run(net, seed, COMMITS);
                        assertEquals(expected, net.bits(), threads + " threads, seed " + seed);
                    }
                }
                final int stop = new Random(seed).nextInt(COMMITS);
                try (GraphNet first = new GraphNet(wiring, seed, 2, start)) {
                    final Random same = run(first, seed, stop);
                    first.finish();
                    try (GraphNet copy = new GraphNet(wiring, seed, 3, first)) {
                        run(copy, same, COMMITS - stop);
                        assertEquals(expected, copy.bits(), "a copy after " + stop + " commits, seed " + seed);
                    }
                }
                all = 31 * all + expected;
            }
        }
        assertTrue(learnt == graphs, learnt + " graphs have learnt");
        return all;
    }

    private static Random run(final GraphNet net, final long seed, final int commits) {
        return run(net, new Random(seed), commits);
    }

    /** Commits, with what an embedder may change between two commits. */
    private static Random run(final GraphNet net, final Random random, final int commits) {
        for (int i = 0; i < commits; i++) {
            switch (random.nextInt(8)) {
                case 0 -> net.settings.rate(random.nextFloat() / 10);
                case 1 -> net.settings.learning(false, net.source.committed());
                case 2, 3 -> net.settings.learning(true, net.source.committed());
                default -> {
                }
            }
            net.commit(1 + random.nextInt(3));
        }
        return random;
    }
}
