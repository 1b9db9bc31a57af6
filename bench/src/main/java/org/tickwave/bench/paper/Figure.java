package org.tickwave.bench.paper;

import java.util.List;

/**
 * A network over time: layers across, ticks down.
 *
 * @param id        1, 2A, 2B and 3 as in the paper, or a short name of a picture that the paper does not have
 * @param title     what the picture shows
 * @param rule      the learning rule, as on the command line
 * @param caption   what the paper says of it, or what it adds, in a sentence or two
 * @param layers    the layers from left to right
 * @param firstTick the tick of the first row
 * @param cells     for each tick, one cell for each layer
 */
public record Figure(
    String id, String title, String rule, String caption, List<Column> layers, int firstTick, List<List<Cell>> cells) {
    /**
     * A layer of the picture.
     *
     * @param name  as in the network
     * @param level ticks from a frame to what the layer makes of it
     */
    public record Column(String name, int level) {
    }
}
