package org.tickwave.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.IntStream;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.CountersDescriptor;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.RegionTable;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.WeightsDescriptor;
import org.tickwave.layout.Wiring;

/** The off-heap block that holds all of a network's state. Weights are read and set by logical row and column. */
public final class Image {
    /** The layout assumes an address that is a multiple of this many bytes. */
    public static final int ALIGNMENT_BYTES = 4096;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final ImageLayout layout;
    private final MemorySegment segment;
    private final RegionTable table;
    private final Wiring wiring;

    /**
     * @param segment as many bytes as the layout has
     * @param table   what the header in the segment says
     */
    private Image(final ImageLayout layout, final MemorySegment segment, final RegionTable table) {
        this.layout = layout;
        this.segment = segment;
        this.table = table;
        wiring = layout.geometry().wiring();
    }

    /** Allocates and initialises the block. */
    public static Image create(final ImageLayout layout, final Arena arena, final long seed) {
        return create(layout, arena.allocate(layout.imageBytes(), ALIGNMENT_BYTES), seed);
    }

    /**
     * Zeroes the block, writes the header without MAGIC, and marks the slots as empty.
     *
     * @param memory at least as many bytes as the layout has; what follows the image stays as it is
     */
    public static Image create(final ImageLayout layout, final MemorySegment memory, final long seed) {
        final MemorySegment segment = memory.asSlice(0, layout.imageBytes());
        // An embedder's arena may return memory that was used before, and an observer may still look at it.
        withdrawMagic(segment);
        segment.fill((byte) 0);
        layout.table().write(segment);
        segment.set(LONG, HeaderDescriptor.SEED_OFFSET, seed);
        final Image image = new Image(layout, segment, RegionTable.readOpening(segment));
        image.clearWaves(0);
        return image;
    }

    /**
     * Takes an image that is at rest, for bands and a source that go on from there. All that decides the next tick is taken from the
     * image: weights, waves, counters, the rate, learning, and whether a guard trip waits to be thrown.
     *
     * <p>An image that was made for another lane width is laid out anew, in place: see {@link LaneChange}. The image has no MAGIC
     * meanwhile. If the JVM ends before MAGIC is back, the image is lost. So attach to a copy if there is no other. With the same lane
     * width only STATE and END change.
     *
     * @param layout of the network, with the lanes of this JVM
     * @param memory begins with the image; no thread uses the image
     * @param digest of the network, see {@link org.tickwave.layout.Digest}
     * @throws IllegalArgumentException if the memory holds no image at rest of this network with this history, rule, clip and guard.
     *                                  The message names the field that does not fit. Nothing was changed
     */
    public static Image attach(final ImageLayout layout, final MemorySegment memory, final long digest) {
        final RegionTable before = expect(layout, memory, digest);
        final ImageLayout was = layout.withLanes(before.lanes());
        final MemorySegment segment = memory.asSlice(0, layout.imageBytes());
        if (before.lanes() != layout.geometry().lanes()) {
            new LaneChange(was, layout).run(segment);
        }
        new StateWords(segment).attachedRelease();
        return new Image(layout, segment, layout.table());
    }

    /** Checks an image as {@link #attach} does, and changes nothing. Returns the image's table. */
    public static RegionTable expect(final ImageLayout layout, final MemorySegment memory, final long digest) {
        final RegionTable table = RegionTable.read(memory);
        new AtRest(memory, layout.withLanes(table.lanes())).expect(digest, table);
        return table;
    }

    /** Copies an image at rest. Who looks at the copy meanwhile finds no image, or a whole one. */
    public static void copyRelease(final MemorySegment from, final MemorySegment to) {
        withdrawMagic(to);
        MemorySegment.copy(from, Long.BYTES, to, Long.BYTES, from.byteSize() - Long.BYTES);
        to.set(LONG, HeaderDescriptor.BEAT_OFFSET, 0);
        magicRelease(to);
    }

