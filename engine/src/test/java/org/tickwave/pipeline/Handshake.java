package org.tickwave.pipeline;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.Region;
import org.tickwave.pipeline.Step.Kind;

/**
 * The hand-shake as programs: the source and the bands, each with its accesses to shared memory. {@link Cut} says which bands
 * wait for which layers, and {@link Geometry} how deep the rings are. A slot is a place that holds the tick of its vector, or
 * -1 if it has none. A commit is a place that holds the number of the commit.
 */
final class Handshake {
    /** The parts that a test can leave out, to see that the checks notice. */
    enum Part {
        DONE_RELEASE, COMMIT_RELEASE, BELOW_ACQUIRE, ABOVE_ACQUIRE, COMMIT_ACQUIRE, SOURCE_ACQUIRE,
        WAIT_FOR_BELOW, WAIT_FOR_ABOVE, WAIT_FOR_COMMIT, SOURCE_WAITS, SECOND_COMMIT, DONE_AFTER_THE_TICK, COPY_A_TICK_AHEAD
    }

    /** The order in which a band sweeps its layers. */
    enum Sweep { BORDERS_FIRST, UP, DOWN }

    /** A commit: some ticks with a new frame, or with the held frame. */
    record Given(int ticks, boolean fresh) {
    }

    private static final int NONE = -1;

    private final Programs programs = new Programs();
    private final Geometry geometry;
    private final Cut cut;
    private final List<int[]> sweeps = new ArrayList<>();
    private final List<Given> commits;
    private final Set<Part> missing;
    private final Region.Kind shorter;
    private final int ofLayer;

    private Handshake(
        final Geometry geometry, final int[] counts, final List<Given> commits, final Sweep order, final Set<Part> missing,
        final Region.Kind shorter, final int ofLayer) {
        this.geometry = geometry;
        this.cut = Cut.of(geometry, counts, Cut.CACHE_BYTES);
        IntStream.range(0, counts.length).forEach(band -> sweeps.add(sweep(band, order)));
        this.commits = commits;
        this.missing = missing;
        this.shorter = shorter;
        this.ofLayer = ofLayer;
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
        final int first = cut.first(band);
        final int last = cut.last(band);
        return switch (order) {
            case BORDERS_FIRST -> cut.sweep(band);
            case UP -> IntStream.rangeClosed(first, last).toArray();
            case DOWN -> IntStream.rangeClosed(first, last).map(l -> first + last - l).toArray();
        };
    }

    private int slots(final Region.Kind ring, final int layer) {
        final int slots = switch (ring) {
            case ACTIVATION -> geometry.activationSlots(layer);
            case TARGET -> geometry.targetSlots();
            case ECHO -> geometry.echoSlots();
            default -> throw new IllegalArgumentException(ring.toString());
        };
        return ring == shorter && layer == ofLayer ? slots - 1 : slots;
    }

    /** At the start the slots of tick 0 hold zeros: those of the activations and of the echoes. */
    private int slot(final Region.Kind ring, final int layer, final int tick) {
        final int slot = Math.floorMod(tick, slots(ring, layer));
        final boolean initial = slot == 0 && (ring == Region.Kind.ECHO || ring == Region.Kind.ACTIVATION && layer > 0);
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

    private int top() {
        return geometry.layers();
    }

    /** Writes frame, target and commit for tick s when all bands have completed tick s - 2. */
    private void source() {
        programs.actor("source");
        for (int commit = 0, s = 0; commit < commits.size(); s += commits.get(commit).ticks, commit++) {
            for (final int[] sweep : sweeps) {
                await(Part.SOURCE_WAITS, sweep[sweep.length - 1], s - 1, Part.SOURCE_ACQUIRE);
            }
            if (commits.get(commit).fresh) {
                store(Region.Kind.ACTIVATION, 0, s);
                store(Region.Kind.TARGET, top(), s);
            } else if (has(Part.COPY_A_TICK_AHEAD)) {
                copy(0, s, Region.Kind.ACTIVATION, 0, s - 1);
                copy(0, s, Region.Kind.TARGET, top(), s - 1);
            }
            final int end = s + commits.get(commit).ticks;
            programs.step(Kind.STORE, "writes commit " + commit, settings(commit), commit, false);
            programs.step(Kind.STORE, "commits to " + end, done(0), end, has(Part.COMMIT_RELEASE));
        }
    }

    private void band(final int band, final int[] sweep) {
        final int first = cut.first(band);
        final int last = cut.last(band);
        programs.actor("band " + first + ".." + last);
        for (int commit = 0, s = 0; commit < commits.size(); s += commits.get(commit).ticks, commit++) {
            final int end = s + commits.get(commit).ticks;
            await(Part.WAIT_FOR_COMMIT, 0, s + 1, Part.COMMIT_ACQUIRE);
            programs.step(
                Kind.LOAD, "band " + band + " before tick " + s + " reads commit " + commit, settings(commit), commit, false);
            for (int t = s; t < end; t++) {
                for (final int layer : cut.neighbours(band)) {
                    await(layer < first ? Part.WAIT_FOR_BELOW : Part.WAIT_FOR_ABOVE, layer, t,
                        layer < first ? Part.BELOW_ACQUIRE : Part.ABOVE_ACQUIRE);
                }
                final boolean copies = has(Part.COPY_A_TICK_AHEAD) ? t + 1 < end : t > s || !commits.get(commit).fresh;
                final int held = has(Part.COPY_A_TICK_AHEAD) ? t : t - 1;
                if (copies && first == 1) {
                    copy(first, t, Region.Kind.ACTIVATION, 0, held);
                }
                if (copies && last == top()) {
                    copy(last, t, Region.Kind.TARGET, last, held);
                }
                for (final int layer : sweep) {
                    layer(layer, t);
                }
            }
        }
    }

    /** Copies a held frame or target from slot to slot. */
    private void copy(final int reader, final int t, final Region.Kind ring, final int layer, final int tick) {
        load(reader, t, ring, layer, tick);
        store(ring, layer, tick + 1);
    }

    private void layer(final int l, final int t) {
        final int number = t + 1;
        if (!has(Part.DONE_AFTER_THE_TICK)) {
            programs.step(Kind.STORE, "layer " + l + " done " + number, done(l), number, has(Part.DONE_RELEASE));
        }
        load(l, t, Region.Kind.ACTIVATION, l - 1, t);
        if (geometry.delays().activation(l) > 0) {
            load(l, t, Region.Kind.ACTIVATION, l - 1, t - geometry.delays().activation(l));
        }
        load(l, t, Region.Kind.ACTIVATION, l, t - geometry.delays().slope(l));
        if (l < top()) {
            load(l, t, Region.Kind.ECHO, l + 1, t);
        } else {
            load(l, t, Region.Kind.TARGET, l, t - geometry.delays().target());
        }
        if (l > 1) {
            store(Region.Kind.ECHO, l, number);
        }
        store(Region.Kind.ACTIVATION, l, number);
        if (has(Part.DONE_AFTER_THE_TICK)) {
            programs.step(Kind.STORE, "layer " + l + " done " + number, done(l), number, has(Part.DONE_RELEASE));
        }
    }
}
