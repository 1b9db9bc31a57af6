package org.tickwave.bench.peer;

/**
 * One way to train a {@link Chain}: forward, backward and update, with one frame at a time or with a batch of frames. For one thread at a
 * time, which may use others.
 */
public interface TrainingStep extends AutoCloseable {
    /**
     * Trains the network with one frame. A peer with batches keeps the frame, and trains with all frames of the batch when the batch is
     * full: the update is the sum of what each frame teaches with the weights before the batch.
     *
     * @param frame  as many numbers as the input is wide
     * @param target as many numbers as the output is wide
     */
    void step(float[] frame, float[] target);

    /** Sets what one frame teaches from the next step on. */
    void rate(float rate);

    /**
     * Reads the weights into a layer.
     *
     * @param layer 1 to the last layer
     * @param to    row by row, a row for each neuron of the layer
     */
    void weights(int layer, float[] to);

    /**
     * Reads the biases of a layer.
     *
     * @param layer 1 to the last layer
     * @param to    one for each neuron
     */
    void biases(int layer, float[] to);

    /** The bytes of weights that a batch reads, and those that it writes. A weight counts each time that it is visited. */
    long weightBytes();

    /** The multiply-adds of a batch with weights. The element-wise work is not counted. */
    long multiplyAdds();

    @Override
    void close();
}
