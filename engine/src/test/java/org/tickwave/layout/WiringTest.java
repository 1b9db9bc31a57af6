package org.tickwave.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

class WiringTest {
    /**
     * Inputs 0 and 1; hidden layers 2, 3 and 4; outputs 5 and 6 at the levels 3 and 2. Projection 3 skips a level, and
     * projection 4 skips two.
     */
    private static final int[] FROM = {0, 2, 1, 0, 3, 4, 2};
    private static final int[] TO = {2, 3, 3, 5, 5, 6, 4};

    private static Wiring balanced() {
        return Wiring.balanced(7, FROM, TO, 5, 6);
    }

    @Test
    void aChainUnderDiffusionHasNoAges() {
        final Wiring chain = Wiring.chain(3);
        for (int l = 1; l <= 3; l++) {
            assertEquals(0, chain.age(l));
            assertEquals(0, chain.slopeAge(l));
        }
        assertEquals(0, chain.targetAge(3));
        assertEquals(3, chain.latency());
        assertEquals(4, chain.layers());
        assertEquals(1, chain.inputs());
    }

    @Test
    void aChainLeadsFromEachLayerToTheNext() {
        for (int last = 1; last <= 12; last++) {
            final Wiring chain = Wiring.chain(last);
            assertEquals(last, chain.projections());
            assertEquals(last, chain.last());
            assertArrayEquals(new int[] {last}, chain.outputs());
            assertArrayEquals(IntStream.rangeClosed(1, last).toArray(), chain.upwards());
            for (int l = 1; l <= last; l++) {
                assertEquals(l - 1, chain.from(l));
                assertEquals(l, chain.to(l));
                assertEquals(0, chain.delay(l));
                assertEquals(l, chain.level(l));
                assertEquals(l > 1, chain.sendsEcho(l));
                assertEquals(2 * last - l, chain.gate(l));
                assertEquals(last - l, chain.echoGate(l));
                final int[] neighbours = last == 1 ? new int[0] : l == 1 ? new int[] {2} : l == last ? new int[] {l - 1}
                    : new int[] {l - 1, l + 1};
                assertArrayEquals(neighbours, chain.neighbours(l));
            }
        }
    }

    @Test
    void theWidestWindowIsAligned() {
        for (int last = 1; last <= 12; last++) {
            final Wiring window = Wiring.chain(last).window(2 * last - 1);
            final Wiring aligned = Wiring.chain(last).aligned();
            for (int l = 1; l <= last; l++) {
                assertEquals(2 * (last - l) + 1, window.age(l));
                assertEquals(2 * (last - l), window.slopeAge(l));
                assertEquals(window.age(l), aligned.age(l));
                assertEquals(window.slopeAge(l), aligned.slopeAge(l));
            }
            assertEquals(last, window.targetAge(last));
        }
    }

    @Test
    void aNarrowerWindowCutsBothAges() {
        final Wiring window = Wiring.chain(5).window(4);
        for (int l = 1; l <= 5; l++) {
            assertEquals(Math.min(4, 2 * (5 - l) + 1), window.age(l));
            assertEquals(Math.min(3, 2 * (5 - l)), window.slopeAge(l));
        }
        assertEquals(5, window.targetAge(5));
    }

    @Test
    void refusesAWindowThatDoesNotFitAndSaysWhatDoes() {
        for (final int ticks : new int[] {Integer.MIN_VALUE, -1, 0, 8, Integer.MAX_VALUE}) {
            final String message = assertThrows(IllegalArgumentException.class, () -> Wiring.chain(4).window(ticks)).getMessage();
            assertTrue(message.contains("window:" + ticks) && message.contains("1 to 7"), message);
        }
        assertThrows(IllegalArgumentException.class, () -> Wiring.chain(0));
    }

