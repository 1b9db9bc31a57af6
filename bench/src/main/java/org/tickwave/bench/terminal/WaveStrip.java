package org.tickwave.bench.terminal;

import java.util.Arrays;
import org.tickwave.Engine;
import org.tickwave.Waves;

/**
 * The two waves as a strip of shaded cells. From left to right are the inputs and the layers, each with a few cells for its
 * neurons: first the forward wave (x), then the backward wave (delta). Each lighter shade is a magnitude four times as small.
 */
final class WaveStrip {
    private static final String BLOCKS = "\u00b7\u2591\u2592\u2593\u2588";
    private static final String ASCII = ".:+*#";
    private static final String UP = "\033[36m";
    private static final String DOWN = "\033[33m";
    private static final String PLAIN = "\033[0m";
    private static final int DARKEST = BLOCKS.length() - 1;
    private static final double STEP = 4;
    /** Columns reserved for the labels "x " and "  delta ". */
    private static final int LABELS = 12;

    private final int columns;
    private final boolean color;
    private final String shades;
    private float[][] up;
    private float[][] down;

    WaveStrip(final Terminal terminal) {
        columns = terminal.columns();
        color = terminal.color();
        shades = terminal.blocks() ? BLOCKS : ASCII;
    }

    /** Copies the newest waves, and does nothing else. Called on the engine's thread. */
    void copy(final Engine engine) {
        final int last = engine.network().last();
        final int inputs = engine.network().inputs();
        if (up == null) {
            up = new float[last + 1][];
            down = new float[engine.network().layers()][];
            for (int l = 0; l <= last; l++) {
                up[l] = new float[engine.network().width(l)];
                if (l >= inputs) {
                    down[l - inputs] = new float[engine.network().width(l)];
                }
            }
        }
        final Waves waves = engine.waves();
        final long tick = engine.ticks();
        for (int l = 0; l <= last; l++) {
            waves.activation(l, l < inputs ? tick - 1 : tick, up[l]);
            if (l >= inputs && !waves.delta(l, tick - 1, down[l - inputs])) {
                Arrays.fill(down[l - inputs], 0);
            }
        }
    }

    private static double[] means(final float[] vector, final int wanted) {
        final int cells = Math.min(wanted, vector.length);
        final double[] means = new double[cells];
        for (int c = 0; c < cells; c++) {
            final int from = (int) ((long) c * vector.length / cells);
            final int to = (int) ((c + 1L) * vector.length / cells);
            for (int i = from; i < to; i++) {
                means[c] += Math.abs(vector[i]) / (to - from);
            }
        }
        return means;
    }

    /** The shade of each cell of each layer, 0 to 4. */
    private static byte[][] shades(final float[][] vectors, final int perLayer) {
        final double[][] wave = Arrays.stream(vectors).map(vector -> means(vector, perLayer)).toArray(double[][]::new);
        final double largest = Arrays.stream(wave).flatMapToDouble(Arrays::stream).max().orElse(0);
        final byte[][] shades = new byte[wave.length][];
        for (int l = 0; l < wave.length; l++) {
            shades[l] = new byte[wave[l].length];
            for (int c = 0; c < shades[l].length; c++) {
                final double steps = wave[l][c] == 0 ? DARKEST : Math.log(largest / wave[l][c]) / Math.log(STEP);
                shades[l][c] = (byte) Math.max(0, DARKEST - (int) steps);
            }
        }
        return shades;
    }

    /** Draws the waves that were copied last. */
    String draw() {
        final int vectors = up.length + down.length;
        final int perLayer = Math.max(1, Math.min(8, (columns - LABELS - vectors + 1) / vectors));
        final StringBuilder text = new StringBuilder();
        draw(text, "x ", UP, shades(up, perLayer));
        draw(text, "  delta ", DOWN, shades(down, perLayer));
        return text.toString();
    }

    private void draw(final StringBuilder text, final String label, final String ink, final byte[][] layers) {
        text.append(label).append(color ? ink : "");
        // If there are too many layers, some are left out, but never the first or the last.
        final int each = layers[layers.length - 1].length + 1;
        final int shown = Math.max(2, Math.min(layers.length, (columns - LABELS) / 2 / each));
        for (int i = 0; i < shown && i < layers.length; i++) {
            text.append(i == 0 ? "" : " ");
            for (final byte shade : layers[(int) ((long) i * (layers.length - 1) / (shown - 1))]) {
                text.append(shades.charAt(shade));
            }
        }
        text.append(color ? PLAIN : "");
    }
}
