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
import org.tickwave.layout.Delays;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.SlotDescriptor;

/**
 * Eight ticks of 5-4-3-2 under the aligned rule, on the real engine: the content of each slot, as in rings.md. Ticks and frame
 * numbers are read from the image. Echoes have neither, so the test computes each echo and searches for its slot.
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
    private final double[][][] echoes = new double[LAYERS + 1][2][];
    private final String[][] echoTicks = new String[LAYERS + 1][2];

    private Ticks() {
        final Network network = Network.chain(WIDTHS).build();
        final Random random = new Random(1);
        try (ImageArena arena = new ImageArena(Arena.ofShared());
             Engine engine = Engine.open(network, new Context().rule(Rule.aligned()).rate(0).arena(arena))) {
            image = arena.image();
            head();
            forgetEchoes();
            note("open");
            for (int t = 0; t < COUNT; t++) {
                engine.input(numbers(random, WIDTHS[0])).target(numbers(random, WIDTHS[LAYERS]));
                engine.tick();
                for (int l = 2; l <= LAYERS; l++) {
                    final double[] echo = new double[WIDTHS[l - 1]];
                    final float[] weights = new float[WIDTHS[l] * WIDTHS[l - 1]];
                    final float[] delta = new float[WIDTHS[l]];
                    engine.weights(l, weights);
                    if (!engine.waves().delta(l, t, delta)) {
                        throw new AssertionError("no error of layer " + l + " in tick " + t);
                    }
                    for (int i = 0; i < weights.length; i++) {
                        echo[i % echo.length] += (double) weights[i] * delta[i / echo.length];
                    }
                    final int slot = (t + 1) % 2;
                    echoes[l][slot] = echo;
                    echoTicks[l][slot] = Integer.toString(t + 1);
                }
                note(Integer.toString(t));
            }
            engine.reset();
            forgetEchoes();
            note("reset");
        }
    }

    static ImageLayout layout() {
        return new ImageLayout(new Geometry(Lanes.LANES, WIDTHS, Delays.window(LAYERS, 2 * LAYERS - 1), 0));
    }

    private static float[] numbers(final Random random, final int n) {
        final float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = random.nextFloat() - .5f;
        }
        return numbers;
    }

    private void forgetEchoes() {
        for (int l = 2; l <= LAYERS; l++) {
            for (int slot = 0; slot < 2; slot++) {
                echoes[l][slot] = new double[WIDTHS[l - 1]];
                echoTicks[l][slot] = ".";
            }
        }
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
        column("target", layout.target().slots(), names, slots);
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
        stamp(layout.target(), stamp);
        for (int l = 1; l <= LAYERS; l++) {
            stamp(layout.delta(l), stamp);
        }
        for (int l = 2; l <= LAYERS; l++) {
            stamp.append("  ").append(echo(l, 0)).append(' ').append(echo(l, 1));
        }
        stamps.add(stamp.toString());
        frames.add(frame.toString());
    }

    private String echo(final int layer, final int slot) {
        for (int i = 0; i < echoes[layer][slot].length; i++) {
            final float found = image.get(ValueLayout.JAVA_FLOAT, layout.echo(layer).slotAt(slot) + 4L * i);
            if (!(Math.abs(found - echoes[layer][slot][i]) < 1e-6)) {
                return "?";
            }
        }
        return echoTicks[layer][slot];
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
