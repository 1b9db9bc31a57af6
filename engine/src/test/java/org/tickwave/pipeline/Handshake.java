package org.tickwave.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.RandomWiring;
import org.tickwave.layout.Region;
import org.tickwave.layout.Wiring;
import org.tickwave.pipeline.Step.Kind;

/**
 * The hand-shake as programs: the source and the bands, each with its accesses to shared memory. What a layer reads and writes
 * follows from the equations. Only the waits are those of {@link Schedule}, and the depths those of {@link Geometry}. So a missing
 * wait is found. A slot is a place that holds the tick of its vector, or
 * -1 if it has none. A commit is a place that holds the number of the commit.
 */
final class Handshake {
    /** The parts that a test can leave out, to see that the checks notice. */
    enum Part {
        DONE_RELEASE, COMMIT_RELEASE, BELOW_ACQUIRE, ABOVE_ACQUIRE, COMMIT_ACQUIRE, SOURCE_ACQUIRE,
        WAIT_FOR_BELOW, WAIT_FOR_ABOVE, WAIT_FOR_COMMIT, SOURCE_WAITS, SECOND_COMMIT, DONE_AFTER_THE_TICK, COPY_A_TICK_AHEAD,
        /** The wait for a layer that only a direct edge names. */
        WAIT_FOR_DIRECT
    }

    /** The order in which a band sweeps its layers. */
    enum Sweep { BORDERS_FIRST, UP, DOWN }

    /** A commit: some ticks with a new frame, or with the held frame. */
    record Given(int ticks, boolean fresh) {
    }

    private static final int NONE = -1;

    private final Programs programs = new Programs();
    private final Geometry geometry;
    private final Wiring wiring;
    private final Cut cut;
    private final List<int[]> sweeps = new ArrayList<>();
    private final List<Given> commits;
    private final Set<Part> missing;
    private final Region.Kind shorter;
    private final int ofOwner;

    private Handshake(
        final Geometry geometry, final int[] counts, final List<Given> commits, final Sweep order, final Set<Part> missing,
        final Region.Kind shorter, final int ofOwner) {
        this.geometry = geometry;
        wiring = geometry.wiring();
        this.cut = Cut.of(geometry, counts, Cut.CACHE_BYTES);
        IntStream.range(0, counts.length).forEach(band -> sweeps.add(sweep(band, order)));
        this.commits = commits;
        this.missing = missing;
        this.shorter = shorter;
        this.ofOwner = ofOwner;
    }

    /** @param counts how many layers each band has */
    static Programs of(final Geometry geometry, final int[] counts, final List<Given> commits, final Sweep order) {
        return new Handshake(geometry, counts, commits, order, EnumSet.noneOf(Part.class), null, 0).build();
    }

    static Programs without(
        final Part part, final Geometry geometry, final int[] counts, final List<Given> commits, final Sweep order) {
        return new Handshake(geometry, counts, commits, order, EnumSet.of(part), null, 0).build();
    }

    static Programs withASlotLess(
        final Region.Kind ring, final int layer, final Geometry geometry, final int[] counts, final List<Given> commits,
        final Sweep order) {
        return new Handshake(geometry, counts, commits, order, EnumSet.noneOf(Part.class), ring, layer).build();
    }

    private boolean has(final Part part) {
        return !missing.contains(part);
    }

    private Programs build() {
        source();
        for (int band = 0; band < cut.bands(); band++) {
            band(band, sweeps.get(band));
        }
        return programs;
    }

    private int[] sweep(final int band, final Sweep order) {
        final int[] up = cut.layers(band);
        return switch (order) {
            case BORDERS_FIRST -> cut.sweep(band).layers();
            case UP -> up;
            case DOWN -> IntStream.range(0, up.length).map(i -> up[up.length - 1 - i]).toArray();
        };
    }

    private int slots(final Region.Kind ring, final int owner) {
        final int slots = switch (ring) {
            case ACTIVATION -> geometry.activationSlots(owner);
            case TARGET -> geometry.targetSlots(owner);
            case ECHO -> geometry.echoSlots(owner);
            default -> throw new IllegalArgumentException(ring.toString());
        };
        return ring == shorter && owner == ofOwner ? slots - 1 : slots;
    }

    /** At the start the slots of tick 0 hold zeros: those of the activations and of the echoes. */
    private int slot(final Region.Kind ring, final int layer, final int tick) {
        final int slot = Math.floorMod(tick, slots(ring, layer));
        final boolean initial = slot == 0 && (ring == Region.Kind.ECHO || ring == Region.Kind.ACTIVATION && layer >= wiring.inputs());
        return programs.place(ring + " " + layer + " slot " + slot, initial ? 0 : NONE);
    }

    private int done(final int layer) {
        return programs.place("done " + layer, 0);
    }

    private int settings(final int commit) {
        return programs.place("commit " + commit % (has(Part.SECOND_COMMIT) ? 2 : 1), NONE);
    }

    private void store(final Region.Kind ring, final int layer, final int tick) {
        programs.step(Kind.STORE, "writes " + ring + " " + layer + " of tick " + tick, slot(ring, layer, tick), tick, false);
    }

    /** Slots of ticks before the first are never written, and must keep their start value. */
    private void load(final int reader, final int t, final Region.Kind ring, final int layer, final int tick) {
        programs.step(Kind.LOAD, "layer " + reader + " in tick " + t + " reads " + ring + " " + layer + " of tick " + tick,
            slot(ring, layer, tick), Math.max(NONE, tick), false);
    }

    private void await(final Part wait, final int layer, final int ticks, final Part acquire) {
        if (has(wait)) {
            programs.step(Kind.AWAIT, "waits for done " + layer + " of " + ticks, done(layer), ticks, has(acquire));
        }
    }

