package org.tickwave.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The regions of an image, one after the other. Regions that a layer uses together lie together.
 *
 * <p>Each region starts on a cache line. Its offset modulo 4,096 differs from those of the {@value #APART} regions before it,
 * of the zeros, which every layer reads, and of the targets, which the outputs read. With equal offsets modulo 4,096 a
 * processor takes a load for a load of what was stored to the other region a moment ago, and waits (4K aliasing).
 */
public final class ImageLayout {
    /** More regions than a layer uses together, its own and those of the layer below. */
    public static final int APART = 14;
    static final int PAGE_BYTES = 4096;
    private static final int FIXED_REGIONS = 5;

    private final Geometry geometry;
    private final Region.Kind shorter;
    private final int ofOwner;
    private final List<Region> regions = new ArrayList<>();
    private final RingDescriptor[] activations;
    private final RingDescriptor[] targets;
    private final Region[] biases;
    private final ScratchDescriptor[] scratch;
    private final RingDescriptor[] deltas;
    private final WeightsDescriptor[] weights;
    private final WeightsDescriptor[] feedback;
    private final RingDescriptor[] echoes;
    private final Region counters;
    private final Region settings;
    private final Region zeros;
    private final AnswerDescriptor answer;

    public ImageLayout(final Geometry geometry) {
        this(geometry, null, 0);
    }

    /** With one ring a slot too short. For tests which check that readers notice. */
    ImageLayout(final Geometry geometry, final Region.Kind shorter, final int ofOwner) {
        this.geometry = geometry;
        this.shorter = shorter;
        this.ofOwner = ofOwner;
        final Wiring wiring = geometry.wiring();
        activations = new RingDescriptor[wiring.layers()];
        targets = new RingDescriptor[wiring.layers()];
        biases = new Region[wiring.layers()];
        scratch = new ScratchDescriptor[wiring.layers()];
        deltas = new RingDescriptor[wiring.layers()];
        weights = new WeightsDescriptor[wiring.projections() + 1];
        feedback = new WeightsDescriptor[wiring.edges() + 1];
        echoes = new RingDescriptor[wiring.edges() + 1];

        place(Region.Kind.HEADER, 0, 1, HeaderDescriptor.bytes(regionCount(wiring)), 0);
        counters = place(Region.Kind.COUNTERS, 0, wiring.layers(), CountersDescriptor.STRIDE_BYTES, 0);
        zeros = place(Region.Kind.ZEROS, 0, 1, ScratchDescriptor.sumBytes(geometry.widest()), 0);
        for (int l = 0; l < wiring.inputs(); l++) {
            activations[l] = ring(Region.Kind.ACTIVATION, l, geometry.activationSlots(l), geometry.width(l));
        }
        for (final int output : wiring.outputs()) {
            targets[output] = ring(Region.Kind.TARGET, output, geometry.targetSlots(output), geometry.width(output));
        }
        for (final int l : wiring.upwards()) {
            placeLayer(wiring, l);
        }
        answer = new AnswerDescriptor(
            geometry, place(Region.Kind.ANSWER, 0, 1, AnswerDescriptor.bytes(geometry), 0).offset());
        settings = place(Region.Kind.SETTINGS, 0, SettingsDescriptor.LINES, SettingsDescriptor.STRIDE_BYTES, 0);
    }

    private void placeLayer(final Wiring wiring, final int layer) {
        final int width = geometry.width(layer);
        for (final int projection : wiring.into(layer)) {
            weights[projection] = matrix(Region.Kind.WEIGHTS, projection);
        }
        final int[] down = IntStream.concat(IntStream.of(wiring.into(layer)), IntStream.of(wiring.directEdges(layer))).toArray();
        for (final int edge : down) {
            if (wiring.hasMatrix(edge)) {
                feedback[edge] = matrix(Region.Kind.FEEDBACK, edge);
            }
        }
        biases[layer] = place(Region.Kind.BIAS, layer, 1, vectorBytes(width), width);
        scratch[layer] = ScratchDescriptor.of(
            width, place(Region.Kind.SCRATCH, layer, 1, ScratchDescriptor.bytes(geometry, layer), width).offset());
        deltas[layer] = ring(Region.Kind.DELTA, layer, geometry.deltaSlots(), width);
        activations[layer] = ring(Region.Kind.ACTIVATION, layer, geometry.activationSlots(layer), width);
        for (final int edge : down) {
            if (wiring.sendsEcho(edge)) {
                echoes[edge] = ring(Region.Kind.ECHO, edge, geometry.echoSlots(edge), geometry.width(wiring.from(edge)));
            }
        }
    }

    /** The weights or the feedback of an edge: a row for each neuron of the upper layer, a column for each of the lower layer. */
    private WeightsDescriptor matrix(final Region.Kind kind, final int edge) {
        final int rows = geometry.width(geometry.wiring().to(edge));
        final int columns = geometry.width(geometry.wiring().from(edge));
        final int groups = Math.toIntExact(Geometry.padded(columns) / WeightsDescriptor.GROUP_COLUMNS);
        final WeightsDescriptor shape = new WeightsDescriptor(0, rows, columns, groups, geometry.lanes());
        final long offset = place(kind, edge, shape.panels(), shape.panelBytes(), columns).offset();
        return new WeightsDescriptor(offset, rows, columns, groups, geometry.lanes());
    }

    private static int regionCount(final Wiring wiring) {
        final int echoes = (int) IntStream.rangeClosed(1, wiring.edges()).filter(wiring::sendsEcho).count();
        final int feedback = (int) IntStream.rangeClosed(1, wiring.edges()).filter(wiring::hasMatrix).count();
        return FIXED_REGIONS + wiring.inputs() + wiring.outputs().length + 4 * (wiring.layers() - wiring.inputs())
            + wiring.projections() + feedback + echoes;
    }

    private static long vectorBytes(final int width) {
        return Geometry.padded(width) * Float.BYTES;
    }

    private RingDescriptor ring(final Region.Kind kind, final int owner, final int slots, final int width) {
        final int placed = kind == shorter && owner == ofOwner ? slots - 1 : slots;
        return new RingDescriptor(place(kind, owner, placed, SlotDescriptor.VECTOR_OFFSET + vectorBytes(width), width));
    }

    private Region place(final Region.Kind kind, final int owner, final int slots, final long strideBytes, final int width) {
        long offset = regions.isEmpty() ? 0 : Geometry.roundUp(regions.getLast().end(), lineOf(kind));
        while (crowded(offset)) {
            offset += lineOf(kind);
        }
        final Region region = new Region(kind, owner, offset, slots, strideBytes, width);
        regions.add(region);
        return region;
    }

    static int lineOf(final Region.Kind kind) {
        return kind == Region.Kind.COUNTERS ? CountersDescriptor.STRIDE_BYTES : SlotDescriptor.LINE_BYTES;
    }

    private boolean crowded(final long offset) {
        for (int i = Math.max(0, regions.size() - APART); i < regions.size(); i++) {
            if (alias(regions.get(i).offset(), offset)) {
                return true;
            }
        }
        return zeros != null && alias(zeros.offset(), offset)
            || Arrays.stream(targets).anyMatch(target -> target != null && alias(target.offset(), offset));
    }

    private static boolean alias(final long one, final long other) {
        return (one - other) % PAGE_BYTES == 0;
    }

    public Geometry geometry() {
        return geometry;
    }

    /** The same layout for another lane width. Only the panels of weights and feedback differ. */
    public ImageLayout withLanes(final int lanes) {
        return new ImageLayout(geometry.withLanes(lanes), shorter, ofOwner);
    }

    /** All regions, in the order of their offsets. */
    public List<Region> regions() {
        return List.copyOf(regions);
    }

    /** What the header of an image says about its regions. */
    public RegionTable table() {
        return new RegionTable(geometry.lanes(), imageBytes(), geometry.wiring().last(), regions);
    }

    /** The size of the whole image in bytes, a multiple of a cache line. */
    public long imageBytes() {
        return imageBytes(regions.getLast());
    }

    /** The size of an image that ends with this region. */
    public static long imageBytes(final Region last) {
        return Geometry.roundUp(last.end(), SlotDescriptor.LINE_BYTES);
    }

    public RingDescriptor activation(final int layer) {
        return activations[layer];
    }

    public RingDescriptor delta(final int layer) {
        return deltas[layer];
    }

    /** The targets of an output. */
    public RingDescriptor target(final int output) {
        return targets[output];
    }

    /** The echo of an edge; null if the edge sends no echo. */
    public RingDescriptor echo(final int edge) {
        return echoes[edge];
    }

    public WeightsDescriptor weights(final int projection) {
        return weights[projection];
    }

    /** The random matrix of an edge; null if the edge has no such matrix. */
    public WeightsDescriptor feedback(final int edge) {
        return feedback[edge];
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

    /** @param layer the source's counters are those of layer 0 */
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