    /** From here on an observer finds no image in the memory. */
    static void withdrawMagic(final MemorySegment memory) {
        memory.set(LONG, HeaderDescriptor.MAGIC_OFFSET, 0);
        VarHandle.storeStoreFence();
    }

    /** Who finds MAGIC finds all else. */
    static void magicRelease(final MemorySegment image) {
        Slot.longRelease(image, HeaderDescriptor.MAGIC_OFFSET, HeaderDescriptor.MAGIC);
    }

    /** The region table in the image. */
    public RegionTable table() {
        return table;
    }

    public ImageLayout layout() {
        return layout;
    }

    public MemorySegment segment() {
        return segment;
    }

    /** Whether the arena is still open. An embedder may close its arena at any time. */
    public boolean open() {
        return segment.scope().isAlive();
    }

    /**
     * Completes an image that is at rest: writes the digest, the state and, with release, MAGIC.
     *
     * @param digest of all that decides the results, see {@link org.tickwave.layout.Digest}
     */
    public void completeRelease(final long digest) {
        segment.set(LONG, HeaderDescriptor.DIGEST_OFFSET, digest);
        new StateWords(segment).openedRelease();
        magicRelease(segment);
    }

    /**
     * Zeroes all waves. Weights stay.
     *
     * @param tick the next tick, whose first activations are zero
     */
    public void clearWaves(final long tick) {
        for (int l = 0; l < wiring.layers(); l++) {
            clear(layout.activation(l));
            if (l >= wiring.inputs()) {
                Slot.sealRelease(segment, layout.activation(l).slot(tick), tick);
                clear(layout.delta(l));
            }
            if (layout.target(l) != null) {
                clear(layout.target(l));
            }
        }
        for (int e = 1; e <= wiring.edges(); e++) {
            if (layout.echo(e) != null) {
                clear(layout.echo(e));
                Slot.sealRelease(segment, layout.echo(e).slot(tick), tick);
            }
        }
    }

    private void clear(final RingDescriptor ring) {
        for (int i = 0; i < ring.slots(); i++) {
            final long slot = ring.slotAt(i);
            Slot.open(segment, slot);
            Slot.frameOpaque(segment, slot, 0);
            Slot.presentOpaque(segment, slot, false);
            Slot.refusedOpaque(segment, slot, false);
            zero(Slot.vector(slot), ring.strideBytes() - SlotDescriptor.VECTOR_OFFSET);
        }
    }

    private void zero(final long offset, final long bytes) {
        for (long at = offset; at < offset + bytes; at += Long.BYTES) {
            segment.set(LONG, at, 0L);
        }
    }

    /**
     * Sets the start weights: normal with variance 1/columns, or 2/columns into a layer with ReLU or leaky ReLU. The columns of all
     * projections into the layer count. Biases stay zero. The numbers are the same for every lane width and machine, because the
     * generator is specified to the bit. Sets the random matrices of the feedback too, which no later call changes.
     *
     * @param sigmas of the layers with weights, each at the index of its layer
     */
    public void startWeights(final long seed, final Sigma[] sigmas) {
        final Random random = new Random(seed);
        for (int k = 1; k <= wiring.projections(); k++) {
            final WeightsDescriptor weights = layout.weights(k);
            final Sigma sigma = sigmas[wiring.to(k)];
            final boolean half = sigma == Sigma.RELU || sigma == Sigma.LEAKY_RELU;
            setNormal(weights, random, Math.sqrt((half ? 2.0 : 1.0) / columnsInto(wiring.to(k))));
        }
        setFeedback(random);
    }

    /**
     * Draws the random matrices after all weights, so that the weights of a seed are the same with any feedback. The variance is
     * 1/columns, for direct edges too: the columns are the neurons that take the echo. So the sum of squares of an echo is, in the mean,
     * that of the error from which it is made, however wide the layers are. Transposed start weights of a chain do the same.
     */
    private void setFeedback(final Random random) {
        for (int e = 1; e <= wiring.edges(); e++) {
            final WeightsDescriptor feedback = layout.feedback(e);
            if (feedback != null) {
                setNormal(feedback, random, Math.sqrt(1.0 / feedback.columns()));
            }
        }
    }

