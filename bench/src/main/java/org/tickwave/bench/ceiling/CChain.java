package org.tickwave.bench.ceiling;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A square chain of leaky ReLU layers in C that learns by the rule aligned in every tick. The fused pass has the fastest of its shapes for
 * this chain. The calling thread runs the lowest layers, and threads of the C library run the others. They wait by spinning.
 */
public final class CChain implements AutoCloseable {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final long PAGE_BYTES = 2 << 20;
    private static final int LINE_BYTES = 64;
    private static final int TRIALS = 5;
    /** Multiply-adds of a trial: a millisecond or so. */
    private static final double TRIAL_WORK = 3e7;
    private static final int MOST_TICKS = 200;

    private final CLibrary c;
    private final int depth;
    private final int width;
    private final int threads;
    private final int shape;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final MemorySegment given;
    private final MemorySegment chain;

    private CChain(final CLibrary c, final int depth, final int width, final int threads, final int shape) {
        this.c = c;
        this.depth = depth;
        this.width = width;
        this.threads = threads;
        this.shape = shape;
        memory = arena.allocate(c.chainBytes.call(depth, width, threads), PAGE_BYTES);
        given = arena.allocate(2L * width * Float.BYTES, LINE_BYTES);
        chain = c.chainOpen.call(memory, depth, width, threads, shape);
        if (chain.address() == 0) {
            arena.close();
            throw new IllegalStateException("a chain in C: " + threads + " threads cannot be started");
        }
    }

    /**
     * All weights are zeros.
     *
     * @throws org.tickwave.bench.peer.Skipped if this machine has no C compiler
     * @throws IllegalStateException           if the C compiler fails, or a thread cannot be started
     */
    public static CChain open(final int depth, final int width, final int threads) {
        if (depth < 1 || width < 1 || threads < 1 || threads > depth) {
            throw new IllegalArgumentException("depth " + depth + ", width " + width + ", threads " + threads
                + ": expected at least 1, and no more threads than layers");
        }
        final CLibrary c = CLibrary.get();
        return new CChain(c, depth, width, threads, fastest(c, depth, width, threads));
    }

    /** The trials run one after the other, so that a disturbance meets all shapes alike. All numbers are zeros, so that none is denormal. */
    private static int fastest(final CLibrary c, final int depth, final int width, final int threads) {
        final int shapes = c.shapes.call();
        final long[] leastNs = new long[shapes];
        final int ticks = 2 + (int) Math.min(MOST_TICKS, TRIAL_WORK / (3.0 * depth * width * width));
        int fastest = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            for (int s = 0; s < shapes; s++) {
                final long ns = ns(c, depth, width, threads, s, ticks);
                leastNs[s] = trial == 0 ? ns : Math.min(leastNs[s], ns);
            }
        }
        for (int s = 1; s < shapes; s++) {
            fastest = leastNs[s] < leastNs[fastest] ? s : fastest;
        }
        return fastest;
    }

    /** So many ticks, after as many that do not count. */
    private static long ns(final CLibrary c, final int depth, final int width, final int threads, final int shape, final int ticks) {
        try (CChain chain = new CChain(c, depth, width, threads, shape)) {
            chain.ticks(ticks);
            final long start = System.nanoTime();
            chain.ticks(ticks);
            return System.nanoTime() - start;
        }
    }

    /** Another chain with the same sizes and the same shape of the fused pass. All weights are zeros. */
    public CChain another() {
        return new CChain(c, depth, width, threads, shape);
    }

    private void ticks(final int count) {
        for (int t = 0; t < count; t++) {
            tick();
        }
    }

    /** The present frame, and behind it the present target. */
    public MemorySegment given() {
        return given;
    }

    /** Where the target begins in {@link #given}, in bytes. */
    public long target() {
        return (long) width * Float.BYTES;
    }

    /** Takes the present frame and target, and does one tick in all layers. */
    public void tick() {
        c.chainTick.call(chain, given, given.asSlice(target()));
    }

    /** Of the ticks that follow. */
    public void rate(final float rate) {
        c.chainRate.call(chain, rate);
    }

    /** Sets weights, row by row, and biases of a layer. */
    public void setWeights(final int layer, final float[] weights, final float[] biases) {
        final long first = c.chainWeights.call(chain, layer);
        for (int i = 0, w = 0; i < width; i++) {
            for (int j = 0; j < width; j++, w++) {
                memory.setAtIndex(FLOAT, first + weight(i, j), weights[w]);
            }
        }
        MemorySegment.copy(biases, 0, memory, FLOAT, c.chainBiases.call(chain, layer) * Float.BYTES, width);
    }

    /** Copies weights, row by row, and biases of a layer. */
    public void weights(final int layer, final float[] weights, final float[] biases) {
        final long first = c.chainWeights.call(chain, layer);
        for (int i = 0, w = 0; i < width; i++) {
            for (int j = 0; j < width; j++, w++) {
                weights[w] = memory.getAtIndex(FLOAT, first + weight(i, j));
            }
        }
        MemorySegment.copy(memory, FLOAT, c.chainBiases.call(chain, layer) * Float.BYTES, biases, 0, width);
    }

    private long weight(final int row, final int column) {
        return c.weightIndex.call(shape, width, width, row, column);
    }

    /** Ends the threads. Then frees all memory. */
    @Override
    public void close() {
        c.chainClose.call(chain);
        arena.close();
    }
}
