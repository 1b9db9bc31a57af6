package org.tickwave.bench.peer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A native BLAS: three calls a layer. The weights are outside of the heap and begin at a cache line. */
final class NativeStep extends LayeredStep {
    private static final int LINE_BYTES = 64;

    private final Arena arena = Arena.ofShared();
    private final NativeBlas blas;
    private final MemorySegment[] weights;
    private final MemorySegment[] activation;
    private final MemorySegment[] error;

    /**
     * @param threads of the BLAS
     * @throws IllegalStateException if the library is missing
     */
    NativeStep(final Chain chain, final NativeBlas.Library library, final int threads) {
        super(chain);
        blas = new NativeBlas(library, threads);
        final int layers = chain.last() + 1;
        weights = new MemorySegment[layers];
        activation = new MemorySegment[layers];
        error = new MemorySegment[layers];
        for (int l = 0; l < layers; l++) {
            activation[l] = MemorySegment.ofArray(x[l]);
            error[l] = MemorySegment.ofArray(delta[l]);
            if (l > 0) {
                final float[] start = chain.weights()[l];
                weights[l] = arena.allocate((long) start.length * Float.BYTES, LINE_BYTES);
                MemorySegment.copy(start, 0, weights[l], ValueLayout.JAVA_FLOAT, 0, start.length);
            }
        }
    }

    @Override
    void forward(final int layer) {
        blas.multiply(weights[layer], chain.width(layer), chain.width(layer - 1), activation[layer - 1], activation[layer]);
    }

    @Override
    void backward(final int layer) {
        blas.multiplyTransposed(weights[layer], chain.width(layer), chain.width(layer - 1), error[layer], error[layer - 1]);
    }

    @Override
    void learn(final int layer) {
        blas.addOuter(weights[layer], chain.width(layer), chain.width(layer - 1), -rate, error[layer], activation[layer - 1]);
    }

    @Override
    public void weights(final int layer, final float[] to) {
        MemorySegment.copy(weights[layer], ValueLayout.JAVA_FLOAT, 0, to, 0, to.length);
    }

    @Override
    public void close() {
        arena.close();
    }
}
