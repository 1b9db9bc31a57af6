package org.tickwave.bench.watch;

import java.util.List;
import org.tickwave.ImageShape;

/**
 * What does not change while a network of one process ticks.
 *
 * @param title       what the network learns from
 * @param process     id of the process whose network this is
 * @param startedMs   when that process started, or when it made the image file: milliseconds since 1970. Tells two writers with the same id
 *                    apart
 * @param network     the network in words
 * @param rule        the learning rule; null if not known
 * @param hold        ticks for which a frame stays at the input; 0 if not known
 * @param latency     ticks from a frame to its answer; 0 if not known
 * @param columns     number of columns that the layers stand in
 * @param layers      layers in the order of their numbers, inputs first
 * @param projections projections in the order of their numbers
 */
public record Shape(
    String title, long process, long startedMs, String network, String rule, int hold, int latency, int columns, List<Layer> layers,
    List<Projection> projections) {
    /**
     * A layer.
     *
     * @param place where a drawing has the layer
     */
    public record Layer(String name, int width, int level, ImageShape.Role role, Point place) {
    }

    /**
     * A projection.
     *
     * @param from  number of the lower layer
     * @param to    number of the upper layer
     * @param ticks ticks from an activation below to the activation above
     * @param back  whether the projection leads to its own column or to an earlier one
     * @param way   the places that the line passes, with both ends
     */
    public record Projection(int from, int to, int ticks, boolean back, List<Point> way) {
    }

    /**
     * A place in a drawing.
     *
     * @param column from 0
     * @param y      height in boxes; the middle of the drawing is near 0
     */
    public record Point(int column, double y) {
    }

    /** The same shape of a network of another writer. */
    Shape of(final long otherProcess, final long otherStartedMs) {
        return new Shape(title, otherProcess, otherStartedMs, network, rule, hold, latency, columns, layers, projections);
    }

    /** How many layers are inputs. */
    int inputs() {
        return (int) layers.stream().filter(layer -> layer.role == ImageShape.Role.INPUT).count();
    }
}