    /** Writes frame, target and commit for tick s when all bands have completed tick s - 2. */
    private void source() {
        programs.actor("source");
        for (int commit = 0, s = 0; commit < commits.size(); s += commits.get(commit).ticks, commit++) {
            for (final int[] sweep : sweeps) {
                await(Part.SOURCE_WAITS, sweep[sweep.length - 1], s - 1, Part.SOURCE_ACQUIRE);
            }
            if (commits.get(commit).fresh) {
                for (int input = 0; input < wiring.inputs(); input++) {
                    store(Region.Kind.ACTIVATION, input, s);
                }
                for (final int output : wiring.outputs()) {
                    store(Region.Kind.TARGET, output, s);
                }
            } else if (has(Part.COPY_A_TICK_AHEAD)) {
                for (int input = 0; input < wiring.inputs(); input++) {
                    copy(0, s, Region.Kind.ACTIVATION, input, s - 1);
                }
                for (final int output : wiring.outputs()) {
                    copy(0, s, Region.Kind.TARGET, output, s - 1);
                }
            }
            final int end = s + commits.get(commit).ticks;
            programs.step(Kind.STORE, "writes commit " + commit, settings(commit), commit, false);
            programs.step(Kind.STORE, "commits to " + end, done(0), end, has(Part.COMMIT_RELEASE));
        }
    }

    private void band(final int band, final int[] sweep) {
        final int lowest = IntStream.of(sweep).min().getAsInt();
        programs.actor("band " + Arrays.toString(cut.layers(band)));
        for (int commit = 0, s = 0; commit < commits.size(); s += commits.get(commit).ticks, commit++) {
            final int end = s + commits.get(commit).ticks;
            await(Part.WAIT_FOR_COMMIT, 0, s + 1, Part.COMMIT_ACQUIRE);
            programs.step(
                Kind.LOAD, "band " + band + " before tick " + s + " reads commit " + commit, settings(commit), commit, false);
            for (int t = s; t < end; t++) {
                for (final int layer : waitsFor(band)) {
                    await(layer < lowest ? Part.WAIT_FOR_BELOW : Part.WAIT_FOR_ABOVE, layer, t,
                        layer < lowest ? Part.BELOW_ACQUIRE : Part.ABOVE_ACQUIRE);
                }
                final boolean copies = has(Part.COPY_A_TICK_AHEAD) ? t + 1 < end : t > s || !commits.get(commit).fresh;
                if (copies) {
                    hold(band, t, has(Part.COPY_A_TICK_AHEAD) ? t : t - 1);
                }
                for (final int layer : sweep) {
                    layer(layer, t);
                }
            }
        }
    }

    private int[] waitsFor(final int band) {
        final int[] waitsFor = cut.sweep(band).waitsFor();
        if (has(Part.WAIT_FOR_DIRECT)) {
            return waitsFor;
        }
        final Set<Integer> named = new HashSet<>();
        final Wiring transposed = RandomWiring.withFeedback(Feedback.TRANSPOSE, wiring);
        IntStream.of(cut.layers(band)).forEach(l -> IntStream.of(transposed.neighbours(l)).forEach(named::add));
        return IntStream.of(waitsFor).filter(named::contains).toArray();
    }

    private void hold(final int band, final int t, final int held) {
        for (final int layer : cut.layers(band)) {
            for (int input = 0; input < wiring.inputs(); input++) {
                if (wiring.holder(input) == layer) {
                    copy(layer, t, Region.Kind.ACTIVATION, input, held);
                }
            }
            if (wiring.isOutput(layer)) {
                copy(layer, t, Region.Kind.TARGET, layer, held);
            }
        }
    }

    /** Copies a held frame or target from slot to slot. */
    private void copy(final int reader, final int t, final Region.Kind ring, final int layer, final int tick) {
        load(reader, t, ring, layer, tick);
        store(ring, layer, tick + 1);
    }

    /** A layer hears either its projections or its direct edges. */
    private boolean echoes(final int edge) {
        return wiring.from(edge) >= wiring.inputs() && wiring.isDirect(wiring.from(edge)) == edge > wiring.projections();
    }

    private void layer(final int l, final int t) {
        final int number = t + 1;
        if (!has(Part.DONE_AFTER_THE_TICK)) {
            programs.step(Kind.STORE, "layer " + l + " done " + number, done(l), number, has(Part.DONE_RELEASE));
        }
        for (final int k : wiring.into(l)) {
            load(l, t, Region.Kind.ACTIVATION, wiring.from(k), t - wiring.delay(k));
            if (wiring.age(k) > wiring.delay(k)) {
                load(l, t, Region.Kind.ACTIVATION, wiring.from(k), t - wiring.age(k));
            }
        }
        load(l, t, Region.Kind.ACTIVATION, l, t - wiring.slopeAge(l));
        for (int e = 1; e <= wiring.edges(); e++) {
            if (wiring.from(e) == l && echoes(e)) {
                load(l, t, Region.Kind.ECHO, e, t - wiring.delay(e));
            }
        }
        if (wiring.isOutput(l)) {
            load(l, t, Region.Kind.TARGET, l, t - wiring.targetAge(l));
        }
        for (int e = 1; e <= wiring.edges(); e++) {
            if (wiring.to(e) == l && echoes(e)) {
                store(Region.Kind.ECHO, e, number);
            }
        }
        store(Region.Kind.ACTIVATION, l, number);
        if (has(Part.DONE_AFTER_THE_TICK)) {
            programs.step(Kind.STORE, "layer " + l + " done " + number, done(l), number, has(Part.DONE_RELEASE));
        }
    }
}
