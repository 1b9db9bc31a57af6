package org.tickwave.bench.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.tickwave.bench.peer.Chain;
import org.tickwave.bench.peer.TrainingStep;

/**
 * Ordinary backprop with the operations of PyTorch, written by hand: forward, backward and update of each layer, the update in place. With
 * PyTorch's automatic gradients a step of one frame takes about twice as long.
 *
 * <p>The operations are called as DJL itself calls them, without its checks of shapes. Frames and targets lie in memory that PyTorch reads
 * directly. What a step needs in between is released at its end.
 */
final class PyTorchStep implements TrainingStep {
    private static final double LEAK = 0.01;
    private static final long[] OVER_FRAMES = {0};

    private final Chain chain;
    private final int batch;
    private final NDManager manager;
    private final PtNDArray[] weights;
    private final PtNDArray[] biases;
    private final PtNDArray zero;
    private final PtNDArray leak;
    private final ByteBuffer frames;
    private final ByteBuffer targets;
    private final FloatBuffer newFrames;
    private final FloatBuffer newTargets;
    private final Shape frameShape;
    private final Shape targetShape;
    private PtNDArray rate;

    /**
     * @param threads of an operation. A small operation has one thread in any case
     * @param batch   frames of a batch
     */
    PyTorchStep(final Chain chain, final int threads, final int batch) {
        this.chain = chain;
        this.batch = batch;
        manager = PyTorch.engine().newBaseManager();
        JniUtils.setNumThreads(threads);
        final int last = chain.last();
        weights = new PtNDArray[last + 1];
        biases = new PtNDArray[last + 1];
        for (int l = 1; l <= last; l++) {
            weights[l] = copy(chain.weights()[l], new Shape(chain.width(l), chain.width(l - 1)));
            biases[l] = copy(chain.biases()[l], new Shape(chain.width(l)));
        }
        zero = (PtNDArray) manager.create(0f);
        leak = (PtNDArray) manager.create((float) LEAK);
        frameShape = new Shape(batch, chain.width(0));
        targetShape = new Shape(batch, chain.width(last));
        frames = direct(frameShape);
        targets = direct(targetShape);
        newFrames = frames.asFloatBuffer();
        newTargets = targets.asFloatBuffer();
    }

    /** In memory that PyTorch has allocated, at the start of a cache line. */
    private PtNDArray copy(final float[] numbers, final Shape shape) {
        try (NDArray ofJava = manager.create(numbers, shape)) {
            return (PtNDArray) ofJava.duplicate();
        }
    }

    private static ByteBuffer direct(final Shape shape) {
        return ByteBuffer.allocateDirect(Math.toIntExact(shape.size() * Float.BYTES)).order(ByteOrder.nativeOrder());
    }

    @Override
    public void step(final float[] frame, final float[] target) {
        newFrames.put(frame);
        newTargets.put(target);
        if (!newFrames.hasRemaining()) {
            newFrames.clear();
            newTargets.clear();
            try (NDManager scope = manager.newSubManager()) {
                train(scope);
            }
        }
    }

    /** The result of an operation belongs to the manager of its first operand, and is released with it. */
    private void train(final NDManager scope) {
        final int last = chain.last();
        final PtNDArray[] x = new PtNDArray[last + 1];
        x[0] = (PtNDArray) scope.create(frames, frameShape, DataType.FLOAT32);
        for (int l = 1; l <= last; l++) {
            final PtNDArray sums = JniUtils.linear(x[l - 1], weights[l], biases[l]);
            x[l] = l < last ? JniUtils.leakyRelu(sums, LEAK) : sums;
        }
        // The rate goes into the errors, which are fewer than the weights.
        PtNDArray error = JniUtils.sub(x[last], (PtNDArray) scope.create(targets, targetShape, DataType.FLOAT32));
        JniUtils.muli(error, rate);
        for (int l = last; l >= 1; l--) {
            final PtNDArray below = l > 1 ? backward(error, weights[l], x[l - 1]) : null;
            learn(l, error, x[l - 1]);
            error = below;
        }
    }

    private PtNDArray backward(final PtNDArray error, final PtNDArray matrix, final PtNDArray below) {
        final PtNDArray echo = JniUtils.matmul(error, matrix);
        return JniUtils.where(JniUtils.gt(below, zero), echo, JniUtils.mul(echo, leak));
    }

    private void learn(final int layer, final PtNDArray error, final PtNDArray below) {
        final PtNDArray column = JniUtils.transpose(error, 0, 1);
        // For one frame, a product of each number with each is faster than PyTorch's product of matrices.
        try (PtNDArray change = batch == 1 ? JniUtils.mul(column, below) : JniUtils.matmul(column, below)) {
            JniUtils.subi(weights[layer], change);
        }
        JniUtils.subi(biases[layer], JniUtils.sum(error, OVER_FRAMES, false));
    }

    @Override
    public void rate(final float newRate) {
        if (rate != null) {
            rate.close();
        }
        rate = (PtNDArray) manager.create(newRate);
    }

    @Override
    public void weights(final int layer, final float[] to) {
        read(weights[layer], to);
    }

    @Override
    public void biases(final int layer, final float[] to) {
        read(biases[layer], to);
    }

    private static void read(final NDArray from, final float[] to) {
        from.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer().get(to);
    }

    /** A weight is read three times and written once, in the first layer read twice. */
    @Override
    public long weightBytes() {
        return chain.bytes(3, 4);
    }

    @Override
    public long multiplyAdds() {
        return batch * chain.multiplyAdds();
    }

    @Override
    public void close() {
        manager.close();
    }
}
