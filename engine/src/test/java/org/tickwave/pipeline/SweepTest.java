package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.Bent;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.Region;

/** Layers and the source may take their turns in any order. The rings are exactly as deep as that needs. */
@Execution(ExecutionMode.CONCURRENT)
class SweepTest {
    private static final int TICKS = 30;
    private static final long SEED = 7;
    private static final float RATE = 0.02f;

    record Case(int layers, String rule, Wiring wiring) {
        @Override
        public String toString() {
            return "L = " + layers + ", " + rule;
        }

        Geometry geometry() {
            return Rig.geometry(Draw.widths(layers), wiring);
        }
    }

    static List<Case> cases() {
        final List<Case> cases = new ArrayList<>();
        for (int layers = 2; layers <= 4; layers++) {
            cases.add(new Case(layers, "diffusion", Wiring.chain(layers)));
            for (int ticks = 1; ticks < 2 * layers; ticks++) {
                cases.add(new Case(layers, "window:" + ticks, Wiring.chain(layers).window(ticks)));
            }
        }
        return cases;
    }

    /** All orders of 0, the source, and layers 1 to L. */
    private static List<int[]> orders(final int layers) {
        final List<int[]> orders = new ArrayList<>();
        permute(IntStream.rangeClosed(0, layers).toArray(), 0, orders);
        return orders;
    }

    private static void permute(final int[] order, final int from, final List<int[]> to) {
        if (from == order.length) {
            to.add(order.clone());
        }
        for (int i = from; i < order.length; i++) {
            swap(order, from, i);
            permute(order, from + 1, to);
            swap(order, from, i);
        }
    }

    private static void swap(final int[] order, final int a, final int b) {
        final int old = order[a];
        order[a] = order[b];
        order[b] = old;
    }

    private static boolean before(final int[] order, final int a, final int b) {
        for (final int turn : order) {
            if (turn == a || turn == b) {
                return turn == a;
            }
        }
        throw new IllegalArgumentException(a + ", " + b);
    }

    private static long crc(final ImageLayout layout, final int[] order) {
        try (Rig rig = new Rig(layout, Sigma.TANH, SEED, true)) {
            rig.learning.minusRate = -RATE;
            for (int t = 0; t < TICKS; t++) {
                rig.tick(t, order);
            }
            return rig.crc();
        }
    }

    private static long expected(final Case of) {
        return crc(new ImageLayout(of.geometry()), orders(of.layers).getFirst());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyOrderGivesTheSameBits(final Case of) {
        final long expected = expected(of);
        for (final int[] order : orders(of.layers)) {
            assertEquals(expected, crc(new ImageLayout(of.geometry()), order), () -> Arrays.toString(order));
        }
    }

    /** @param needed whether a layer still reads the missing slot */
    private static void caughtIf(
        final boolean needed, final ImageLayout shorter, final int[] order, final long expected, final String ring) {
        final String where = ring + " short, order " + Arrays.toString(order);
        if (needed) {
            final AssertionError e = assertThrows(AssertionError.class, () -> crc(shorter, order), where);
            assertTrue(e.getMessage().contains("looked for tick"), e.getMessage());
        } else {
            assertEquals(expected, crc(shorter, order), where);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anActivationRingOneSlotShortIsNoticedByItsReaders(final Case of) {
        final Geometry geometry = of.geometry();
        final long expected = expected(of);
        for (int l = 0; l < of.layers; l++) {
            final ImageLayout shorter = Bent.layout(geometry, Region.Kind.ACTIVATION, l);
            final int slots = Rig.slots(shorter, Region.Kind.ACTIVATION, l);
            final boolean own = l > 0 && slots < of.wiring.slopeAge(l) + 1;
            final boolean above = slots < of.wiring.age(l + 1) + 2;
            assertTrue(own || above, "layer " + l);
            for (final int[] order : orders(of.layers)) {
                caughtIf(own || above && before(order, l, l + 1), shorter, order, expected, "x_" + l);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void underAlignedAHiddenRingOneSlotShortIsNoticedInEveryOrder(final int layers) {
        final Wiring aligned = Wiring.chain(layers).aligned();
        for (int l = 1; l < layers; l++) {
            final ImageLayout shorter =
                Bent.layout(Rig.geometry(Draw.widths(layers), aligned), Region.Kind.ACTIVATION, l);
            for (final int[] order : orders(layers)) {
                caughtIf(true, shorter, order, 0, "x_" + l);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aTargetRingOneSlotShortIsNoticedByTheOutput(final Case of) {
        final ImageLayout shorter = Bent.layout(of.geometry(), Region.Kind.TARGET, of.layers);
        final long expected = expected(of);
        for (final int[] order : orders(of.layers)) {
            caughtIf(before(order, Rig.SOURCE, of.layers), shorter, order, expected, "targets");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anEchoRingOneSlotShortIsNoticedByTheLayerBelow(final Case of) {
        final long expected = expected(of);
        for (int l = 2; l <= of.layers; l++) {
            final ImageLayout shorter = Bent.layout(of.geometry(), Region.Kind.ECHO, l);
            for (final int[] order : orders(of.layers)) {
                caughtIf(before(order, l, l - 1), shorter, order, expected, "echo of " + l);
            }
        }
    }

    /** The second slot of an error and of the output is for observers of the waves, not for a layer. */
    @ParameterizedTest
    @MethodSource("cases")
    void layersNeedOneSlotOfErrorsAndOneOfTheOutput(final Case of) {
        final long expected = expected(of);
        for (int l = 1; l <= of.layers; l++) {
            final ImageLayout shorter = Bent.layout(of.geometry(), Region.Kind.DELTA, l);
            assertFalse(Rig.slots(shorter, Region.Kind.DELTA, l) > 1);
            for (final int[] order : orders(of.layers)) {
                caughtIf(false, shorter, order, expected, "delta_" + l);
            }
        }
        final ImageLayout shorter = Bent.layout(of.geometry(), Region.Kind.ACTIVATION, of.layers);
        for (final int[] order : orders(of.layers)) {
            caughtIf(false, shorter, order, expected, "x_L");
        }
    }
}
