package org.tickwave.bench.ceiling;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A fused pass over one layer: forward, backward and learn, with the fold of the row sums. y = W x, e = W' delta, and then
 * W -= rate delta x'. All of it stands in one piece of memory.
 */
public abstract class LayerPass implements AutoCloseable {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    final Arena arena = Arena.ofShared();
    final int rows;
    final int columns;
    final float minusRate;

    LayerPass(final int rows, final int columns, final float rate) {
        this.rows = rows;
        this.columns = columns;
        minusRate = -rate;
    }

    /** One pass. */
    public abstract void run();

    abstract MemorySegment memory();

    /** Where a weight stands, in bytes. */
    abstract long weightAt(int row, int column);

    abstract long belowAt();

    abstract long deltaAt();

    abstract long sumsAt();

    abstract long echoAt();

    public final void below(final int column, final float value) {
        memory().set(FLOAT, belowAt() + (long) column * Float.BYTES, value);
    }

    public final void delta(final int row, final float value) {
        memory().set(FLOAT, deltaAt() + (long) row * Float.BYTES, value);
    }

    public final void weight(final int row, final int column, final float value) {
        memory().set(FLOAT, weightAt(row, column), value);
    }

    public final float weight(final int row, final int column) {
        return memory().get(FLOAT, weightAt(row, column));
    }

    /** Of the last pass. */
    public final float sum(final int row) {
        return memory().get(FLOAT, sumsAt() + (long) row * Float.BYTES);
    }

    /** Of the last pass. */
    public final float echo(final int column) {
        return memory().get(FLOAT, echoAt() + (long) column * Float.BYTES);
    }

    /** Forgets the results of the last pass, so that a pass that makes none is found. */
    public final void forget() {
        for (int i = 0; i < rows; i++) {
            memory().set(FLOAT, sumsAt() + (long) i * Float.BYTES, Float.NaN);
        }
        for (int j = 0; j < columns; j++) {
            memory().set(FLOAT, echoAt() + (long) j * Float.BYTES, Float.NaN);
        }
    }

    @Override
    public final void close() {
        arena.close();
    }
}
