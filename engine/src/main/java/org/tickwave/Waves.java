package org.tickwave;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.tickwave.layout.Region;
import org.tickwave.layout.RegionTable;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.pipeline.Slot;

/**
 * The waves: every layer's activation or error of any tick that is still in its ring. Any thread may read while the engine
 * ticks. If the embedder's arena is confined to one thread, only that thread may. A reader gets a whole vector of the tick that
 * it asked for, or learns that the ring does not hold that tick. No vector is ever torn. Reading allocates nothing. After a
 * {@link BandFailedException} the rings can still be read. Once the engine is closed, every method but {@link #toString()}
 * throws an {@link IllegalStateException}.
 *
 * <p>An activation that is made in tick t belongs to tick t + 1, and so does the output after tick t. An error that is made in
 * tick t belongs to tick t, and so does the frame that tick t takes.
 */
public final class Waves {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment image;
    private final MemorySegment.Scope scope;
    private final int last;
    private final int output;
    private final int[] widths;
    private final RingDescriptor[] activations;
    private final RingDescriptor[] deltas;
    private final MemorySegment[] outputs;
    private volatile boolean closed;

    /** @param table the region table of the image */
    Waves(final MemorySegment image, final RegionTable table) {
        this.image = image;
        scope = image.scope();
        last = table.layers();
        output = table.regions().stream().filter(region -> region.kind() == Region.Kind.TARGET).findFirst().orElseThrow().owner();
        widths = new int[last + 1];
        activations = new RingDescriptor[last + 1];
        deltas = new RingDescriptor[last + 1];
        for (int l = 0; l <= last; l++) {
            widths[l] = table.region(Region.Kind.ACTIVATION, l).width();
            activations[l] = table.ring(Region.Kind.ACTIVATION, l);
            deltas[l] = table.has(Region.Kind.DELTA, l) ? table.ring(Region.Kind.DELTA, l) : null;
        }
        final RingDescriptor top = activations[output];
        outputs = new MemorySegment[top.slots()];
        for (int i = 0; i < outputs.length; i++) {
            final long bytes = (long) widths[output] * Float.BYTES;
            outputs[i] = image.asSlice(top.slotAt(i) + SlotDescriptor.VECTOR_OFFSET, bytes).asReadOnly();
        }
    }

    /** Refuses all later reads: an embedder's arena may outlive the engine, and may hold something else by then. */
    void close() {
        closed = true;
    }

    MemorySegment output(final long tick) {
        return outputs[(int) (tick % outputs.length)];
    }

    long answeredFrame(final long tick) {
        final long slot = activations[output].slot(tick);
        return Slot.refusedOpaque(image, slot) ? 0 : Slot.frameOpaque(image, slot);
    }

    /**
     * Copies an activation.
     *
     * @param layer from 0, whose activations are the frames, to L
     * @param tick  the tick that the activation belongs to
     * @param to    at least width(layer) numbers; the first width(layer) are filled, and may be changed even if the method
     *              returns false
     * @return false if the ring does not hold that tick: not yet, or no longer
     * @throws IllegalArgumentException if there is no such layer, or if the array is too short
     */
    public boolean activation(final int layer, final long tick, final float[] to) {
        return copy(activations, 0, layer, tick, to);
    }

    /**
     * Copies an error.
     *
     * @param layer from 1 to L
     * @param tick  the tick that the error belongs to
     * @param to    at least width(layer) numbers; the first width(layer) are filled, and may be changed even if the method
     *              returns false
     * @return false if the ring does not hold that tick: not yet, no longer, or because learning was off
     * @throws IllegalArgumentException if there is no such layer, or if the array is too short
     */
    public boolean delta(final int layer, final long tick, final float[] to) {
        return copy(deltas, 1, layer, tick, to);
    }

    private boolean copy(
        final RingDescriptor[] rings, final int lowest, final int layer, final long tick, final float[] to) {
        expectLayer(lowest, layer);
        Objects.requireNonNull(to, "to");
        final int width = widths[layer];
        if (to.length < width) {
            throw new IllegalArgumentException(
                "layer " + layer + ": an array of " + to.length + " numbers, expected at least " + width);
        }
        final long slot = rings[layer].slot(tick);
        if (tick < 0 || Slot.tickAcquire(image, slot) != tick) {
            return false;
        }
        MemorySegment.copy(image, FLOAT, slot + SlotDescriptor.VECTOR_OFFSET, to, 0, width);
        return Slot.tickAgainOpaque(image, slot) == tick;
    }

    /**
     * The number of the frame that an activation was made from.
     *
     * @param layer from 0 to L
     * @param tick  the tick that the activation belongs to
     * @return from 1; 0 if no frame has reached the layer, or if the guard refused this activation or one that it was made
     *         from; -1 if the ring does not hold that tick
     * @throws IllegalArgumentException if there is no such layer
     */
    public long frame(final int layer, final long tick) {
        expectLayer(0, layer);
        final long slot = activations[layer].slot(tick);
        if (tick < 0 || Slot.tickAcquire(image, slot) != tick) {
            return -1;
        }
        final long frame = Slot.refusedOpaque(image, slot) ? 0 : Slot.frameOpaque(image, slot);
        return Slot.tickAgainOpaque(image, slot) == tick ? frame : -1;
    }

    /** The widths, and whether the engine is open. For any thread, also once the engine is closed. */
    @Override
    public String toString() {
        return "Waves[" + String.join("-", Arrays.stream(widths).mapToObj(Integer::toString).toList()) + (closed() ? ", closed]" : ", open]");
    }

    private boolean closed() {
        // An embedder may close its arena without a call here, and a bad argument must not hide that the engine is closed.
        return closed || !scope.isAlive();
    }

    private void expectLayer(final int lowest, final int layer) {
        if (closed()) {
            throw new IllegalStateException("the engine is closed");
        }
        if (layer < lowest || layer > last) {
            throw new IllegalArgumentException("layer " + layer + ": expected " + lowest + " to " + last);
        }
    }
}