    @Test
    void aGraphHasLevelsByItsLongestWays() {
        final Wiring graph = balanced();
        assertEquals(2, graph.inputs());
        assertArrayEquals(new int[] {0, 0, 1, 2, 2, 3, 3}, IntStream.range(0, 7).map(graph::level).toArray());
        assertEquals(3, graph.latency());
        assertArrayEquals(new int[] {2, 3, 4, 5, 6}, graph.upwards());
        assertArrayEquals(new int[] {2, 3}, graph.into(3));
        assertArrayEquals(new int[] {2, 7}, graph.outOf(2));
        assertFalse(graph.sendsEcho(4));
        assertTrue(graph.sendsEcho(5));
        assertTrue(graph.isOutput(6));
        assertFalse(graph.isOutput(4));
    }

    @Test
    void inABalancedGraphAProjectionThatSkipsLevelsWaits() {
        final Wiring graph = balanced();
        assertArrayEquals(new int[] {0, 0, 1, 2, 0, 0, 0}, IntStream.rangeClosed(1, 7).map(graph::delay).toArray());
        final Wiring immediate = Wiring.immediate(7, FROM, TO, 5, 6);
        assertArrayEquals(new int[7], IntStream.rangeClosed(1, 7).map(immediate::delay).toArray());
    }

