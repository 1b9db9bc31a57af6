package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import org.tickwave.kernel.Good;
import org.tickwave.layout.RingDescriptor;

/** A direct edge's part of a tick, for its output: sends the output's error down to a layer, times a random matrix. */
final class DirectEdge {
    private final MemorySegment image;
    private final EchoPass pass;
    private final RingDescriptor echo;
    private final int columns;

    DirectEdge(final Image image, final int edge) {
        this.image = image.segment();
        pass = EchoPass.of(image, edge);
        echo = image.layout().echo(edge);
        columns = image.layout().feedback(edge).columns();
    }

    /**
     * Sends the echo of tick t + 1.
     *
     * @param hasError whether the output has an error; without an error the echo is zero
     * @param error    of the output
     */
    void tick(final long t, final boolean hasError, final long error) {
        final long slot = echo.slot(t + 1);
        Slot.open(image, slot);
        if (hasError) {
            pass.run(error, Slot.vector(slot));
        } else {
            Good.zero(image, Slot.vector(slot), columns);
        }
        Slot.sealRelease(image, slot, t + 1);
    }
}
