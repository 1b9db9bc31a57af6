package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.Region;
import picocli.CommandLine;

class LayoutCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... arguments) {
        final OneLineErrors errors = new OneLineErrors();
        final List<String> all = new ArrayList<>(List.of("layout"));
        all.addAll(List.of(arguments));
        return new CommandLine(Tickwave.class)
            .setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
            .setParameterExceptionHandler(errors).setExecutionExceptionHandler(errors)
            .execute(all.toArray(String[]::new));
    }

    private JsonObject json(final String... arguments) {
        assertEquals(0, run(arguments), err::toString);
        assertEquals("", err.toString());
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    @ParameterizedTest
    @CsvSource({"aligned, 0, 512", "aligned, 3, 256", "window:2, 0, 128", "window:5, 1, 512", "diffusion, 7, 512"})
    void jsonHoldsEveryRegionOfThatImage(final String rule, final int history, final int lanes) {
        final Wiring delays = switch (rule) {
            case "diffusion" -> Wiring.chain(3);
            case "window:2" -> Wiring.chain(3).window(2);
            default -> Wiring.chain(3).window(5);
        };
        final ImageLayout layout =
            new ImageLayout(new Geometry(lanes / 32, new int[] {416, 128, 128, 208}, delays, history));

        final JsonObject object = json(
            "416-128-128-208", "--rule", rule, "--history", "" + history, "--lanes", "" + lanes, "--json");

        assertEquals("416-128-128-208", object.get("network").getAsString());
        assertEquals(rule, object.get("rule").getAsString());
        assertEquals(history, object.get("history").getAsInt());
        assertEquals(lanes, object.get("lane_bits").getAsInt());
        assertEquals(lanes / 8, object.get("panel_columns").getAsInt());
        assertEquals(layout.imageBytes(), object.get("image_bytes").getAsLong());
        final List<Region> regions = new ArrayList<>();
        for (final JsonElement element : object.getAsJsonArray("regions")) {
            final JsonObject entry = element.getAsJsonObject();
            final Region region = new Region(Region.Kind.valueOf(entry.get("kind").getAsString()), owner(entry),
                entry.get("offset").getAsLong(), entry.get("depth").getAsInt(), entry.get("stride").getAsLong(),
                entry.get("width").getAsInt());
            assertEquals(region.bytes(), entry.get("bytes").getAsLong(), region::toString);
            regions.add(region);
        }
        assertEquals(layout.regions(), regions);
    }

    /** The number of the layer; of the upper layer for a projection, which has the same number in a chain. */
    private static int owner(final JsonObject region) {
        assertEquals(region.get("from").isJsonNull(), region.get("to").isJsonNull());
        final JsonElement owner = region.get("layer").isJsonNull() ? region.get("to") : region.get("layer");
        return owner.isJsonNull() ? 0 : owner.getAsInt();
    }

    @Test
    void isAlignedWithoutHistoryForThisMachineUnlessAskedOtherwise() {
        final long bytes = Engine.imageBytes(Network.chain(5, 4, 3).build(), new Context().rule(Rule.aligned()));

        final JsonObject object = json("5-4-3", "--json");

        assertEquals("aligned", object.get("rule").getAsString());
        assertEquals(0, object.get("history").getAsInt());
        assertEquals(Lanes.LANES * 32, object.get("lane_bits").getAsInt());
        assertEquals(bytes, object.get("image_bytes").getAsLong());
    }

    @Test
    void tableNamesEveryRegionAndTheWholeInAlignedColumns() {
        assertEquals(0, run("4-3-2", "--lanes", "512", "--rule", "window:3"), err::toString);

        final ImageLayout layout = new ImageLayout(new Geometry(16, new int[] {4, 3, 2}, Wiring.chain(2).window(3), 0));
        final List<String> lines = out.toString().lines().toList();
        assertEquals("4-3-2, window:3, history 0, 512-bit lanes: panels of 64 columns", lines.get(0));
        assertEquals(List.of(
            "layer  kind              width  level  q  T  gate  echo gate",
            "0      input                 4      0  -  -     -          -",
            "1      tanh                  3      1  2  -     3          1",
            "2      identity, output      2      2  0  2     2          0",
            "",
            "projection  feedback   length  d  p  gate",
            "0 -> 1      -               1  0  3     3",
            "1 -> 2      transpose       1  0  1     2",
            ""), lines.subList(2, 11));
        final List<String> rows = lines.subList(11, 12 + layout.regions().size());
        assertTrue(rows.get(0).matches("kind +of +offset +stride +depth +bytes +size"), rows.get(0));
        for (int i = 1; i < rows.size(); i++) {
            final Region region = layout.regions().get(i - 1);
            final String[] cells = rows.get(i).replace(",", "").replace(" -> ", "->").split(" +");
            assertEquals(region.kind().name(), cells[0]);
            assertEquals(Long.toString(region.offset()), cells[2]);
            assertEquals(Long.toString(region.strideBytes()), cells[3]);
            assertEquals(Integer.toString(region.slots()), cells[4]);
            assertEquals(Long.toString(region.bytes()), cells[5]);
            assertEquals(rows.get(0).length(), rows.get(i).length(), rows.get(i));
        }
        assertEquals(
            String.format("image: %,d bytes, %.1f KiB", layout.imageBytes(), layout.imageBytes() / 1024.0), lines.getLast());
    }

    @Test
    void asksForNoMemory() {
        assertEquals(0, run("1000000-1000000", "--lanes", "512"), err::toString);

        assertTrue(out.toString().contains("GiB"), out::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "3-2 --rule Aligned         | rule 'Aligned': expected diffusion, window:R with R from 1 to 2L-1, or aligned",
        "3-2 --rule window:         | rule 'window:': expected diffusion, window:R with R",
        "3-2 --rule window:0        | rule 'window:0': expected diffusion, window:R with R",
        "3-2 --rule window:-1       | rule 'window:-1': expected diffusion, window:R with R",
        "3-2 --rule window:99999999999 | rule 'window:99999999999': expected diffusion, window:R with R",
        "3-2 --rule window:2        | window:2: expected 1 to 1 (2L-1) for a network with L = 1",
        "3-2 --lanes 100            | '100': expected 128, 256 or 512",
        "3-2 --lanes 0512           | '0512': expected 128, 256 or 512",
        "3-2 --history -1           | history -1: expected 0 to 1048576 slots",
        "3-2 --history 1048577      | history 1048577: expected 0 to 1048576 slots",
        "3-2 --history 1.5          | '1.5' is not an int",
        "3-2 --history              | --history",
        "3-0-2                      | '3-0-2': width 0 of layer 1, expected 1 to 2147483647",
        "3-2147483648               | '3-2147483648': width 2147483648 of layer 1, expected 1 to 2147483647",
        "99999999999999999999-2     | '99999999999999999999-2': width 99999999999999999999 of layer 0, expected 1 to",
        "2147483647-2147483647      | its image would take at least 18446744",
        "416-                       | '416-': expected the widths of at least two layers",
        "-416-2                     | -416-2",
        "-                          | '-': expected the widths of at least two layers",
        "416                        | '416': expected the widths of at least two layers",
        "3--2                       | '3--2': expected the widths of at least two layers",
        "3-2 4-3                    | 4-3",
        "3-2 --depth 3              | --depth",
        "--json                     | NETWORK",
    })
    void mistakeIsOneLineThatNamesValueAndExpectation(final String arguments, final String expected) {
        assertEquals(2, run(arguments.split(" ")));

        assertEquals("", out.toString());
        final List<String> lines = err.toString().lines().toList();
        assertEquals(1, lines.size(), err::toString);
        assertTrue(lines.getFirst().startsWith("tickwave layout: "), lines.getFirst());
        assertTrue(lines.getFirst().contains(expected), lines.getFirst());
        assertTrue(lines.getFirst().endsWith("(try 'tickwave layout --help')"), lines.getFirst());
    }

    @Test
    void helpNamesEveryOption() {
        assertEquals(0, run("--help"));

        for (final String option : List.of("NETWORK", "--rule", "--history", "--lanes", "--svg", "--json", "--help", "--version")) {
            assertTrue(out.toString().contains(option), out::toString);
        }
    }

    @Test
    void versionIsThatOfTheProgram() {
        assertEquals(0, run("--version"));

        final String version = new CommandLine(Tickwave.class).getCommandSpec().version()[0];
        assertEquals(version, out.toString().strip());
    }
}
