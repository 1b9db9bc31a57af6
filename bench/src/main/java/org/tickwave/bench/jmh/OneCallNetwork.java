package org.tickwave.bench.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A prototype of a square chain whose layer is one compiled method a tick: error, pass, fold, activation and biases together. It shows what
 * the engine's calls cost in narrow networks. It has leaky ReLU, squared error, the rule aligned, one thread, sixteen lanes, the guard's
 * test, and the engine's order of sums, so its weights have the engine's bits. It has no hand-shake, no marks in the slots, no learning
 * gate, and no settings.
 *
 * <p>The method does not pass C2's node budget because its panels are one vector wide where the engine's are four: narrow layers need no
 * more, and wide layers would store and load their partial sums four times as often.
 */
final class OneCallNetwork implements AutoCloseable {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ORDER);
    private static final int LANES = 16;
    private static final int VECTOR = LANES * Float.BYTES;
    private static final int QUAD = 4;
    private static final FloatVector EVEN = FloatVector.zero(SPECIES).addIndex(2);
    private static final FloatVector ODD = EVEN.add(1);
    private static final float LEAK = 0.01f;
    private static final float FLUSH = 1e-30f;
    private static final int MAGNITUDE = 0x7fff_ffff;
    private static final int LIMIT_BITS = Float.floatToRawIntBits(0x1p30f);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment image;
    private final int depth;
    private final int width;
    private final int vectors;
    private final long vectorBytes;
    private final int mask;
    private final long[] weights;
    private final long[] biases;
    /** Of layer 0 the frames. */
    private final long[] activations;
    /** What a layer receives from above: the echo; of the last layer the targets. */
    private final long[] received;
    private final long error;
    private final long partials;
    private final long folds;
    private final long noEcho;
    private final long zeros;
    private final float minusRate;
    private long end;
    private long tick;

    OneCallNetwork(final int depth, final int width, final float rate) {
        this.depth = depth;
        this.width = width;
        minusRate = -rate;
        vectors = (width + LANES - 1) / LANES;
        vectorBytes = (long) vectors * VECTOR;
        mask = Integer.highestOneBit(2 * depth) * 2 - 1;
        weights = new long[depth + 1];
        biases = new long[depth + 1];
        activations = new long[depth + 1];
        received = new long[depth + 1];
        for (int l = 0; l <= depth; l++) {
            weights[l] = take(vectorBytes * width);
            biases[l] = take(vectorBytes);
            activations[l] = take(vectorBytes * (mask + 1));
            received[l] = take(vectorBytes * (mask + 1));
        }
        error = take(vectorBytes);
        partials = take(vectorBytes * LANES);
        folds = take(vectorBytes * (QUAD + 1));
        noEcho = take(vectorBytes);
        zeros = take(vectorBytes);
        image = arena.allocate(end, VECTOR);
    }

    private long take(final long bytes) {
        final long at = end;
        end += bytes;
        return at;
    }

    /** Where weight w_ij of a layer stands: panels of one vector of columns, row after row. */
    private long weight(final int layer, final int i, final int j) {
        return weights[layer] + ((long) (j / LANES) * width + i) * VECTOR + (long) (j % LANES) * Float.BYTES;
    }

    void weights(final int layer, final float[] to) {
        for (int k = 0; k < to.length; k++) {
            to[k] = image.get(FLOAT, weight(layer, k / width, k % width));
        }
    }

    void setWeights(final int layer, final float[] from) {
        for (int k = 0; k < from.length; k++) {
            image.set(FLOAT, weight(layer, k / width, k % width), from[k]);
        }
    }

    private long slot(final long ring, final long t) {
        return ring + (t & mask) * vectorBytes;
    }

    /** Where the next frame is written. */
    long frame() {
        return slot(activations[0], tick);
    }

    /** Where the target of the next frame is written. */
    long target() {
        return slot(received[depth], tick);
    }

    MemorySegment image() {
        return image;
    }

    /**
     * One tick of all layers. The ages are those of the rule aligned.
     *
     * @return whether all vectors were good
     */
    boolean tick() {
        final long t = tick;
        boolean good = true;
        for (int l = depth; l >= 1; l--) {
            final int above = depth - l;
            final boolean last = l == depth;
            final long own = slot(activations[l], t - 2L * above);
            final long above0 = last ? own : slot(received[l], t);
            final long minus = last ? slot(received[l], t - depth) : zeros;
            final long echo = l == 1 ? noEcho : slot(received[l - 1], t + 1);
            good &= layer(image, vectors, width, last ? 1 : LEAK, minusRate, above0, minus, own, error,
                slot(activations[l - 1], t), slot(activations[l - 1], t - 2L * above - 1), weights[l], partials, folds, biases[l],
                slot(activations[l], t + 1), echo);
        }
        tick = t + 1;
        return good;
    }

    private static FloatVector load(final MemorySegment image, final long at) {
        return FloatVector.fromMemorySegment(SPECIES, image, at, ORDER);
    }

    private static FloatVector neighbours(final FloatVector a, final FloatVector b) {
        return EVEN.selectFrom(a, b).add(ODD.selectFrom(a, b));
    }

    private static FloatVector flush(final FloatVector v) {
        return v.blend(0f, v.abs().compare(VectorOperators.LT, FLUSH));
    }

    private static IntVector worse(final IntVector worst, final FloatVector v) {
        return v.reinterpretAsInts().lanewise(VectorOperators.AND, MAGNITUDE).max(worst);
    }

    /**
     * @param leak  slope below zero: 1 for the output
     * @param above the echo, or the output
     * @param minus what is subtracted from it: zeros, or the target
     * @param own   the activation that gives the slope
     */
    private static boolean layer(
        final MemorySegment image, final int vectors, final int rows, final float leak, final float minusRate, final long above,
        final long minus, final long own, final long error, final long x, final long past, final long w, final long partials,
        final long folds, final long bias, final long next, final long echo) {
        final FloatVector rate = FloatVector.broadcast(SPECIES, minusRate);
        IntVector worst = IntVector.zero(INTS);
        for (int i = 0; i < vectors; i++) {
            final long at = (long) i * VECTOR;
            final FloatVector e = load(image, above + at).sub(load(image, minus + at));
            final FloatVector d = e.blend(e.mul(leak), load(image, own + at).compare(VectorOperators.LT, 0f));
            worst = worse(worst, d);
            flush(d).intoMemorySegment(image, error + at, ORDER);
        }
        for (int v = 0; v < vectors; v++) {
            final FloatVector x0 = load(image, x + (long) v * VECTOR);
            final FloatVector u0 = load(image, past + (long) v * VECTOR).mul(rate);
            final float first = v == 0 ? 0 : 1;
            FloatVector e0 = FloatVector.zero(SPECIES);
            for (int r = 0; r < rows; r++) {
                final FloatVector d = FloatVector.broadcast(SPECIES, image.get(FLOAT, error + (long) r * Float.BYTES));
                final long sum = partials + (long) r * VECTOR;
                final long at = w + ((long) v * rows + r) * VECTOR;
                final FloatVector w0 = load(image, at);
                e0 = w0.fma(d, e0);
                w0.fma(x0, load(image, sum).mul(first)).intoMemorySegment(image, sum, ORDER);
                u0.fma(d, w0).intoMemorySegment(image, at, ORDER);
            }
            e0.intoMemorySegment(image, echo + (long) v * VECTOR, ORDER);
        }
        int count = QUAD * vectors;
        long from = partials;
        long to = folds;
        for (int level = 0; level < 2; level++) {
            for (int i = 0; i < count; i++) {
                final long four = from + (long) i * QUAD * VECTOR;
                final FloatVector low = neighbours(load(image, four), load(image, four + VECTOR));
                final FloatVector high = neighbours(load(image, four + 2 * VECTOR), load(image, four + 3 * VECTOR));
                neighbours(low, high).intoMemorySegment(image, to + (long) i * VECTOR, ORDER);
            }
            from = folds;
            to = folds + (long) QUAD * vectors * VECTOR;
            count = vectors;
        }
        final long sums = folds + (long) QUAD * vectors * VECTOR;
        for (int i = 0; i < vectors; i++) {
            final long at = (long) i * VECTOR;
            final FloatVector b = load(image, bias + at);
            final FloatVector a = load(image, sums + at).add(b);
            worst = worse(worst, a);
            flush(a.max(a.mul(leak))).intoMemorySegment(image, next + at, ORDER);
            load(image, error + at).fma(rate, b).intoMemorySegment(image, bias + at, ORDER);
        }
        return worst.reduceLanes(VectorOperators.MAX) <= LIMIT_BITS;
    }

    @Override
    public void close() {
        arena.close();
    }
}
