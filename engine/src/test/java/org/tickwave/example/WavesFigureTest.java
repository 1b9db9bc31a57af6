package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;

/** Draws the README's picture from a running engine: the waves of one frame, layer by layer and tick by tick. */
class WavesFigureTest {
    private static final Path FIGURE = Path.of("..", "native-layout-docs", "waves.svg");
    private static final int LAYERS = 9;
    private static final int WIDTH = 32;
    private static final int TICKS = 2 * LAYERS + 1;
    private static final int CELL = 30;
    private static final int LEFT = 96;
    private static final int TOP = 44;

    @Test
    void theFigureIsWhatTheEngineDoes() throws IOException {
        final String svg = draw();
        if (Boolean.getBoolean("tickwave.draw")) {
            Files.writeString(FIGURE, svg);
        }
        assertEquals(svg, Files.readString(FIGURE), "draw it again with mvn -Dtickwave.draw=true");
    }

    private static String draw() {
        final int[] widths = new int[LAYERS + 1];
        Arrays.fill(widths, WIDTH);
        final boolean[][] up = new boolean[LAYERS + 1][TICKS];
        final boolean[][] down = new boolean[LAYERS + 1][TICKS];
        final boolean[][] learns = new boolean[LAYERS + 1][TICKS];
        final Context context = new Context().rule(Rule.aligned()).rate(1e-2f);
        try (Engine engine = Engine.open(Network.chain(widths).build(), context)) {
            final float[] frame = new float[WIDTH];
            final float[] silence = new float[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                frame[i] = (float) Math.sin(i + 1);
            }
            final float[] vector = new float[WIDTH];
            for (int t = 0; t < TICKS; t++) {
                final float[][] before = weights(engine);
                engine.input(t == 0 ? frame : silence);
                if (t == 0) {
                    engine.target(frame);
                }
                engine.tick();
                final float[][] after = weights(engine);
                for (int l = 0; l <= LAYERS; l++) {
                    final int at = l == 0 ? t : t + 1;
                    if (at < TICKS) {
                        up[l][at] = engine.waves().activation(l, at, vector) && lives(vector);
                    }
                    if (l > 0) {
                        down[l][t] = engine.waves().delta(l, t, vector) && lives(vector);
                        learns[l][t] = !Arrays.equals(before[l], after[l]);
                    }
                }
            }
        }
        return svg(up, down, learns);
    }

    private static float[][] weights(final Engine engine) {
        final float[][] weights = new float[LAYERS + 1][WIDTH * WIDTH];
        for (int l = 1; l <= LAYERS; l++) {
            engine.weights(l, weights[l]);
        }
        return weights;
    }

    private static boolean lives(final float[] vector) {
        for (final float value : vector) {
            if (value != 0) {
                return true;
            }
        }
        return false;
    }

    private static String svg(final boolean[][] up, final boolean[][] down, final boolean[][] learns) {
        final int right = LEFT + TICKS * CELL;
        final int bottom = TOP + (LAYERS + 1) * CELL;
        final StringBuilder svg = new StringBuilder();
        line(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">",
            right + 20, bottom + 62);
        line(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>");
        line(svg, "<text x=\"%d\" y=\"24\" fill=\"#222\">One frame, given with its target in tick 0, nine layers, rule aligned</text>", LEFT);
        for (int l = 0; l <= LAYERS; l++) {
            final int y = bottom - (l + 1) * CELL;
            line(svg, "<text x=\"%d\" y=\"%d\" fill=\"#222\" text-anchor=\"end\">%s</text>", LEFT - 8, y + 20,
                l == 0 ? "input" : l == LAYERS ? "output, 9" : "layer " + l);
            for (int t = 0; t < TICKS; t++) {
                final String fill = up[l][t] && down[l][t] ? "#8a4fbf" : up[l][t] ? "#2878b8" : down[l][t] ? "#e08214" : "#eef0f2";
                line(svg, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>", LEFT + t * CELL + 1, y + 1, CELL - 2,
                    CELL - 2, fill);
                if (learns[l][t]) {
                    line(svg, "<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"#fff\"/>", LEFT + t * CELL + CELL / 2, y + CELL / 2);
                }
            }
        }
        for (int t = 0; t < TICKS; t += 2) {
            line(svg, "<text x=\"%d\" y=\"%d\" fill=\"#222\" text-anchor=\"middle\">%d</text>", LEFT + t * CELL + CELL / 2, bottom + 18, t);
        }
        line(svg, "<text x=\"%d\" y=\"%d\" fill=\"#222\" text-anchor=\"end\">tick</text>", LEFT - 8, bottom + 18);
        legend(svg, LEFT, bottom + 42, "#2878b8", "activation x going up");
        legend(svg, LEFT + 190, bottom + 42, "#e08214", "error \u03b4 coming down");
        legend(svg, LEFT + 370, bottom + 42, "#8a4fbf", "both; dot: weights change");
        line(svg, "</svg>");
        return svg.toString();
    }

    private static void legend(final StringBuilder svg, final int x, final int y, final String fill, final String text) {
        line(svg, "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"14\" fill=\"%s\"/>", x, y - 11, fill);
        line(svg, "<text x=\"%d\" y=\"%d\" fill=\"#222\">%s</text>", x + 20, y + 1, text);
    }

    private static void line(final StringBuilder svg, final String format, final Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
