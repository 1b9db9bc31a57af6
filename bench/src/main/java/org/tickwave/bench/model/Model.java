package org.tickwave.bench.model;

import java.util.List;
import org.tickwave.Network;
import org.tickwave.bench.sound.Normaliser;
import org.tickwave.bench.stream.Features;

/**
 * What was learnt, and all that is needed to use it.
 *
 * @param network       widths, activation and loss
 * @param task          as a {@link org.tickwave.bench.task.Task} names itself
 * @param labels        of the outputs, in their order; none where the outputs are numbers
 * @param context       frames that an input is made of
 * @param gain          what changes are multiplied by; 1 where there are none
 * @param seed          of the order of recordings, which says what was held out
 * @param features      what frames of sound are made of; null for other streams
 * @param normalisation of those; null for other streams
 * @param unfinished    why the weights are those of an unfinished tick; null if they are not
 * @param weights       of the network, and biases
 */
public record Model(
    Network network, String task, List<String> labels, int context, float gain, long seed, Features features,
    Normaliser.State normalisation, String unfinished, Weights weights) {
}
