package org.tickwave.layout.docs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.ImageArena;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.SlotDescriptor;

/**
 * Eight ticks of 5-4-3-2 under the aligned rule, on the real engine: the content of each slot, as in rings.md. Ticks and frame
 * numbers are read from the image.
 */
final class Ticks {
    static final int[] WIDTHS = {5, 4, 3, 2};
    static final int LAYERS = 3;
    static final int COUNT = 8;
    static final Ticks RUN = new Ticks();

    final List<String> stamps = new ArrayList<>();
    final List<String> frames = new ArrayList<>();
    private final ImageLayout layout = layout();
    private final MemorySegment image;

    private Ticks() {
        final Network network = Network.chain(WIDTHS).build();
        final Random random = new Random(1);
        try (ImageArena arena = new ImageArena(Arena.ofShared());
             Engine engine = Engine.open(network, new Context().rule(Rule.aligned()).rate(0).arena(arena))) {
            image = arena.image();
            head();
            note("open");
            for (int t = 0; t < COUNT; t++) {
                engine.input(numbers(random, WIDTHS[0])).target(numbers(random, WIDTHS[LAYERS]));
                engine.tick();
                note(Integer.toString(t));
            }
            engine.reset();
            note("reset");
        }
    }

    static ImageLayout layout() {
        return new ImageLayout(new Geometry(Lanes.LANES, WIDTHS, Wiring.chain(LAYERS).aligned(), 0));
    }

    private static float[] numbers(final Random random, final int n) {
        final float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = random.nextFloat() - .5f;
        }
        return numbers;
    }

    private void head() {
        final StringBuilder names = new StringBuilder("after");
        final StringBuilder slots = new StringBuilder("tick ");
        final StringBuilder waves = new StringBuilder("after");
        final StringBuilder waveSlots = new StringBuilder("tick ");
        for (int l = 0; l <= LAYERS; l++) {
            column("x_" + l, layout.activation(l).slots(), names, slots);
            column("x_" + l, layout.activation(l).slots(), waves, waveSlots);
        }
        column("target", layout.target(LAYERS).slots(), names, slots);
        for (int l = 1; l <= LAYERS; l++) {
            column("δ_" + l, layout.delta(l).slots(), names, slots);
        }
        for (int l = 2; l <= LAYERS; l++) {
            column("e_" + l, layout.echo(l).slots(), names, slots);
        }
        stamps.addAll(List.of(names.toString().strip(), slots.toString()));
        frames.addAll(List.of(waves.toString().strip(), waveSlots.toString()));
    }

    private static void column(final String name, final int slots, final StringBuilder names, final StringBuilder numbers) {
        numbers.append("  ");
        names.append("  ").append(name).append(" ".repeat(2 * slots - 1 - name.length()));
        for (int i = 0; i < slots; i++) {
            numbers.append(i == 0 ? "" : " ").append(i);
        }
    }

    private void note(final String when) {
        final StringBuilder stamp = new StringBuilder(String.format("%-5s", when));
        final StringBuilder frame = new StringBuilder(String.format("%-5s", when));
        for (int l = 0; l <= LAYERS; l++) {
            stamp(layout.activation(l), stamp);
            frame(layout.activation(l), frame);
        }
        stamp(layout.target(LAYERS), stamp);
        for (int l = 1; l <= LAYERS; l++) {
            stamp(layout.delta(l), stamp);
        }
        for (int l = 2; l <= LAYERS; l++) {
            stamp(layout.echo(l), stamp);
        }
        stamps.add(stamp.toString());
        frames.add(frame.toString());
    }

    private void stamp(final RingDescriptor ring, final StringBuilder to) {
        for (int i = 0; i < ring.slots(); i++) {
            final long tick = image.get(ValueLayout.JAVA_LONG, ring.slotAt(i) + SlotDescriptor.TICK_OFFSET);
            to.append(i == 0 ? "  " : " ").append(tick == SlotDescriptor.NO_TICK ? "-" : Long.toString(tick));
        }
    }

    private void frame(final RingDescriptor ring, final StringBuilder to) {
        for (int i = 0; i < ring.slots(); i++) {
            final long slot = ring.slotAt(i);
            final long tick = image.get(ValueLayout.JAVA_LONG, slot + SlotDescriptor.TICK_OFFSET);
            final long frame = image.get(ValueLayout.JAVA_LONG, slot + SlotDescriptor.FRAME_OFFSET);
            to.append(i == 0 ? "  " : " ").append(tick == SlotDescriptor.NO_TICK ? "-" : Long.toString(frame));
        }
    }
}
