package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.RandomWiring;
import org.tickwave.layout.Region;
import org.tickwave.pipeline.Handshake.Given;
import org.tickwave.pipeline.Handshake.Part;
import org.tickwave.pipeline.Handshake.Sweep;

/**
 * The hand-shake of source and bands in every interleaving, with every reordering that nothing forbids. A reader finds the
 * wanted tick in the slot, no thread overwrites a slot that a layer still has to read, and every actor reaches the last tick.
 * If a wait, an order or a slot is left out, the checks notice.
 */
@Execution(ExecutionMode.CONCURRENT)
class HandshakeTest {
    /** Small enough to visit every state. */
    private record Small(Geometry geometry, int[] cut, List<Given> commits) {
        @Override
        public String toString() {
            return geometry.wiring().last() + " layers, target " + geometry.wiring().targetAge(geometry.wiring().last()) + " ago, first activation "
                + geometry.wiring().age(1) + " ago, cut " + Arrays.toString(cut) + ", commits " + commits;
        }
    }

    private static Geometry geometry(final Wiring wiring) {
        final int[] widths = new int[wiring.layers()];
        Arrays.fill(widths, 1);
        return new Geometry(4, widths, wiring, 0);
    }

    /** Diffusion, and every window up to aligned. */
    private static List<Wiring> rules(final int layers) {
        return Stream.concat(Stream.of(Wiring.chain(layers)),
            IntStream.range(1, 2 * layers).mapToObj(ticks -> Wiring.chain(layers).window(ticks))).toList();
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
        for (final Wiring wiring : List.of(Wiring.chain(2), Wiring.chain(2).window(2), Wiring.chain(2).aligned())) {
            small.add(new Small(geometry(wiring), new int[] {1, 1}, each(6, 1)));
            small.add(new Small(geometry(wiring), new int[] {1, 1}, List.of(new Given(1, true), new Given(2, false))));
        }
        for (final Wiring wiring : List.of(Wiring.chain(3), Wiring.chain(3).window(2), Wiring.chain(3).aligned())) {
            small.add(new Small(geometry(wiring), new int[] {2, 1}, each(3, 1)));
            small.add(new Small(geometry(wiring), new int[] {1, 2}, List.of(new Given(2, true))));
        }
        small.add(new Small(geometry(Wiring.chain(3).aligned()), new int[] {1, 1, 1}, each(2, 1)));
        small.add(new Small(
            geometry(RandomWiring.withFeedback(Feedback.RANDOM, Wiring.chain(3), 1)), new int[] {1, 1, 1}, List.of(new Given(2, true))));
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
        for (final Wiring wiring : List.of(Wiring.chain(2), Wiring.chain(2).aligned())) {
            final Programs programs =
                Handshake.without(part, geometry(wiring), new int[] {1, 1}, each(2, 1), Sweep.UP);
            assertEquals(Interleavings.of(programs).wrong(), PartialOrder.of(programs));
        }
    }

    @Test
    void everyCutRuleSweepAndHoldGoesWell() {
        everyCutRuleSweepAndHold(4);
    }

    @Test
    @Tag("soak")
    void everyCutRuleSweepAndHoldGoesWellInADeeperChain() {
        everyCutRuleSweepAndHold(5);
    }

    private static void everyCutRuleSweepAndHold(final int deepest) {
        int checked = 0;
        for (int layers = 1; layers <= deepest; layers++) {
            for (final Wiring wiring : rules(layers)) {
                for (final int[] cut : cuts(layers)) {
                    for (final Sweep sweep : Sweep.values()) {
                        for (final List<Given> commits : commits(longEnough(layers))) {
                            assertEquals(Set.of(), PartialOrder.of(Handshake.of(geometry(wiring), cut, commits, sweep)),
                                () -> wiring.age(1) + Arrays.toString(cut) + sweep + commits);
                            checked++;
                        }
                    }
                }
            }
        }
        assertTrue(checked > 1_000, checked + " hand-shakes");
    }

