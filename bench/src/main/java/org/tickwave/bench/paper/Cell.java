package org.tickwave.bench.paper;

import java.util.List;
import org.tickwave.bench.gradient.Gap;

/**
 * One layer in one tick, as experiments show it. Frames are counted from 0: frame s is the frame that tick s takes.
 *
 * @param forward the frames whose input, changed alone, changes the activation
 * @param targets the frames whose target, changed alone, changes the error; empty for an input, and while no target has arrived
 * @param inputs  the frames whose input, changed alone, changes the error
 * @param frame   the frame with whose gradient the cell's gradient is compared: that of the newest target in the error; -1 if there is none
 * @param gap     how far the gradient of the weights into the layer is from that frame's true gradient; null if there is no frame
 * @param exact   whether the gap is no more than rounding
 */
public record Cell(List<Integer> forward, List<Integer> targets, List<Integer> inputs, int frame, Gap gap, boolean exact) {
}