    private void setNormal(final WeightsDescriptor matrix, final Random random, final double deviation) {
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                segment.set(FLOAT, matrix.weight(row, column), (float) (random.nextGaussian() * deviation));
            }
        }
    }

    private int columnsInto(final int layer) {
        return IntStream.of(wiring.into(layer)).map(k -> layout.weights(k).columns()).sum();
    }

    public void readWeights(final int projection, final float[] to) {
        final WeightsDescriptor weights = layout.weights(projection);
        for (int row = 0; row < weights.rows(); row++) {
            readRow(projection, row, to, row * weights.columns());
        }
    }

    public void readRow(final int projection, final int row, final float[] to, final int at) {
        final WeightsDescriptor weights = layout.weights(projection);
        for (int column = 0; column < weights.columns(); column++) {
            to[at + column] = segment.get(FLOAT, weights.weight(row, column));
        }
    }

    /** @param to as many bytes as the row has */
    public void readRow(final int projection, final int row, final MemorySegment to) {
        layout.weights(projection).readRow(segment, row, to);
    }

    /** @param to as many bytes as the biases have */
    public void readBiases(final int layer, final MemorySegment to) {
        MemorySegment.copy(segment, layout.bias(layer), to, 0, to.byteSize());
    }

    public void readBiases(final int layer, final float[] to) {
        MemorySegment.copy(segment, FLOAT, layout.bias(layer), to, 0, layout.geometry().width(layer));
    }

    /** Sets the weights of a projection. All numbers are good. */
    public void writeWeights(final int projection, final float[] from) {
        final WeightsDescriptor weights = layout.weights(projection);
        for (int row = 0; row < weights.rows(); row++) {
            setRow(weights, row, from, row * weights.columns());
        }
    }

    /** Sets a projection's weights into one neuron. All numbers are good. */
    public void writeRow(final int projection, final int row, final float[] from) {
        setRow(layout.weights(projection), row, from, 0);
    }

    /** Sets a projection's weights into one neuron. All numbers are good. */
    public void writeRow(final int projection, final int row, final MemorySegment from) {
        layout.weights(projection).writeRow(segment, row, from);
    }

    /** Sets a layer's biases. All numbers are good. */
    public void writeBiases(final int layer, final MemorySegment from) {
        MemorySegment.copy(from, 0, segment, layout.bias(layer), from.byteSize());
    }

    /** Sets a layer's biases. All numbers are good. */
    public void writeBiases(final int layer, final float[] from) {
        MemorySegment.copy(from, 0, segment, FLOAT, layout.bias(layer), from.length);
    }

    private void setRow(final WeightsDescriptor weights, final int row, final float[] from, final int at) {
        for (int column = 0; column < weights.columns(); column++) {
            segment.set(FLOAT, weights.weight(row, column), from[at + column]);
        }
    }

    public long tripsAcquire(final int layer) {
        return Slot.longAcquire(segment, layout.counters(layer) + CountersDescriptor.TRIPS_OFFSET);
    }

    /** The tick of a layer's first trip; meaningless while there is no trip. */
    public long firstTripOpaque(final int layer) {
        return Slot.longOpaque(segment, layout.counters(layer) + CountersDescriptor.FIRST_TRIP_OFFSET);
    }

    /** Sets the trips back to zero. Called between ticks, while other threads may read the counters. */
    public void clearTripsOpaque() {
        for (int l = wiring.inputs(); l < wiring.layers(); l++) {
            Slot.longOpaque(segment, layout.counters(l) + CountersDescriptor.TRIPS_OFFSET, 0);
        }
    }
}
