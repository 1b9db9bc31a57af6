package org.tickwave.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImageLayoutTest {
    private static final int[] ODD = {1, 15, 16, 17, 64, 103, 256, 1000, 1024};

    /** Every lane width, rules from one extreme to the other, 1 to 12 layers of odd and of page-sized widths. */
    private static List<ImageLayout> layouts() {
        final List<ImageLayout> layouts = new ArrayList<>();
        final Random random = new Random(1);
        for (final int lanes : new int[] {4, 8, 16}) {
            for (int layers = 1; layers <= 12; layers++) {
                for (int variant = 0; variant < 6; variant++) {
                    final int[] widths = new int[layers + 1];
                    for (int l = 0; l <= layers; l++) {
                        widths[l] = variant == 0 ? 1024 : ODD[random.nextInt(ODD.length)];
                    }
                    final Wiring wiring = variant == 1 ? Wiring.chain(layers)
                        : Wiring.chain(layers).window(1 + random.nextInt(2 * layers - 1));
                    layouts.add(new ImageLayout(new Geometry(lanes, widths, wiring, variant == 2 ? 7 : 0)));
                }
            }
        }
        return layouts;
    }

    /** Graphs with any feedback. */
    private static List<ImageLayout> withFeedback() {
        final List<ImageLayout> layouts = new ArrayList<>();
        for (long seed = 1; seed <= 100; seed++) {
            final Random random = new Random(seed);
            final Wiring wiring = RandomWiring.withFeedback(random, RandomWiring.of(random, random.nextBoolean(), 3, 8));
            final int[] widths = IntStream.range(0, wiring.layers()).map(l -> ODD[random.nextInt(ODD.length)]).toArray();
            layouts.add(new ImageLayout(new Geometry(4 << random.nextInt(3), widths, wiring, 0)));
        }
        return layouts;
    }

    private static List<ImageLayout> all() {
        return Stream.concat(layouts().stream(), withFeedback().stream()).toList();
    }

    /** The table in the header was counted before any region was placed. */
    @Test
    void theHeaderHasRoomForEveryRegion() {
        for (final ImageLayout layout : all()) {
            assertEquals(HeaderDescriptor.bytes(layout.regions().size()), layout.regions().getFirst().bytes());
        }
    }

    /** A random matrix is as large as the weights of a projection would be. */
    @Test
    void feedbackHasAMatrixAndAnEchoWhereTheWiringSaysSo() {
        int matrices = 0;
        for (final ImageLayout layout : withFeedback()) {
            final Geometry geometry = layout.geometry();
            final Wiring wiring = geometry.wiring();
            for (int e = 1; e <= wiring.edges(); e++) {
                final long columns = Geometry.padded(geometry.width(wiring.from(e)));
                final long rows = geometry.width(wiring.to(e));
                matrices += wiring.hasMatrix(e) ? 1 : 0;
                assertEquals(wiring.hasMatrix(e) ? rows * columns * 4 : -1, bytes(layout, Region.Kind.FEEDBACK, e));
                assertEquals(wiring.hasMatrix(e), layout.feedback(e) != null);
                assertEquals(wiring.sendsEcho(e) ? (columns * 4 + 64) * geometry.echoSlots(e) : -1, bytes(layout, Region.Kind.ECHO, e));
                assertEquals(e <= wiring.projections() ? rows * columns * 4 : -1, bytes(layout, Region.Kind.WEIGHTS, e));
                if (wiring.hasMatrix(e)) {
                    final Region region = layout.table().region(Region.Kind.FEEDBACK, e);
                    assertEquals(geometry.width(wiring.from(e)), region.width());
                    assertEquals(region.end(), layout.feedback(e).offset() + layout.feedback(e).panels() * layout.feedback(e).panelBytes());
                }
            }
        }
        assertTrue(matrices > 100, matrices + " matrices");
    }

    @Test
    void regionsFollowOneAnotherWithoutOverlap() {
        for (final ImageLayout layout : all()) {
            long end = 0;
            for (final Region region : layout.regions()) {
                assertTrue(region.offset() >= end, region + " begins before byte " + end);
                assertTrue(region.offset() - end < ImageLayout.PAGE_BYTES, region + " leaves a hole after byte " + end);
                assertTrue(region.slots() > 0 && region.strideBytes() > 0, region + " is empty");
                end = region.end();
            }
            assertTrue(layout.imageBytes() >= end && layout.imageBytes() < end + 64);
            assertEquals(0, layout.imageBytes() % 64);
            assertEquals(0, layout.regions().getFirst().offset());
        }
    }

    @Test
    void regionsAndSlotsStandOnLinesAndCountersOnPairsOfLines() {
        for (final ImageLayout layout : all()) {
            for (final Region region : layout.regions()) {
                final int line = region.kind() == Region.Kind.COUNTERS ? 128 : 64;
                assertEquals(0, region.offset() % line, region.toString());
                if (region.slots() > 1) {
                    assertEquals(0, region.strideBytes() % line, region.toString());
                }
            }
            for (int l = layout.geometry().wiring().inputs(); l <= layout.geometry().wiring().last(); l++) {
                final ScratchDescriptor scratch = layout.scratch(l);
                assertEquals(0, (scratch.partials() | scratch.folds() | scratch.sums()) % 64, scratch.toString());
            }
            final AnswerDescriptor answer = layout.answer();
            assertEquals(0, (answer.partials() | answer.widest().sums() | answer.activation(layout.geometry().wiring().last())) % 64,
                answer.toString());
        }
    }

    @Test
    void regionsThatALayerWalksTogetherStartApartWithinAPage() {
        for (final ImageLayout layout : layouts()) {
            final int layers = layout.geometry().wiring().last();
            for (int l = 1; l <= layers; l++) {
                final Set<Long> places = new HashSet<>();
                int walked = 0;
                for (final Region region : layout.regions()) {
                    if (walks(l, layers, region)) {
                        walked++;
                        assertTrue(places.add(region.offset() % ImageLayout.PAGE_BYTES),
                            region + " of " + layout.geometry() + " stands where another does that layer " + l + " walks");
                    }
                }
                assertTrue(walked >= 6, "layer " + l + " walks " + walked + " regions");
            }
        }
    }

    private static boolean walks(final int layer, final int layers, final Region region) {
        return switch (region.kind()) {
            case HEADER, COUNTERS, SETTINGS, ANSWER -> false;
            case ZEROS -> true;
            case TARGET -> layer == layers;
            case ACTIVATION -> region.owner() == layer || region.owner() == layer - 1;
            case WEIGHTS, BIAS, SCRATCH, DELTA -> region.owner() == layer;
            case ECHO -> region.owner() == layer || region.owner() == layer + 1;
            case FEEDBACK, STATISTICS, UPDATES -> throw new AssertionError(region.toString());
        };
    }

    @Test
    void everyRegionIsThereOnceAndHoldsWhatItSays() {
        for (final ImageLayout layout : layouts()) {
            final Geometry geometry = layout.geometry();
            final int layers = geometry.wiring().last();
            assertEquals(6 + 6 * layers, layout.regions().size());
            assertEquals((layers + 1) * 128L, bytes(layout, Region.Kind.COUNTERS, 0));
            assertEquals(3 * 64, bytes(layout, Region.Kind.SETTINGS, 0));
            for (int l = 1; l <= layers; l++) {
                final long rows = Geometry.padded(geometry.width(l));
                final long columns = Geometry.padded(geometry.width(l - 1));
                assertEquals(geometry.width(l) * columns * 4, bytes(layout, Region.Kind.WEIGHTS, l));
                assertEquals(rows * 4, bytes(layout, Region.Kind.BIAS, l));
                assertEquals((rows * 4 + 64) * geometry.deltaSlots(), bytes(layout, Region.Kind.DELTA, l));
                assertEquals((rows * 4 + 64) * geometry.activationSlots(l), bytes(layout, Region.Kind.ACTIVATION, l));
                assertEquals(l == 1 ? -1 : (columns * 4 + 64) * 2, bytes(layout, Region.Kind.ECHO, l));
                assertTrue(bytes(layout, Region.Kind.ZEROS, 0) >= geometry.width(l) * 64L);
            }
        }
    }

    private static long bytes(final ImageLayout layout, final Region.Kind kind, final int layer) {
        return layout.regions().stream().filter(region -> region.kind() == kind && region.owner() == layer)
            .mapToLong(Region::bytes).findAny().orElse(-1);
    }

    @Test
    void everyWeightHasItsOwnPlaceWithinItsPanel() {
        for (final int lanes : new int[] {4, 8, 16}) {
            final ImageLayout layout = new ImageLayout(new Geometry(lanes, new int[] {103, 17}, Wiring.chain(1), 0));
            final WeightsDescriptor weights = layout.weights(1);
            assertEquals(2 * 16 / lanes, weights.panels());
            final Set<Long> places = new HashSet<>();
            for (int row = 0; row < 17; row++) {
                for (int column = 0; column < 103; column++) {
                    final long at = weights.weight(row, column);
                    assertTrue(places.add(at), "row " + row + ", column " + column);
                    final long panel = (at - weights.offset()) / weights.panelBytes();
                    assertEquals(column % 16 / lanes * 2 + column / 64, panel, "column " + column);
                    final long inRow = (at - weights.offset()) % weights.panelBytes() - row * 16L * lanes;
                    assertEquals(column % 64 / 16 * 4L * lanes + column % lanes * 4L, inRow, "column " + column);
                }
            }
            assertEquals(weights.offset(), weights.weight(0, 0));
            assertEquals(weights.rowBytes(), weights.weight(1, 0) - weights.weight(0, 0));
        }
    }

    @Test
    void onlyThePanelsDependOnTheLanes() {
        final List<ImageLayout> layouts = IntStream.of(4, 8, 16).mapToObj(
            lanes -> new ImageLayout(new Geometry(lanes, new int[] {103, 17, 70, 3},
                RandomWiring.withFeedback(Feedback.RANDOM, Wiring.chain(3).aligned(), 1), 2))).toList();
        for (int i = 0; i < layouts.getFirst().regions().size(); i++) {
            final Region first = layouts.getFirst().regions().get(i);
            for (final ImageLayout layout : layouts) {
                final Region region = layout.regions().get(i);
                assertEquals(first.offset(), region.offset(), first.toString());
                assertEquals(first.bytes(), region.bytes(), first.toString());
                assertTrue(first.equals(region) || first.kind() == Region.Kind.WEIGHTS || first.kind() == Region.Kind.FEEDBACK,
                    first + " and " + region);
            }
        }
    }

    @Test
    void aRingGoesRoundAlsoBeforeTickZero() {
        final RingDescriptor ring = new RingDescriptor(640, 5, 128);
        for (long tick = -12; tick < 12; tick++) {
            assertEquals(ring.slot(tick), ring.slot(tick + 5));
            assertEquals(ring.slotAt(Math.floorMod(tick, 5)), ring.slot(tick));
        }
        assertEquals(640, ring.slot(0));
        assertEquals(640 + 4 * 128, ring.slot(-1));
        assertEquals(640 + 128, ring.slot(5_000_000_000_001L));
    }

    @Test
    void theSlotOfATickIsItsRemainderInRingsOfAnyDepth() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int slots = 1; slots < 3_000; slots++) {
            expectRemainders(seed, random, slots);
            expectRemainders(seed, random, 1 + random.nextInt(1 << 21));
        }
    }

    private static void expectRemainders(final long seed, final Random random, final int slots) {
        final RingDescriptor ring = new RingDescriptor(0, slots, 1);
        final long whole = Long.MAX_VALUE / slots * slots;
        final long some = random.nextLong() >>> random.nextInt(64);
        final long multiple = some / slots * slots;
        for (final long tick : new long[] {
            0, 1, slots - 1, slots, whole - 1, whole, Long.MAX_VALUE - 1, Long.MAX_VALUE, some, multiple, multiple - 1, -1, -slots}) {
            assertEquals(Math.floorMod(tick, slots), ring.slot(tick), () -> tick + " of " + slots + ", seed " + seed);
        }
    }
}
