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
 * {@link BandFailedException} the rings can still be read. Once the engine, or the {@link ImageView}, is closed, every method but
 * {@link #toString()} throws an {@link IllegalStateException}.
 *
 * <p>An activation that is made in tick t belongs to tick t + 1, and so does the output after tick t. An error that is made in
 * tick t belongs to tick t, and so does the frame that tick t takes.
 */
public final class Waves {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment image;
    private final MemorySegment.Scope scope;
    private final int last;
    private final int inputs;
    private final int[] outputs;
    private final int[] widths;
    private final RingDescriptor[] activations;
    private final RingDescriptor[] deltas;
    /** For each output, its vectors in the slots of its ring. */
    private final MemorySegment[][] answers;
    private final String owner;
    private volatile boolean closed;

    /**
     * @param table the region table of the image
     * @param owner what must be open for a read, in messages
     */
    Waves(final MemorySegment image, final RegionTable table, final String owner) {
        this.image = image;
        this.owner = owner;
        scope = image.scope();
        last = table.layers();
        outputs = table.regions().stream().filter(region -> region.kind() == Region.Kind.TARGET).mapToInt(Region::owner).toArray();
        widths = new int[last + 1];
        activations = new RingDescriptor[last + 1];
        deltas = new RingDescriptor[last + 1];
        for (int l = 0; l <= last; l++) {
            widths[l] = table.region(Region.Kind.ACTIVATION, l).width();
            activations[l] = table.ring(Region.Kind.ACTIVATION, l);
            deltas[l] = table.has(Region.Kind.DELTA, l) ? table.ring(Region.Kind.DELTA, l) : null;
        }
        inputs = (int) Arrays.stream(deltas).filter(ring -> ring == null).count();
        answers = Arrays.stream(outputs).mapToObj(this::vectors).toArray(MemorySegment[][]::new);
    }

    private MemorySegment[] vectors(final int layer) {
        final MemorySegment[] vectors = new MemorySegment[activations[layer].slots()];
        for (int i = 0; i < vectors.length; i++) {
            final long bytes = (long) widths[layer] * Float.BYTES;
            vectors[i] = image.asSlice(activations[layer].slotAt(i) + SlotDescriptor.VECTOR_OFFSET, bytes).asReadOnly();
        }
        return vectors;
    }

    /** Refuses all later reads: an embedder's arena may outlive the engine, and may hold something else by then. */
    void close() {
        closed = true;
    }

    /** @param output the place among the outputs */
    MemorySegment answer(final int output, final long tick) {
        final MemorySegment[] vectors = answers[output];
        return vectors[(int) (tick % vectors.length)];
    }

    long answeredFrame(final int layer, final long tick) {
        final long slot = activations[layer].slot(tick);
        return Slot.refusedOpaque(image, slot) ? 0 : Slot.frameOpaque(image, slot);
    }

    /**
     * Copies an activation.
     *
     * @param layer the number of the layer; the activations of an input are the frames
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
     * @param layer the number of the layer, which is no input
     * @param tick  the tick that the error belongs to
     * @param to    at least width(layer) numbers; the first width(layer) are filled, and may be changed even if the method
     *              returns false
     * @return false if the ring does not hold that tick: not yet, no longer, or because learning was off
     * @throws IllegalArgumentException if there is no such layer, or if the array is too short
     */
    public boolean delta(final int layer, final long tick, final float[] to) {
        return copy(deltas, inputs, layer, tick, to);
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
     * @param layer the number of the layer
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

    /** The widths, and whether the engine or the view is open. For any thread, also once it is closed. */
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
            throw new IllegalStateException(owner + " is closed");
        }
        if (layer < lowest || layer > last) {
            throw new IllegalArgumentException("layer " + layer + ": expected " + lowest + " to " + last);
        }
    }
}
