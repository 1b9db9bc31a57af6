package org.tickwave;

import java.util.List;

/**
 * The network of an image file, and how it runs.
 *
 * @param layers      all layers, by their numbers from 0
 * @param projections all projections; projection 1 is the first
 * @param rule        the rule
 * @param hold        K, the number of ticks for which each frame is held, at least 1
 * @param latency     L: how many ticks a frame takes to the highest output, at least 1; with cycles the shortest way
 */
public record ImageShape(List<Layer> layers, List<Projection> projections, Rule rule, int hold, int latency) {
    /** What a layer is for. */
    public enum Role {
        /** Between inputs and outputs. */
        HIDDEN,
        /** Takes frames, and has no weights. */
        INPUT,
        /** Answers, and has targets. */
        OUTPUT
    }

    /**
     * A layer.
     *
     * @param name  as the network names it
     * @param width its number of neurons
     * @param role  what it is for
     */
    public record Layer(String name, int width, Role role) {
    }

    /**
     * A projection: weights from one layer into another.
     *
     * @param from  the number of the lower layer
     * @param to    the number of the upper layer
     * @param ticks how many ticks an activation takes from the one to the other, at least 1
     */
    public record Projection(int from, int to, int ticks) {
    }

    /**
     * Copies the lists.
     *
     * @param layers      as {@link #layers()}
     * @param projections as {@link #projections()}
     * @param rule        as {@link #rule()}
     * @param hold        as {@link #hold()}
     * @param latency     as {@link #latency()}
     */
    public ImageShape {
        layers = List.copyOf(layers);
        projections = List.copyOf(projections);
    }
}
