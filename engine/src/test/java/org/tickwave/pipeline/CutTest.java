package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.RandomWiring;

/** Each layer is in exactly one band, and the longest band is as short as possible. */
class CutTest {
    private static final double NEAR = 1e-9;

    private static Geometry geometry(final int... widths) {
        return new Geometry(Lanes.LANES, widths, Wiring.chain(widths.length - 1), 0);
    }

    private static Geometry equal(final int layers, final int width) {
        final int[] widths = new int[layers + 1];
        Arrays.fill(widths, width);
        return geometry(widths);
    }

    private static Geometry random(final Random random, final int deepest) {
        final int widest = 1 << random.nextInt(11);
        return geometry(IntStream.range(0, 2 + random.nextInt(deepest)).map(l -> 1 + random.nextInt(widest)).toArray());
    }

    private static int[] counts(final Cut cut) {
        return IntStream.range(0, cut.bands()).map(b -> cut.layers(b).length).toArray();
    }

    @RepeatedTest(300)
    void bandsAreAllLayersInOrderAndSharesAreOneWhole(final RepetitionInfo seed) {
        final Random random = new Random(seed.getCurrentRepetition());
        final Geometry geometry = random(random, 40);
        final int bands = 1 + random.nextInt(geometry.wiring().last() + 3);
        final Cut cut = Cut.into(geometry, bands, random.nextInt(1 << 22));
        assertEquals(Math.min(bands, geometry.wiring().last()), cut.bands());
        int next = 1;
        double shares = 0;
        for (int b = 0; b < cut.bands(); b++) {
            assertArrayEquals(IntStream.range(next, next + cut.layers(b).length).toArray(), cut.layers(b), "band " + b);
            assertTrue(cut.layers(b).length > 0, "band " + b);
            assertTrue(cut.share(b) > 0, "band " + b);
            next += cut.layers(b).length;
            shares += cut.share(b);
        }
        assertEquals(geometry.wiring().last() + 1, next);
        assertEquals(1, shares, NEAR);
    }

    /** The estimated cost of a cut does not depend on who chose the cut. */
    @RepeatedTest(100)
    void noCutHasAShorterLongestBand(final RepetitionInfo seed) {
        final Random random = new Random(seed.getCurrentRepetition());
        final Geometry geometry = random(random, 10);
        final int layers = geometry.wiring().last();
        final long cacheBytes = random.nextInt(1 << 20);
        final int bands = 1 + random.nextInt(layers);
        final double[] least = {Double.MAX_VALUE};
        each(layers, new int[bands], 0, counts ->
            least[0] = Math.min(least[0], Cut.of(geometry, counts, cacheBytes).tickNs()));
        final Cut cut = Cut.into(geometry, bands, cacheBytes);
        assertEquals(least[0], cut.tickNs(), NEAR, geometry + " into " + bands + ": " + Arrays.toString(counts(cut)));
    }

    private interface Visitor {
        void visit(int[] counts);
    }

    private static void each(final int layers, final int[] counts, final int band, final Visitor visitor) {
        if (band == counts.length - 1) {
            counts[band] = layers;
            visitor.visit(counts);
            return;
        }
        for (int count = 1; count <= layers - (counts.length - 1 - band); count++) {
            counts[band] = count;
            each(layers - count, counts, band + 1, visitor);
        }
    }

    @Test
    void equalLayersAreCutIntoHalves() {
        assertArrayEquals(new int[] {5, 5}, counts(Cut.into(equal(10, 256), 2, Cut.CACHE_BYTES)));
        assertArrayEquals(new int[] {1, 1, 1}, counts(Cut.into(equal(3, 7), 9, Cut.CACHE_BYTES)));
    }

    @Test
    void aWideLayerStandsAlone() {
        assertArrayEquals(new int[] {3, 1, 2},
            counts(Cut.into(geometry(16, 16, 16, 512, 512, 16, 16), 3, Cut.CACHE_BYTES)));
    }

    @Test
    void whatDoesNotFitACacheCostsMore() {
        final Geometry geometry = equal(4, 512);
        assertTrue(Cut.into(geometry, 1, 0).tickNs() > 1.1 * Cut.into(geometry, 1, 4L << 20).tickNs());
        assertEquals(Cut.into(geometry, 1, 4L << 20).tickNs(), Cut.into(geometry, 1, 8L << 20).tickNs());
    }

    @Test
    void anEmbeddersCutIsTakenAsItIs() {
        final Cut cut = Cut.of(equal(6, 8), new int[] {3, 1, 2}, 0);
        assertArrayEquals(new int[] {1, 2, 3}, cut.layers(0));
        assertArrayEquals(new int[] {4}, cut.layers(1));
        assertArrayEquals(new int[] {5, 6}, cut.layers(2));
        final IllegalArgumentException e =
            assertThrows(IllegalArgumentException.class, () -> Cut.of(equal(6, 8), new int[] {3, 4}, 0));
        assertTrue(e.getMessage().startsWith("cut [3, 4] has 7 layers: expected 6, as in network 8-8-8-8-8-8-8"),
            e.getMessage());
    }

