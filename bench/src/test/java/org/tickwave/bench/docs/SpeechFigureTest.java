package org.tickwave.bench.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tickwave.bench.cli.Commands;
import org.tickwave.kernel.Lanes;

/** Draws the figure of bench/README.md: the share of held-out digits that are recognised during one pass over the recordings. */
@Tag("soak")
class SpeechFigureTest {
    private static final Path FIGURE = Path.of("..", "native-layout-docs", "speech.svg");
    private static final Path SPEECH = Path.of("..", "..", "shared", "data", "speech");
    private static final int[] SEEDS = {1, 2, 3};
    private static final int POINTS = 10;
    private static final int LEFT = 60;
    private static final int TOP = 44;
    private static final int WIDTH = 560;
    private static final int HEIGHT = 260;
    private static final String[] COLOURS = {"#2878b8", "#e08214", "#555"};
    private static final String[] NAMES = {"aligned, hold 1", "diffusion, hold 3", "sequential backprop"};

    @Test
    void theFigureIsWhatRunsSay() throws IOException {
        assumeTrue(Files.isDirectory(SPEECH), "the Free Spoken Digit Dataset is not beside the project");
        assumeTrue(Lanes.LANES == 16, "the figure is of 512-bit lanes");
        final double[][] shares = new double[NAMES.length][POINTS];
        int heard = 0;
        for (final int seed : SEEDS) {
            heard = add(run(seed, "aligned", "1"), "held_out_recording_accuracy", shares[0]);
            final JsonArray points = run(seed, "diffusion", "3");
            add(points, "held_out_recording_accuracy", shares[1]);
            add(points, "backprop", shares[2]);
        }
        final String svg = svg(shares, heard);
        if (Boolean.getBoolean("tickwave.draw")) {
            Files.writeString(FIGURE, svg);
        }
        assertEquals(svg, Files.readString(FIGURE), "draw it again with mvn -Dtickwave.draw=true");
    }

    private static JsonArray run(final int seed, final String rule, final String hold) {
        final String json = Commands.output("run", "--input", SPEECH.toString(), "--rule", rule, "--hold", hold, "--seed",
            Integer.toString(seed), "--pace", "none", "--threads", "1", "--compare", "--json", "--quiet");
        final JsonObject report = JsonParser.parseString(json).getAsJsonObject();
        return report.getAsJsonArray("accuracy_over_time");
    }

    /** Adds the mean over seeds of neighbouring groups. Returns the number of recordings. */
    private static int add(final JsonArray groups, final String whose, final double[] shares) {
        final int perPoint = groups.size() / POINTS;
        for (int i = 0; i < perPoint * POINTS; i++) {
            shares[i / perPoint] += groups.get(i).getAsJsonObject().get(whose).getAsDouble() / perPoint / SEEDS.length;
        }
        return groups.get(groups.size() - 1).getAsJsonObject().get("recordings_heard").getAsInt();
    }

    private static String svg(final double[][] shares, final int heard) {
        final StringBuilder svg = new StringBuilder();
        line(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">",
            LEFT + WIDTH + 40, TOP + HEIGHT + 76);
        line(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>");
        line(svg, "<text x=\"%d\" y=\"24\" fill=\"#222\">Held-out recordings whose digit is told right, of each tenth of the stream</text>",
            LEFT);
        for (int percent = 0; percent <= 100; percent += 20) {
            line(svg, "<path d=\"M%d %dh%d\" stroke=\"#dde1e5\"/>", LEFT, y(percent / 100.0), WIDTH);
            line(svg, "<text x=\"%d\" y=\"%d\" fill=\"#222\" text-anchor=\"end\">%d %%</text>", LEFT - 8, y(percent / 100.0) + 4, percent);
        }
        for (int i = 0; i <= POINTS; i += 2) {
            line(svg, "<text x=\"%d\" y=\"%d\" fill=\"#222\" text-anchor=\"middle\">%,d</text>", LEFT + WIDTH * i / POINTS,
                TOP + HEIGHT + 20, heard * i / POINTS);
        }
        line(svg, "<text x=\"%d\" y=\"%d\" fill=\"#222\" text-anchor=\"middle\">recordings heard, each once</text>", LEFT + WIDTH / 2,
            TOP + HEIGHT + 40);
        line(svg, "<path d=\"M%d %dh%d\" stroke=\"#999\" stroke-dasharray=\"4 4\"/>", LEFT, y(.1), WIDTH);
        line(svg, "<text x=\"%d\" y=\"%d\" fill=\"#777\" text-anchor=\"end\">one of ten digits by chance</text>", LEFT + WIDTH, y(.1) + 16);
        for (int r = 0; r < NAMES.length; r++) {
            final double[] share = shares[r];
            final String points = String.join(" ", IntStream.range(0, POINTS).mapToObj(i -> x(i) + "," + y(share[i])).toList());
            line(svg, "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", points, COLOURS[r]);
            line(svg, "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"14\" fill=\"%s\"/>", LEFT + 190 * r, TOP + HEIGHT + 52, COLOURS[r]);
            line(svg, "<text x=\"%d\" y=\"%d\" fill=\"#222\">%s</text>", LEFT + 190 * r + 20, TOP + HEIGHT + 64, NAMES[r]);
        }
        line(svg, "</svg>");
        return svg.toString();
    }

    private static int x(final int point) {
        return LEFT + WIDTH * (2 * point + 1) / (2 * POINTS);
    }

    private static int y(final double share) {
        return TOP + (int) Math.round(HEIGHT * (1 - share));
    }

    private static void line(final StringBuilder svg, final String format, final Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
