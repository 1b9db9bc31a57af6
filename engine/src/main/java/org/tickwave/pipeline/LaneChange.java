package org.tickwave.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.Region;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.WeightsDescriptor;
import org.tickwave.layout.Wiring;

/**
 * Lays an image out for another lane width, in place. The panels of weights and feedback change. The partial sums stand elsewhere
 * too: those of rows beyond a layer's width must be zero, and stand where another width has sums of other rows. So the working
 * memory of the passes, which means nothing between two ticks, becomes zero. All else is the same at every lane width. Takes memory
 * for the largest matrix meanwhile.
 */
final class LaneChange {
    private final ImageLayout from;
    private final ImageLayout to;
    private final Wiring wiring;

    /** @param from differs from {@code to} only in the lanes */
    LaneChange(final ImageLayout from, final ImageLayout to) {
        this.from = from;
        this.to = to;
        wiring = from.geometry().wiring();
    }

    /** Withdraws MAGIC until the image is complete again. The copy is allocated first, so that a lack of memory changes nothing. */
    void run(final MemorySegment image) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment copy = arena.allocate(largestBytes(), SlotDescriptor.LINE_BYTES);
            Image.withdrawMagic(image);
            for (int e = 1; e <= wiring.edges(); e++) {
                if (e <= wiring.projections()) {
                    lay(image, from.weights(e), to.weights(e), copy);
                }
                if (wiring.hasMatrix(e)) {
                    lay(image, from.feedback(e), to.feedback(e), copy);
                }
            }
            for (final Region region : to.regions()) {
                if (region.kind() == Region.Kind.SCRATCH || region.kind() == Region.Kind.ANSWER) {
                    image.asSlice(region.offset(), region.bytes()).fill((byte) 0);
                }
            }
            to.table().write(image);
            Image.magicRelease(image);
        }
    }

    private long largestBytes() {
        long largest = 0;
        for (int e = 1; e <= wiring.edges(); e++) {
            largest = e > wiring.projections() ? largest : Math.max(largest, bytes(from.weights(e)));
            largest = wiring.hasMatrix(e) ? Math.max(largest, bytes(from.feedback(e))) : largest;
        }
        return largest;
    }

    private static long bytes(final WeightsDescriptor weights) {
        return weights.panels() * weights.panelBytes();
    }

    /** Moves so many columns at a time as stand together at both widths, the padding included. */
    private static void lay(
        final MemorySegment image, final WeightsDescriptor old, final WeightsDescriptor anew, final MemorySegment copy) {
        MemorySegment.copy(image, old.offset(), copy, 0, bytes(old));
        final int together = Math.min(old.lanes(), anew.lanes());
        final int columns = old.groups() * WeightsDescriptor.GROUP_COLUMNS;
        for (int row = 0; row < old.rows(); row++) {
            for (int column = 0; column < columns; column += together) {
                MemorySegment.copy(copy, old.weight(row, column) - old.offset(), image, anew.weight(row, column),
                    (long) together * Float.BYTES);
            }
        }
    }
}