    @Test
    void aTinyNetworkIsForOneThreadAndALargeOneForAll() {
        assertEquals(1, Cut.best(equal(3, 8), 8, Cut.CACHE_BYTES).bands());
        assertEquals(1, Cut.best(equal(1, 2_000), 8, Cut.CACHE_BYTES).bands());
        assertEquals(1, Cut.best(equal(10, 1_000), 1, Cut.CACHE_BYTES).bands());
        for (int threads = 2; threads <= 5; threads++) {
            assertEquals(threads, Cut.best(equal(20, 512), threads, Cut.CACHE_BYTES).bands());
        }
    }

    @RepeatedTest(50)
    void theBestHasNoLongerTickThanOneThreadAndNoMoreBandsThanItMay(final RepetitionInfo seed) {
        final Random random = new Random(seed.getCurrentRepetition());
        final Geometry geometry = random(random, 20);
        final int threads = 1 + random.nextInt(8);
        final Cut best = Cut.best(geometry, threads, Cut.CACHE_BYTES);
        assertTrue(best.bands() <= threads);
        assertTrue(best.tickNs() <= Cut.into(geometry, 1, Cut.CACHE_BYTES).tickNs());
    }

    @Test
    void anEchoInAPassOfItsOwnCostsMore() {
        final Geometry transposed = equal(4, 256);
        final Cut random = Cut.into(withFeedback(transposed, Feedback.RANDOM), 1, Long.MAX_VALUE);
        final Cut signs = Cut.into(withFeedback(transposed, Feedback.SIGN_SYMMETRIC), 1, Long.MAX_VALUE);
        assertTrue(random.tickNs() > Cut.into(transposed, 1, Long.MAX_VALUE).tickNs());
        assertEquals(random.tickNs(), signs.tickNs(), NEAR);
        // The random matrices of three projections do not fit beside the weights of four.
        final long cacheBytes = 5L * 256 * 256 * Float.BYTES;
        assertTrue(Cut.into(withFeedback(transposed, Feedback.RANDOM), 1, cacheBytes).tickNs() > random.tickNs());
        assertEquals(signs.tickNs(), Cut.into(withFeedback(transposed, Feedback.SIGN_SYMMETRIC), 1, cacheBytes).tickNs(), NEAR);
    }

    /** The output makes the echoes of all direct edges. */
    @Test
    void directEdgesCostTheirOutput() {
        final Geometry direct = withFeedback(equal(4, 256), Feedback.TRANSPOSE, 1, 2, 3);
        final int[] each = {1, 1, 1, 1};
        assertTrue(Cut.of(direct, each, Long.MAX_VALUE).share(3) > Cut.of(equal(4, 256), each, Long.MAX_VALUE).share(3));
        assertTrue(Cut.of(direct, each, Long.MAX_VALUE).share(1) < Cut.of(equal(4, 256), each, Long.MAX_VALUE).share(1));
    }

    private static Geometry withFeedback(final Geometry geometry, final Feedback kind, final int... direct) {
        final int[] widths = IntStream.range(0, geometry.wiring().layers()).map(geometry::width).toArray();
        return new Geometry(Lanes.LANES, widths, RandomWiring.withFeedback(kind, geometry.wiring(), direct), 0);
    }

    /** Each layer once; first the layers that another band waits for. */
    @Test
    void bordersAreSweptFirst() {
        final Cut cut = Cut.of(equal(9, 8), new int[] {3, 4, 1, 1}, 0);
        assertArrayEquals(new int[] {3, 2, 1}, cut.sweep(0).layers());
        assertArrayEquals(new int[] {7, 4, 6, 5}, cut.sweep(1).layers());
        assertArrayEquals(new int[] {8}, cut.sweep(2).layers());
        assertArrayEquals(new int[] {9}, cut.sweep(3).layers());
        assertArrayEquals(new int[] {1, 5, 8, 9}, cut.sweptLast());
        assertArrayEquals(new int[] {4}, cut.sweep(0).waitsFor());
        assertArrayEquals(new int[] {3, 8}, cut.sweep(1).waitsFor());
        assertArrayEquals(new int[] {7, 9}, cut.sweep(2).waitsFor());
        assertArrayEquals(new int[] {8}, cut.sweep(3).waitsFor());
    }

    /** Bands that wait for each other can be one tick apart. */
    @Test
    void bandsFurtherApartCanBeMoreTicksApart() {
        final int[][] apart = Cut.of(equal(9, 8), new int[] {3, 4, 1, 1}, 0).ticksApart();
        for (int b = 0; b < 4; b++) {
            for (int c = 0; c < 4; c++) {
                assertEquals(Math.abs(b - c), apart[b][c], b + " and " + c);
            }
        }
    }

    /** Layers 2 and 3 read layer 1, and layer 4 reads both. Each is a band. */
    @Test
    void inAGraphABandWaitsForTheLayersThatItsProjectionsName() {
        final Wiring wiring = Wiring.balanced(5, new int[] {0, 1, 1, 2, 3}, new int[] {1, 2, 3, 4, 4}, 4);
        final Cut cut = Cut.of(new Geometry(Lanes.LANES, new int[] {1, 1, 1, 1, 1}, wiring, 0), new int[] {1, 1, 1, 1}, 0);
        assertArrayEquals(new int[] {2, 3}, cut.sweep(0).waitsFor());
        assertArrayEquals(new int[] {1, 4}, cut.sweep(1).waitsFor());
        assertArrayEquals(new int[] {1, 4}, cut.sweep(2).waitsFor());
        assertArrayEquals(new int[] {2, 3}, cut.sweep(3).waitsFor());
        assertEquals(2, cut.ticksApart()[1][2]);
    }
}