    /** A missing wait would be found: what layers read and write does not come from the schedule. */
    @Test
    void everyCutOfAGraphGoesWell() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            final boolean balanced = random.nextBoolean();
            final Wiring any = RandomWiring.of(random, balanced, 2, 5);
            final Wiring graph = random.nextBoolean() ? any : RandomWiring.withFeedback(random, any);
            final Wiring wiring = balanced && random.nextBoolean() ? graph.aligned() : graph;
            final int layers = wiring.layers() - wiring.inputs();
            final int[] cut = cuts(layers).get(random.nextInt(1 << layers - 1));
            final List<Given> commits = commits(longEnough(wiring.latency())).get(random.nextInt(4));
            for (final Sweep sweep : Sweep.values()) {
                assertEquals(Set.of(), PartialOrder.of(Handshake.of(geometry(wiring), cut, commits, sweep)),
                    () -> Arrays.toString(cut) + sweep + commits + ", seed " + seed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Part.class, mode = EnumSource.Mode.EXCLUDE, names = {"COPY_A_TICK_AHEAD", "WAIT_FOR_DIRECT"})
    void nothingCanBeLeftOut(final Part part) {
        for (final Wiring wiring : rules(4)) {
            for (final int[] cut : cuts(4).stream().filter(bands -> bands.length > 1).toList()) {
                final Set<String> wrong = PartialOrder.of(
                    Handshake.without(part, geometry(wiring), cut, each(longEnough(4), 1), Sweep.BORDERS_FIRST));
                assertFalse(wrong.isEmpty(), () -> wiring.age(1) + Arrays.toString(cut));
            }
        }
    }

    /** The output and layers far below exchange echoes, and no projection. */
    @Test
    void theWaitsForDirectEdgesCannotBeLeftOut() {
        for (final Wiring rule : rules(4)) {
            final Wiring wiring = RandomWiring.withFeedback(Feedback.RANDOM, rule, 1, 2);
            for (final int[] cut : cuts(4).stream().filter(bands -> bands.length > 2).toList()) {
                for (final Sweep sweep : Sweep.values()) {
                    assertEquals(Set.of(), PartialOrder.of(Handshake.of(geometry(wiring), cut, each(longEnough(4), 1), sweep)));
                    final Set<String> wrong = PartialOrder.of(
                        Handshake.without(Part.WAIT_FOR_DIRECT, geometry(wiring), cut, each(longEnough(4), 1), sweep));
                    assertTrue(wrong.stream().anyMatch(load -> load.contains("reads ECHO 5")), () -> Arrays.toString(cut) + wrong);
                }
            }
        }
    }

    @Test
    void noSlotOfADirectEchoCanBeLeftOut() {
        for (final Wiring rule : rules(4)) {
            final Wiring wiring = RandomWiring.withFeedback(Feedback.RANDOM, rule, 1, 3);
            for (final int[] cut : cuts(4)) {
                expectNoticed(Region.Kind.ECHO, 5, wiring, cut);
                expectNoticed(Region.Kind.ECHO, 6, wiring, cut);
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
                Part.COPY_A_TICK_AHEAD, geometry(Wiring.chain(2)), new int[] {1, 1}, commits, Sweep.UP)).isEmpty());
            assertEquals(Set.of(), PartialOrder.of(Handshake.without(
                Part.COPY_A_TICK_AHEAD, geometry(Wiring.chain(2).aligned()), new int[] {1, 1}, commits, Sweep.UP)));
        }
    }

    /**
     * For one order of the layers in a band fewer slots may do, but no order is promised. The second slot of x_L is for the
     * output.
     */
    @Test
    void noSlotCanBeLeftOut() {
        for (final Wiring wiring : rules(4)) {
            for (final int[] cut : cuts(4)) {
                for (int l = 0; l < 4; l++) {
                    expectNoticed(Region.Kind.ACTIVATION, l, wiring, cut);
                }
                expectNoticed(Region.Kind.TARGET, 4, wiring, cut);
                for (int l = 2; l <= 4; l++) {
                    expectNoticed(Region.Kind.ECHO, l, wiring, cut);
                }
            }
        }
    }

    private static void expectNoticed(final Region.Kind ring, final int layer, final Wiring wiring, final int[] cut) {
        assertTrue(Stream.of(Sweep.values()).anyMatch(sweep -> !PartialOrder.of(Handshake.withASlotLess(
            ring, layer, geometry(wiring), cut, each(longEnough(4), 1), sweep)).isEmpty()),
            () -> ring + " " + layer + ", " + wiring.age(1) + Arrays.toString(cut));
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
