package org.tickwave.bench.ceiling;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The pass in C, in the fastest of its shapes. */
final class CPass extends LayerPass {
    /** Floats beyond a vector's own: the widest vector, and so many that vectors of any two kinds do not alias. */
    private static final int MARGIN = 80;
    /** Vectors of the widest kind of vector, in floats. */
    private static final int WIDEST = 16;
    private static final long PAGE_BYTES = 2 << 20;
    private static final int WARM_UPS = 3;
    private static final int TRIALS = 7;
    private static final long TRIAL_NS = 200_000;

    private final CLibrary c;
    private final MemorySegment memory;
    private final MemorySegment weights;
    private final MemorySegment below;
    private final MemorySegment taught;
    private final MemorySegment delta;
    private final MemorySegment sums;
    private final MemorySegment echo;
    private final MemorySegment partials;
    private int shape;

    CPass(final CLibrary c, final int rows, final int columns, final float rate) {
        super(rows, columns, rate);
        this.c = c;
        final long padded = (columns + WIDEST - 1L) / WIDEST * WIDEST * rows;
        final long vector = (Math.max(rows, columns) + WIDEST - 1L) / WIDEST * WIDEST + MARGIN;
        memory = arena.allocate((padded + 5 * vector + (long) WIDEST * rows) * Float.BYTES, PAGE_BYTES);
        weights = floats(0, padded);
        below = floats(padded, vector);
        taught = floats(padded + vector, vector);
        delta = floats(padded + 2 * vector, vector);
        sums = floats(padded + 3 * vector, vector);
        echo = floats(padded + 4 * vector, vector);
        partials = floats(padded + 5 * vector, (long) WIDEST * rows);
        shape(fastest());
    }

    int shapes() {
        return c.shapes.call();
    }

    /** Takes another shape. All numbers are zeros then. */
    void shape(final int number) {
        shape = number;
        memory.fill((byte) 0);
    }

    private MemorySegment floats(final long from, final long count) {
        return memory.asSlice(from * Float.BYTES, count * Float.BYTES);
    }

    private int fastest() {
        // Numbers of which a pass makes no denormal numbers.
        for (long i = 0; i < memory.byteSize() / Float.BYTES; i++) {
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, 1e-3f);
        }
        int fastest = 0;
        long leastNs = Long.MAX_VALUE;
        for (int s = 0; s < shapes(); s++) {
            shape = s;
            final long ns = ns();
            if (ns < leastNs) {
                leastNs = ns;
                fastest = s;
            }
        }
        return fastest;
    }

    /** The shortest trial with the present shape: a multiple of the time of a pass, the same multiple for every shape. */
    private long ns() {
        long best = Long.MAX_VALUE;
        final long passes = 1 + TRIAL_NS / Math.max(1, (long) rows * columns / 16);
        for (int trial = -WARM_UPS; trial < TRIALS; trial++) {
            final long start = System.nanoTime();
            for (long i = 0; i < passes; i++) {
                run();
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    @Override
    public void run() {
        c.pass.call(shape, weights, below, taught, delta, partials, sums, echo, minusRate, rows, columns);
    }

    @Override
    MemorySegment memory() {
        return memory;
    }

    @Override
    long weightAt(final int row, final int column) {
        return c.weightIndex.call(shape, rows, columns, row, column) * Float.BYTES;
    }

    @Override
    long belowAt() {
        return below.address() - memory.address();
    }

    @Override
    long deltaAt() {
        return delta.address() - memory.address();
    }

    @Override
    long sumsAt() {
        return sums.address() - memory.address();
    }

    @Override
    long echoAt() {
        return echo.address() - memory.address();
    }
}