    /** A frame of tick 0 goes up and its error comes down along the same way; both must meet, whatever the way. */
    @Test
    void underAlignedAnErrorMeetsItsOwnFrame() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            final Wiring graph = RandomWiring.withFeedback(random, RandomWiring.of(random, true, 3, 10)).aligned();
            final int latency = graph.latency();
            for (int e = graph.projections() + 1; e <= graph.edges(); e++) {
                assertEquals(2 * latency - graph.level(graph.from(e)), 2 * latency - graph.level(graph.to(e)) + 1 + graph.delay(e),
                    "direct edge " + e + ", seed " + seed);
            }
            for (int k = 1; k <= graph.projections(); k++) {
                // The error of layer i for the frame of tick 0 stands in tick 2L - level(i); the activation below in its level.
                final int errorTick = 2 * latency - graph.level(graph.to(k));
                assertEquals(graph.level(graph.from(k)), errorTick - graph.age(k), "projection " + k + ", seed " + seed);
                // The echo is sent in that tick, and is taken by the layer below in the tick of its own error.
                if (graph.sendsEcho(k)) {
                    assertEquals(2 * latency - graph.level(graph.from(k)), errorTick + 1 + graph.delay(k),
                        "projection " + k + ", seed " + seed);
                }
                assertTrue(graph.delay(k) >= 0 && graph.age(k) >= graph.delay(k), "projection " + k + ", seed " + seed);
            }
            for (int l = graph.inputs(); l < graph.layers(); l++) {
                assertEquals(graph.level(l), 2 * latency - graph.level(l) - graph.slopeAge(l), "layer " + l + ", seed " + seed);
                assertEquals(2 * latency - graph.level(l), graph.gate(l), "layer " + l + ", seed " + seed);
            }
            for (final int output : graph.outputs()) {
                assertEquals(0, 2 * latency - graph.level(output) - graph.targetAge(output), "output " + output + ", seed " + seed);
            }
        }
    }

    @Test
    void theGateOfAnImmediateGraphIsTheLongestWayUpAndDown() {
        final Wiring immediate = Wiring.immediate(7, FROM, TO, 5, 6);
        // From layer 2 it is two layers up to either output, at level 3.
        assertEquals(3 + 2, immediate.gate(2));
        assertEquals(3, immediate.gate(5));
        assertEquals(2, immediate.echoGate(2));
        assertEquals(0, immediate.echoGate(6));
        assertThrows(IllegalArgumentException.class, immediate::aligned);
    }

    /** The longest way of an error down to a layer, by trying all ways; less than 0, by far, if there is no way. */
    private static int longestWay(final Wiring graph, final int output, final int layer) {
        int longest = output == layer ? 0 : Integer.MIN_VALUE / 2;
        for (final int edge : graph.echoes(layer)) {
            longest = Math.max(longest, longestWay(graph, output, graph.to(edge)) + 1);
        }
        return longest;
    }

    @Test
    void theGatesOfRandomImmediateGraphsAreTheLongestWays() {
        for (long seed = 1; seed <= 200; seed++) {
            final Random random = new Random(seed);
            final Wiring plain = RandomWiring.of(random, false, 3, 8);
            final Wiring graph = random.nextBoolean() ? plain : RandomWiring.withFeedback(random, plain);
            for (int l = graph.inputs(); l < graph.layers(); l++) {
                final int layer = l;
                final String what = "layer " + l + ", seed " + seed;
                assertEquals(IntStream.of(graph.outputs()).map(o -> longestWay(graph, o, layer)).max().orElseThrow(), graph.echoGate(l), what);
                assertEquals(IntStream.of(graph.outputs()).map(o -> graph.level(o) + longestWay(graph, o, layer)).max().orElseThrow(),
                    graph.gate(l), what);
            }
        }
    }

    /** Every layer leads to the next one and past the next one. There are more ways than anybody can try. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aThousandLayersWithSkipsAreNotTooMany() {
        final int layers = 1_000;
        final int[] from = IntStream.range(0, layers - 1).flatMap(l -> IntStream.of(l, l).limit(Math.min(2, layers - 1 - l))).toArray();
        final int[] to = IntStream.range(0, layers - 1).flatMap(l -> IntStream.of(l + 1, l + 2).limit(Math.min(2, layers - 1 - l))).toArray();
        final Wiring graph = Wiring.immediate(layers, from, to, layers - 1);
        assertEquals(layers - 1, graph.latency());
        assertEquals(layers - 2, graph.echoGate(1));
        assertEquals(2 * layers - 3, graph.gate(1));
    }

    @Test
    void layersThatExchangeVectorsAreNeighboursOfEachOther() {
        final Wiring graph = balanced();
        expectEachOther(graph);
        expectEachOther(direct(graph, 2, 4, 5));
        // Layer 2 copies the held frames of input 0, which layer 5 reads too.
        assertEquals(2, graph.holder(0));
        assertArrayEquals(new int[] {3, 4, 5}, graph.neighbours(2));
        assertArrayEquals(new int[] {2, 3}, graph.neighbours(5));
    }

    private static void expectEachOther(final Wiring graph) {
        for (int l = 2; l < 7; l++) {
            for (final int other : graph.neighbours(l)) {
                final int layer = l;
                assertTrue(IntStream.of(graph.neighbours(other)).anyMatch(back -> back == layer), l + " and " + other);
            }
        }
    }

    @Test
    void aGraphWithACycleIsRefusedUnlessItMayRecur() {
        final int[] from = {0, 1, 2, 2};
        final int[] to = {1, 2, 1, 3};
        final String message =
            assertThrows(IllegalArgumentException.class, () -> Wiring.balanced(4, from, to, 3)).getMessage();
        assertTrue(message.contains("closes a cycle"), message);
        final Wiring recurrent = Wiring.recurrent(4, from, to, 3);
        assertEquals(3, recurrent.latency());
        for (int k = 1; k <= 4; k++) {
            assertEquals(0, recurrent.age(k) + recurrent.delay(k));
        }
        for (int l = 1; l < 4; l++) {
            assertEquals(0, recurrent.gate(l) + recurrent.slopeAge(l));
        }
        for (int l = 1; l < 4; l++) {
            // Its echoes are new one tick after learning was turned on. The output has none.
            assertEquals(l < 3 ? 1 : 0, recurrent.echoGate(l));
        }
        assertThrows(IllegalArgumentException.class, () -> recurrent.window(1));
    }

    private static Wiring direct(final Wiring wiring, final int... layers) {
        return RandomWiring.withFeedback(Feedback.TRANSPOSE, wiring, layers);
    }

    /** Layer 2 reaches both outputs, layer 4 only output 6. */
    @Test
    void aLayerWithDirectFeedbackHearsEveryOutputThatItReaches() {
        final Wiring graph = direct(balanced(), 4, 2, 2);
        assertEquals(7, graph.projections());
        assertEquals(10, graph.edges());
        assertArrayEquals(new int[] {2, 2, 4}, IntStream.rangeClosed(8, 10).map(graph::from).toArray());
        assertArrayEquals(new int[] {5, 6, 6}, IntStream.rangeClosed(8, 10).map(graph::to).toArray());
        assertArrayEquals(new int[] {1, 1, 0}, IntStream.rangeClosed(8, 10).map(graph::delay).toArray());
        assertArrayEquals(new int[] {8, 9}, graph.echoes(2));
        assertArrayEquals(new int[] {10}, graph.echoes(4));
        assertArrayEquals(new int[] {5}, graph.echoes(3));
        assertArrayEquals(new int[] {9, 10}, graph.directEdges(6));
        assertArrayEquals(new int[0], graph.directEdges(2));
        assertTrue(graph.isDirect(2) && graph.isDirect(4) && !graph.isDirect(3));
        // Projections 2 and 7 lead out of layer 2, and projection 6 out of layer 4.
        assertArrayEquals(new int[] {5, 8, 9, 10}, IntStream.rangeClosed(1, 10).filter(graph::sendsEcho).toArray());
        assertArrayEquals(new int[] {2, 7}, graph.outOf(2));
        assertArrayEquals(new int[] {3, 4, 5, 6}, graph.neighbours(2));
        assertArrayEquals(new int[] {2, 4}, graph.neighbours(6));
        for (int l = 0; l < 7; l++) {
            assertEquals(balanced().gate(l), graph.gate(l));
            assertEquals(balanced().echoGate(l), graph.echoGate(l));
        }
    }

    @Test
    void anOutputHearsTheOutputsAboveItDirectly() {
        final Wiring wiring = direct(Wiring.balanced(4, new int[] {0, 1, 2}, new int[] {1, 2, 3}, 2, 3), 1, 2, 3);
        assertArrayEquals(new int[] {1, 1, 2}, IntStream.rangeClosed(4, 6).map(wiring::from).toArray());
        assertArrayEquals(new int[] {2, 3, 3}, IntStream.rangeClosed(4, 6).map(wiring::to).toArray());
        assertTrue(wiring.isOutput(2));
    }

    /** Projection 1 leads from the input, and the feedback of layer 1 is direct, so projection 2 sends no echo. */
    @Test
    void feedbackOfProjectionsWithoutAnEchoIsNotTaken() {
        final Wiring wiring = Wiring.chain(3)
            .withFeedback(new Feedback[] {Feedback.RANDOM, Feedback.RANDOM, Feedback.SIGN_SYMMETRIC}, 1);
        assertArrayEquals(new boolean[] {false, false, true, true},
            new boolean[] {wiring.takesEchoesBy(Feedback.TRANSPOSE), wiring.takesEchoesBy(Feedback.RANDOM),
                wiring.takesEchoesBy(Feedback.SIGN_SYMMETRIC), wiring.takesEchoesBy(Feedback.DIRECT)});
    }

    /** Errors of output 5 come to layer 2 in one tick; those of layer 4 take two, by way of no layer with direct feedback. */
    @Test
    void whereNoProjectionWaitsTheGatesFollowTheWaysOfTheErrors() {
        final Wiring immediate = Wiring.immediate(7, FROM, TO, 5, 6);
        final Wiring wiring = direct(immediate, 2);
        assertArrayEquals(new int[3], IntStream.rangeClosed(7, 9).map(wiring::delay).toArray());
        assertEquals(3 + 1, wiring.gate(2));
        assertEquals(1, wiring.echoGate(2));
        assertEquals(immediate.gate(3), wiring.gate(3));
        final Wiring longer = Wiring.immediate(5, new int[] {0, 1, 2, 3}, new int[] {1, 2, 3, 4}, 4);
        assertEquals(4 + 2, direct(longer, 2).gate(1));
        assertEquals(2, direct(longer, 2).echoGate(1));
        assertEquals(4 + 3, longer.gate(1));
    }

    @Test
    void inACycleAnErrorComesDirectlyInTheNextTick() {
        final Wiring wiring = direct(Wiring.recurrent(4, new int[] {0, 1, 2, 2}, new int[] {1, 2, 1, 3}, 3), 1, 2);
        assertArrayEquals(new int[] {1, 2}, IntStream.rangeClosed(5, 6).map(wiring::from).toArray());
        for (int e = 5; e <= 6; e++) {
            assertEquals(3, wiring.to(e));
            assertEquals(0, wiring.delay(e));
        }
        assertEquals(1, wiring.gate(1) + wiring.echoGate(1));
    }

    @Test
    void feedbackStaysUnderAnotherRule() {
        final Feedback[] kinds = {Feedback.RANDOM, Feedback.SIGN_SYMMETRIC, Feedback.TRANSPOSE, Feedback.RANDOM};
        final Wiring wiring = Wiring.chain(4).withFeedback(kinds, 1);
        for (final Wiring same : new Wiring[] {wiring, wiring.window(3), wiring.aligned(), Bent.wiring(wiring.aligned(), 'p', 2, 1),
            wiring.lengths(1, 1, 1, 1)}) {
            assertEquals(5, same.edges());
            assertEquals(2, same.delay(5));
            assertEquals(Feedback.DIRECT, same.feedback(5));
            assertEquals(Feedback.RANDOM, same.feedback(4));
            assertArrayEquals(new boolean[] {false, false, false, true, true}, hasMatrix(same));
        }
        assertEquals(3, wiring.window(3).age(2));
        assertEquals(3, Wiring.chain(4).window(3).withFeedback(kinds).age(2));
    }

    private static boolean[] hasMatrix(final Wiring wiring) {
        final boolean[] has = new boolean[wiring.edges()];
        for (int e = 1; e <= has.length; e++) {
            has[e - 1] = wiring.hasMatrix(e);
        }
        return has;
    }

    /** A link is part of the level of its output, and the direct edge waits as long as the ways through the link take. */
    @Test
    void aDirectEdgePastALinkWaitsForTheLink() {
        final Wiring wiring = direct(Wiring.chain(3).lengths(1, 1, 4), 1);
        assertEquals(6, wiring.level(3));
        assertEquals(6 - 1 - 1, wiring.delay(4));
        final Wiring immediate =
            direct(Wiring.immediate(4, new int[] {0, 1, 2}, new int[] {1, 2, 3}, 3).lengths(1, 1, 4), 1);
        assertEquals(0, immediate.delay(4));
        assertEquals(6 + 1, immediate.gate(1));
        assertEquals(6 + 4, immediate.gate(2));
    }

    @Test
    void refusesFeedbackThatDoesNotFit() {
        final Wiring chain = Wiring.chain(2);
        refused("direct feedback to layer 0, an input: expected a layer with weights, 1 to 2", () -> direct(chain, 0));
        refused("direct feedback to layer 3: expected a layer with weights, 1 to 2", () -> direct(chain, 3));
        refused("direct feedback to layer -1: expected a layer with weights, 1 to 2", () -> direct(chain, -1));
        refused("feedback of 1 projections: expected 2, as the network has",
            () -> chain.withFeedback(new Feedback[] {Feedback.RANDOM}));
        refused("feedback DIRECT of projection 2: expected TRANSPOSE, RANDOM or SIGN_SYMMETRIC; a layer has direct feedback, not a projection",
            () -> chain.withFeedback(new Feedback[] {Feedback.RANDOM, Feedback.DIRECT}));
    }

    private static void refused(final String message, final Executable wiring) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, wiring).getMessage());
    }

    @Test
    void theInputsComeFirst() {
        final String message = assertThrows(IllegalArgumentException.class,
            () -> Wiring.balanced(3, new int[] {1, 2}, new int[] {0, 0}, 0)).getMessage();
        assertTrue(message.contains("layer 0"), message);
    }
}
