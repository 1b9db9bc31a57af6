package org.tickwave.bench.model;

import java.util.List;
import org.tickwave.Network;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.stream.Features;

/**
 * A trained model, with everything that is needed to use the model.
 *
 * @param network       widths, activations and loss
 * @param graph         description of the network, with all widths; null for a chain
 * @param task          name of the {@link org.tickwave.bench.task.Task}
 * @param labels        labels by output; empty if the outputs are not labels
 * @param context       number of frames in an input
 * @param gain          factor of the changes; 1 if the task has no changes
 * @param seed          seed of the order of recordings, which also determines the held-out recordings
 * @param features      features of the frames of sound; null for other streams
 * @param normalisation state of the normaliser of the frames; null if frames are fed as they are
 * @param columns       names of the columns of a table, in the order of the numbers of a frame; empty for other streams
 * @param labelColumn   name of the column of the labels; null if the stream is not a labelled table
 * @param frameWidth    numbers in a frame of the stream
 * @param unfinished    reason why the weights are of an unfinished tick; null if the tick is finished
 * @param weights       weights and biases of the network
 */
public record Model(
    Network network, NetworkDescription graph, String task, List<String> labels, int context, float gain, long seed, Features features,
    Normaliser.State normalisation, List<String> columns, String labelColumn, int frameWidth, String unfinished, Weights weights) {

    /** A model whose network is a chain. */
    public Model(
        final Network network, final String task, final List<String> labels, final int context, final float gain, final long seed,
        final Features features, final Normaliser.State normalisation, final List<String> columns, final String labelColumn,
        final String unfinished, final Weights weights) {
        this(network, null, task, labels, context, gain, seed, features, normalisation, columns, labelColumn, network.width(0) / context,
            unfinished, weights);
    }
}
