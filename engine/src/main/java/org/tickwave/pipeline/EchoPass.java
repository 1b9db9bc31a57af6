package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import org.tickwave.kernel.Passes;
import org.tickwave.kernel.Scale;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.WeightsDescriptor;

/** Makes the echo of an edge in a pass of its own: by a random matrix, or by the signs of the weights. Writes the echo only. */
final class EchoPass {
    /** The mean magnitude of a number that is normal with variance 1. */
    private static final double MEAN_MAGNITUDE = .8;

    private final MemorySegment image;
    private final int parts;
    private final long matrix;
    private final int rows;
    private final int columns;
    private final int groups;
    private final float size;

    private EchoPass(final Image image, final int parts, final WeightsDescriptor matrix, final float size) {
        this.image = image.segment();
        this.parts = parts;
        this.matrix = matrix.offset();
        rows = matrix.rows();
        columns = matrix.columns();
        groups = matrix.groups();
        this.size = size;
    }

    /**
     * The pass of an edge.
     *
     * @return null if the edge sends no echo, or if the pass over the weights makes the echo too
     */
    static EchoPass of(final Image image, final int edge) {
        final ImageLayout layout = image.layout();
        if (!layout.geometry().wiring().sendsEcho(edge)) {
            return null;
        }
        final Feedback feedback = layout.geometry().wiring().feedback(edge);
        return switch (feedback) {
            case TRANSPOSE -> null;
            case RANDOM, DIRECT -> new EchoPass(image, Passes.BACKWARD, layout.feedback(edge), 1);
            case SIGN_SYMMETRIC -> new EchoPass(image, Passes.BACKWARD | Passes.SIGNS, layout.weights(edge),
                (float) (MEAN_MAGNITUDE / Math.sqrt(layout.weights(edge).columns())));
        };
    }

    /**
     * Makes an echo. By the signs of the weights: call this before the weights learn.
     *
     * @param error of the upper layer
     * @param echo  gets the result
     */
    void run(final long error, final long echo) {
        Passes.run(parts, image, matrix, rows, groups, 0, 0, error, 0, 0, echo);
        if (size != 1) {
            Scale.run(image, echo, size, echo, columns);
        }
    }
}
