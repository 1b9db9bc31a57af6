package org.tickwave.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * The regions of an image, one after the other. Regions that a layer uses together lie together.
 *
 * <p>Each region starts on a cache line. Its offset modulo 4,096 differs from those of the {@value #APART} regions before it,
 * of the zeros, which every layer reads, and of the target, which the output layer reads. With equal offsets modulo 4,096 a
 * processor takes a load for a load of what was stored to the other region a moment ago, and waits (4K aliasing).
 */
public final class ImageLayout {
    /** More regions than a layer uses together, its own and those of the layer below. */
    public static final int APART = 14;
    static final int PAGE_BYTES = 4096;
    private static final int FIXED_REGIONS = 7;

    private final Geometry geometry;
    private final Region.Kind shorter;
    private final int ofLayer;
    private final List<Region> regions = new ArrayList<>();
    private final RingDescriptor[] activations;
    private final WeightsDescriptor[] weights;
    private final Region[] biases;
    private final ScratchDescriptor[] scratch;
    private final RingDescriptor[] deltas;
    private final RingDescriptor[] echoes;
    private final RingDescriptor target;
    private final Region counters;
    private final Region settings;
    private final Region zeros;
    private final AnswerDescriptor answer;

    public ImageLayout(final Geometry geometry) {
        this(geometry, null, 0);
    }

    /** With one ring a slot too short. For tests which check that readers notice. */
    ImageLayout(final Geometry geometry, final Region.Kind shorter, final int ofLayer) {
        this.geometry = geometry;
        this.shorter = shorter;
        this.ofLayer = ofLayer;
        final int layers = geometry.layers();
        activations = new RingDescriptor[layers + 1];
        weights = new WeightsDescriptor[layers + 1];
        biases = new Region[layers + 1];
        scratch = new ScratchDescriptor[layers + 1];
        deltas = new RingDescriptor[layers + 1];
        echoes = new RingDescriptor[layers + 1];

        place(Region.Kind.HEADER, 0, 1, HeaderDescriptor.bytes(regionCount(layers)), 0);
        counters = place(Region.Kind.COUNTERS, 0, layers + 1, CountersDescriptor.STRIDE_BYTES, 0);
        zeros = place(Region.Kind.ZEROS, 0, 1, ScratchDescriptor.sumBytes(geometry.widest()), 0);
        activations[0] = ring(Region.Kind.ACTIVATION, 0, geometry.activationSlots(0));
        target = ring(Region.Kind.TARGET, layers, geometry.targetSlots());
        for (int l = 1; l <= layers; l++) {
            final int width = geometry.width(l);
            final int below = geometry.width(l - 1);
            weights[l] = weights(l, width, below);
            biases[l] = place(Region.Kind.BIAS, l, 1, vectorBytes(width), width);
            scratch[l] = ScratchDescriptor.of(
                width, place(Region.Kind.SCRATCH, l, 1, ScratchDescriptor.bytes(geometry, l), width).offset());
            deltas[l] = ring(Region.Kind.DELTA, l, geometry.deltaSlots());
            activations[l] = ring(Region.Kind.ACTIVATION, l, geometry.activationSlots(l));
            if (l > 1) {
                echoes[l] = new RingDescriptor(place(
                    Region.Kind.ECHO, l, slots(Region.Kind.ECHO, l, geometry.echoSlots()), vectorBytes(below), below));
            }
        }
        answer = AnswerDescriptor.of(
            geometry, place(Region.Kind.ANSWER, 0, 1, AnswerDescriptor.bytes(geometry), 0).offset());
        settings = place(Region.Kind.SETTINGS, 0, SettingsDescriptor.LINES, SettingsDescriptor.STRIDE_BYTES, 0);
    }

    private WeightsDescriptor weights(final int layer, final int rows, final int columns) {
        final int groups = Math.toIntExact(Geometry.padded(columns) / WeightsDescriptor.GROUP_COLUMNS);
        final WeightsDescriptor shape = new WeightsDescriptor(0, rows, columns, groups, geometry.lanes());
        final long offset = place(Region.Kind.WEIGHTS, layer, shape.panels(), shape.panelBytes(), columns).offset();
        return new WeightsDescriptor(offset, rows, columns, groups, geometry.lanes());
    }

    private static int regionCount(final int layers) {
        return FIXED_REGIONS + 6 * layers - 1;
    }

    private static long vectorBytes(final int width) {
        return Geometry.padded(width) * Float.BYTES;
    }

    private RingDescriptor ring(final Region.Kind kind, final int layer, final int slots) {
        final int width = geometry.width(layer);
        final long strideBytes = SlotDescriptor.VECTOR_OFFSET + vectorBytes(width);
        return new RingDescriptor(place(kind, layer, slots(kind, layer, slots), strideBytes, width));
    }

    private int slots(final Region.Kind kind, final int layer, final int needed) {
        return kind == shorter && layer == ofLayer ? needed - 1 : needed;
    }

    private Region place(final Region.Kind kind, final int layer, final int slots, final long strideBytes, final int width) {
        long offset = regions.isEmpty() ? 0 : Geometry.roundUp(regions.getLast().end(), lineOf(kind));
        while (crowded(offset)) {
            offset += lineOf(kind);
        }
        final Region region = new Region(kind, layer, offset, slots, strideBytes, width);
        regions.add(region);
        return region;
    }

    private static int lineOf(final Region.Kind kind) {
        return kind == Region.Kind.COUNTERS ? CountersDescriptor.STRIDE_BYTES : SlotDescriptor.LINE_BYTES;
    }

    private boolean crowded(final long offset) {
        for (int i = Math.max(0, regions.size() - APART); i < regions.size(); i++) {
            if (alias(regions.get(i).offset(), offset)) {
                return true;
            }
        }
        return zeros != null && alias(zeros.offset(), offset) || target != null && alias(target.offset(), offset);
    }

    private static boolean alias(final long one, final long other) {
        return (one - other) % PAGE_BYTES == 0;
    }

    public Geometry geometry() {
        return geometry;
    }

    /** All regions, in the order of their offsets. */
    public List<Region> regions() {
        return List.copyOf(regions);
    }

    /** The size of the whole image in bytes, a multiple of a cache line. */
    public long imageBytes() {
        return Geometry.roundUp(regions.getLast().end(), SlotDescriptor.LINE_BYTES);
    }

    public RingDescriptor activation(final int layer) {
        return activations[layer];
    }

    public RingDescriptor delta(final int layer) {
        return deltas[layer];
    }

    public RingDescriptor target() {
        return target;
    }

    /** The echo ring of the projection into {@code layer}, which is 2 or more: layer 1 sends no echo to the input. */
    public RingDescriptor echo(final int layer) {
        return echoes[layer];
    }

    public WeightsDescriptor weights(final int layer) {
        return weights[layer];
    }

    public long bias(final int layer) {
        return biases[layer].offset();
    }

    public ScratchDescriptor scratch(final int layer) {
        return scratch[layer];
    }

    public AnswerDescriptor answer() {
        return answer;
    }

    /** @param layer from 0, the source, to L */
    public long counters(final int layer) {
        return counters.offset() + (long) layer * CountersDescriptor.STRIDE_BYTES;
    }

    /** The source's line. The commits follow. */
    public long settings() {
        return settings.offset();
    }

    /** Zeros for each row of the widest layer: the partial sums of the first group start from these zeros. */
    public long zeros() {
        return zeros.offset();
    }
}
