package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tickwave.layout.Delays;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.Region;
import org.tickwave.pipeline.Handshake.Given;
import org.tickwave.pipeline.Handshake.Part;
import org.tickwave.pipeline.Handshake.Sweep;

/**
 * The hand-shake of source and bands in every interleaving, with every reordering that nothing forbids. A reader finds the
 * wanted tick in the slot, no thread overwrites a slot that a layer still has to read, and every actor reaches the last tick.
 * If a wait, an order or a slot is left out, the checks notice.
 */
class HandshakeTest {
    /** Small enough to visit every state. */
    private record Small(Geometry geometry, int[] cut, List<Given> commits) {
        @Override
        public String toString() {
            return geometry.layers() + " layers, target " + geometry.delays().target() + " ago, first activation "
                + geometry.delays().activation(1) + " ago, cut " + Arrays.toString(cut) + ", commits " + commits;
        }
    }

    private static Geometry geometry(final Delays delays) {
        final int[] widths = new int[delays.layers() + 1];
        Arrays.fill(widths, 1);
        return new Geometry(4, widths, delays, 0);
    }

    /** Diffusion, and every window up to aligned. */
    private static List<Delays> rules(final int layers) {
        return Stream.concat(Stream.of(Delays.none(layers)),
            IntStream.range(1, 2 * layers).mapToObj(ticks -> Delays.window(layers, ticks))).toList();
    }

    private static List<int[]> cuts(final int layers) {
        final List<int[]> cuts = new ArrayList<>();
        for (int set = 0; set < 1 << layers - 1; set++) {
            final int[] cut = new int[Integer.bitCount(set) + 1];
            for (int l = 0, band = 0; l < layers; l++) {
                cut[band]++;
                band += set >> l & 1;
            }
            cuts.add(cut);
        }
        return cuts;
    }

    /** A new frame in every {@code hold}-th tick. */
    private static List<Given> each(final int ticks, final int hold) {
        return IntStream.iterate(0, s -> s < ticks, s -> s + hold).mapToObj(s -> new Given(hold, true)).toList();
    }

    /** Each frame is held by its own commit and by one more. */
    private static List<Given> heldAgain(final int ticks) {
        return IntStream.iterate(0, s -> s < ticks, s -> s + 4)
            .mapToObj(s -> List.of(new Given(1, true), new Given(2, false), new Given(1, true))).flatMap(List::stream).toList();
    }

    private static List<List<Given>> commits(final int ticks) {
        return List.of(each(ticks, 1), each(ticks, 2), each(ticks, 3), heldAgain(ticks));
    }

    /** Enough ticks that every ring wraps after the first frame has reached the last layer. */
    private static int longEnough(final int layers) {
        return 4 * layers + 4;
    }

    private static Stream<Small> small() {
        final List<Small> small = new ArrayList<>();
        for (final Delays delays : List.of(Delays.none(2), Delays.window(2, 2), Delays.aligned(2))) {
            small.add(new Small(geometry(delays), new int[] {1, 1}, each(6, 1)));
            small.add(new Small(geometry(delays), new int[] {1, 1}, List.of(new Given(1, true), new Given(2, false))));
        }
        for (final Delays delays : List.of(Delays.none(3), Delays.window(3, 2), Delays.aligned(3))) {
            small.add(new Small(geometry(delays), new int[] {2, 1}, each(3, 1)));
            small.add(new Small(geometry(delays), new int[] {1, 2}, List.of(new Given(2, true))));
        }
        small.add(new Small(geometry(Delays.aligned(3)), new int[] {1, 1, 1}, each(2, 1)));
        return small.stream();
    }

    @ParameterizedTest
    @MethodSource("small")
    void everyInterleavingGoesWell(final Small small) {
        final Programs programs = Handshake.of(small.geometry, small.cut, small.commits, Sweep.BORDERS_FIRST);
        final Interleavings.Found found = Interleavings.of(programs);
        assertEquals(Set.of(), found.wrong());
        assertEquals(Set.of(), PartialOrder.of(programs));
        assertTrue(found.states() > 1_000, () -> "only " + found.states() + " states");
    }

