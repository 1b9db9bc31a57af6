package org.tickwave.bench.peer;

import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The Java BLAS of dev.ludovic.netlib, which uses the Vector API. It stores by columns: rows here are its columns. */
final class NetlibStep extends LayeredStep {
    private static final String VECTORS = "VectorBLAS";
    /** Kept here, so that its level is kept. While the library looks for the best Java BLAS, it warns where a native one is missing. */
    private static final Logger LOGGER = Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder");

    private final float[][] weights;
    private final JavaBLAS blas;

    /** @throws IllegalStateException if the library does not use the Vector API here */
    NetlibStep(final Chain chain) {
        super(chain);
        LOGGER.setLevel(Level.OFF);
        blas = JavaBLAS.getInstance();
        if (!blas.getClass().getSimpleName().equals(VECTORS)) {
            throw new IllegalStateException("netlib gives " + blas.getClass().getSimpleName() + ": expected " + VECTORS
                + ", with --add-modules jdk.incubator.vector");
        }
        weights = copies(chain.weights());
    }

    @Override
    void forward(final int layer) {
        final int columns = chain.width(layer - 1);
        blas.sgemv("T", columns, chain.width(layer), 1, weights[layer], columns, x[layer - 1], 1, 0, x[layer], 1);
    }

    @Override
    void backward(final int layer) {
        final int columns = chain.width(layer - 1);
        blas.sgemv("N", columns, chain.width(layer), 1, weights[layer], columns, delta[layer], 1, 0, delta[layer - 1], 1);
    }

    @Override
    void learn(final int layer) {
        final int columns = chain.width(layer - 1);
        blas.sger(columns, chain.width(layer), -rate, x[layer - 1], 1, delta[layer], 1, weights[layer], columns);
    }

    @Override
    public void weights(final int layer, final float[] to) {
        System.arraycopy(weights[layer], 0, to, 0, to.length);
    }
}
