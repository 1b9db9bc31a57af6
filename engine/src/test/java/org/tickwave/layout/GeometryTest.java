package org.tickwave.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeometryTest {
    private static final int LARGEST = Integer.MAX_VALUE;

    private static Geometry geometry(final int... widths) {
        return new Geometry(16, widths, Wiring.chain(Math.max(1, widths.length - 1)), 0);
    }

    private static void refused(final String words, final Runnable geometry) {
        final String message = assertThrows(IllegalArgumentException.class, geometry::run).getMessage();
        assertTrue(message.contains(words), message + ": expected it to say " + words);
        assertEquals(1, message.lines().count(), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -16, 0, 1, 2, 3, 5, 15, 32, LARGEST})
    void refusesOtherLanes(final int lanes) {
        refused("lanes " + lanes, () -> new Geometry(lanes, new int[] {1, 1}, Wiring.chain(1), 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void takesTheLanesOfThreeWidths(final int lanes) {
        assertEquals(lanes, new Geometry(lanes, new int[] {1, 1}, Wiring.chain(1), 0).lanes());
    }

    @Test
    void padsToAMultipleOf64() {
        assertEquals(64, Geometry.padded(1));
        assertEquals(64, Geometry.padded(64));
        assertEquals(128, Geometry.padded(65));
    }

    @Test
    void refusesWidthsBelowOneAndNamesTheLayer() {
        refused("width 0 of layer 0", () -> geometry(0, 4));
        refused("width -3 of layer 2", () -> geometry(4, 4, -3));
        refused("[4]", () -> geometry(4));
        refused("[]", () -> geometry());
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, (1 << 20) + 1, LARGEST})
    void refusesHistoryOutOfRange(final int history) {
        refused("history " + history, () -> new Geometry(16, new int[] {1, 1}, Wiring.chain(1), history));
    }

    @Test
    void refusesTheWiringOfAnotherNetwork() {
        refused("a wiring of 3 layers: expected 2", () -> new Geometry(16, new int[] {1, 1}, Wiring.chain(2), 0));
    }

    @Test
    void refusesAnImageThatNoMachineHoldsWithTheBytesItWouldTake() {
        expectBytes(messageFor(LARGEST, LARGEST), LARGEST, LARGEST);
        expectBytes(messageFor(LARGEST, LARGEST, LARGEST, LARGEST), LARGEST, LARGEST, LARGEST, LARGEST);
        expectBytes(messageFor(1 << 24, 1 << 24), 1 << 24, 1 << 24);
        geometry(1 << 22, 1 << 22);
    }

    /** A random matrix of a projection doubles the projection's bytes; a direct edge has one too. */
    @Test
    void refusesAnImageThatNoMachineHoldsForItsFeedback() {
        final int n = 1 << 22;
        final Wiring chain = Wiring.chain(2);
        new Geometry(16, new int[] {1, n, n}, chain, 0);
        final Wiring random = RandomWiring.withFeedback(Feedback.RANDOM, chain);
        refused("would take at least " + 2 * 4L * n * n / 1_000_000_000_000L, () -> new Geometry(16, new int[] {1, n, n}, random, 0));
        final Wiring direct = Wiring.chain(3).withFeedback(new Feedback[] {Feedback.TRANSPOSE, Feedback.TRANSPOSE, Feedback.TRANSPOSE}, 1);
        new Geometry(16, new int[] {1, n, 1, n}, Wiring.chain(3), 0);
        new Geometry(16, new int[] {1, n, 1, n}, direct, 0);
        refused("would take at least", () -> new Geometry(16, new int[] {1, 2 * n, 1, 2 * n}, direct, 0));
    }

    /** The error of an output two levels up is read a tick late. */
    @Test
    void aDirectEdgeThatWaitsNeedsASlotMore() {
        final Wiring wiring = RandomWiring.withFeedback(Feedback.TRANSPOSE, Wiring.chain(4), 1, 3);
        final Geometry geometry = new Geometry(16, new int[] {1, 1, 1, 1, 1}, wiring, 5);
        assertEquals(2 + 2, geometry.echoSlots(5));
        assertEquals(2, geometry.echoSlots(6));
    }

    private static String messageFor(final int... widths) {
        return assertThrows(IllegalArgumentException.class, () -> geometry(widths)).getMessage();
    }

    /** The weights make up almost the whole image. */
    private static void expectBytes(final String message, final int... widths) {
        final Matcher bytes = Pattern.compile("would take at least ([0-9]+) bytes").matcher(message);
        assertTrue(bytes.find(), message);
        BigInteger weights = BigInteger.ZERO;
        for (int l = 1; l < widths.length; l++) {
            weights = weights.add(BigInteger.valueOf(widths[l]).multiply(BigInteger.valueOf(widths[l - 1])));
        }
        final double ratio = new BigInteger(bytes.group(1)).doubleValue() / (4 * weights.doubleValue());
        assertEquals(1, ratio, .001, message);
    }

    @Test
    void refusesAHistoryThatNoMachineHolds() {
        refused("bytes", () -> new Geometry(16, new int[] {1 << 26, 1}, Wiring.chain(1), 1 << 20));
        refused("bytes", () -> new Geometry(16, new int[] {1, 1 << 26}, Wiring.chain(1), 1 << 20));
    }

    @Test
    void keepsItsOwnWidths() {
        final int[] widths = {3, 2, 1};
        final Geometry geometry = geometry(widths);
        widths[1] = 9;
        assertEquals("3-2-1", geometry.toString());
        assertEquals(2, geometry.width(1));
        assertEquals(2, geometry.wiring().last());
    }

    /** 2(L-l)+1 slots for 0 < l < L, 2 for x_L, 2L+1 for x_0, L+2 for targets, 2 for echoes and errors. */
    @Test
    void ringsAreAsDeepAsTheRuleNeeds() {
        for (int layers = 1; layers <= 12; layers++) {
            for (final int history : new int[] {0, 5}) {
                final int[] widths = new int[layers + 1];
                Arrays.fill(widths, 3);
                final Wiring aligned = Wiring.chain(layers).aligned();
                final Geometry geometry = new Geometry(8, widths, aligned, history);
                assertEquals(2 * layers + 1 + history, geometry.activationSlots(0));
                for (int l = 1; l < layers; l++) {
                    final int slots = 2 * (layers - l) + 1 + history;
                    assertEquals(slots, geometry.activationSlots(l), "layer " + l + " of " + layers);
                }
                assertEquals(2 + history, geometry.activationSlots(layers));
                assertEquals(layers + 2 + history, geometry.targetSlots(layers));
                assertEquals(2 + history, geometry.deltaSlots());
                assertEquals(2, geometry.echoSlots(layers));
            }
        }
    }

    @Test
    void diffusionNeedsTwoSlotsOfEverything() {
        final Geometry geometry = geometry(4, 5, 6, 7);
        for (int l = 0; l <= 3; l++) {
            assertEquals(2, geometry.activationSlots(l));
        }
        assertEquals(2, geometry.targetSlots(3));
    }

    /** Layer 1 is read a tick late by the projection that skips a level, which takes its echo a tick late too. */
    @Test
    void aProjectionThatWaitsNeedsASlotMoreOnBothWays() {
        final Wiring wiring = Wiring.balanced(4, new int[] {0, 1, 1, 2}, new int[] {1, 2, 3, 3}, 3);
        final Geometry geometry = new Geometry(16, new int[] {1, 1, 1, 1}, wiring, 5);
        assertEquals(1, wiring.delay(3));
        assertEquals(1 + 2 + 5, geometry.activationSlots(1));
        assertEquals(2 + 5, geometry.activationSlots(2));
        assertEquals(1 + 2, geometry.echoSlots(3));
        assertEquals(2, geometry.echoSlots(4));
    }
}