    /** The partial order gives the same answer as all interleavings, also if a part is missing: down to the last load. */
    @ParameterizedTest
    @EnumSource(Part.class)
    void theOrderSaysWhatTheInterleavingsSay(final Part part) {
        for (final Delays delays : List.of(Delays.none(2), Delays.aligned(2))) {
            final Programs programs =
                Handshake.without(part, geometry(delays), new int[] {1, 1}, each(2, 1), Sweep.UP);
            assertEquals(Interleavings.of(programs).wrong(), PartialOrder.of(programs));
        }
    }

    @Test
    void everyCutRuleSweepAndHoldGoesWell() {
        int checked = 0;
        for (int layers = 1; layers <= 5; layers++) {
            for (final Delays delays : rules(layers)) {
                for (final int[] cut : cuts(layers)) {
                    for (final Sweep sweep : Sweep.values()) {
                        for (final List<Given> commits : commits(longEnough(layers))) {
                            assertEquals(Set.of(), PartialOrder.of(Handshake.of(geometry(delays), cut, commits, sweep)),
                                () -> delays.activation(1) + Arrays.toString(cut) + sweep + commits);
                            checked++;
                        }
                    }
                }
            }
        }
        assertTrue(checked > 1_000, checked + " hand-shakes");
    }

    @ParameterizedTest
    @EnumSource(value = Part.class, mode = EnumSource.Mode.EXCLUDE, names = "COPY_A_TICK_AHEAD")
    void nothingCanBeLeftOut(final Part part) {
        for (final Delays delays : rules(4)) {
            for (final int[] cut : cuts(4).stream().filter(bands -> bands.length > 1).toList()) {
                final Set<String> wrong = PartialOrder.of(
                    Handshake.without(part, geometry(delays), cut, each(longEnough(4), 1), Sweep.BORDERS_FIRST));
                assertFalse(wrong.isEmpty(), () -> delays.activation(1) + Arrays.toString(cut));
            }
        }
    }

    /**
     * If the band copied the held frame in the tick that takes the frame, the ring would need three slots, because the source
     * may write a tick ahead. A rule with delays has three slots anyway.
     */
    @Test
    void aHeldFrameIsCopiedATickAheadForTheSakeOfRulesWithoutDelays() {
        for (final List<Given> commits : List.of(each(12, 2), heldAgain(12))) {
            assertFalse(PartialOrder.of(Handshake.without(
                Part.COPY_A_TICK_AHEAD, geometry(Delays.none(2)), new int[] {1, 1}, commits, Sweep.UP)).isEmpty());
            assertEquals(Set.of(), PartialOrder.of(Handshake.without(
                Part.COPY_A_TICK_AHEAD, geometry(Delays.aligned(2)), new int[] {1, 1}, commits, Sweep.UP)));
        }
    }

    /**
     * For one order of the layers in a band fewer slots may do, but no order is promised. The second slot of x_L is for the
     * output.
     */
    @Test
    void noSlotCanBeLeftOut() {
        for (final Delays delays : rules(4)) {
            for (final int[] cut : cuts(4)) {
                for (int l = 0; l < 4; l++) {
                    expectNoticed(Region.Kind.ACTIVATION, l, delays, cut);
                }
                expectNoticed(Region.Kind.TARGET, 4, delays, cut);
                for (int l = 2; l <= 4; l++) {
                    expectNoticed(Region.Kind.ECHO, l, delays, cut);
                }
            }
        }
    }

    private static void expectNoticed(final Region.Kind ring, final int layer, final Delays delays, final int[] cut) {
        assertTrue(Stream.of(Sweep.values()).anyMatch(sweep -> !PartialOrder.of(Handshake.withASlotLess(
            ring, layer, geometry(delays), cut, each(longEnough(4), 1), sweep)).isEmpty()),
            () -> ring + " " + layer + ", " + delays.activation(1) + Arrays.toString(cut));
    }

    /** The checks notice a circle of waits. */
    @Test
    void aCircleOfWaitsIsNoticed() {
        final Programs programs = new Programs();
        for (final String name : List.of("one", "other")) {
            programs.actor(name);
            programs.step(Step.Kind.AWAIT, "waits", programs.place(name.equals("one") ? "b" : "a", 0), 1, true);
            programs.step(Step.Kind.STORE, "goes on", programs.place(name.equals("one") ? "a" : "b", 0), 1, true);
        }
        assertEquals(Set.of("deadlock"), Interleavings.of(programs).wrong());
        assertEquals(Set.of("deadlock"), PartialOrder.of(programs));
    }
}
