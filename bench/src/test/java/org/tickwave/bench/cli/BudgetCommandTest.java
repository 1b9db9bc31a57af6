package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetCommandTest {
    @TempDir
    private Path directory;

    @Test
    void measuresPredictsJudgesAndDrives() {
        final Path made = directory.resolve("new").resolve("budget");
        final Outcome outcome = Outcome.of("budget", "--fps", "50,200", "--depth", "1,2", "--width", "4,8,16", "--seconds", "0.3", "--live", "0.2", "--json", "--quiet",
            "--share", "1", "--out", made.toString());
        assertEquals(0, outcome.exit(), outcome.err());
        assertEquals("", outcome.err());
        final JsonObject json = outcome.json();
        assertEquals(2 * 6 * 4, json.getAsJsonArray("cells").size());
        for (final JsonElement each : json.getAsJsonArray("measured")) {
            assertTrue(each.getAsJsonObject().get("ticks").getAsLong() >= 4 * 16, each::toString);
            assertTrue(each.getAsJsonObject().get("p50_ns").getAsDouble() > 0, each::toString);
            assertTrue(each.getAsJsonObject().get("predicted_p50_ns").getAsDouble() > 0, each::toString);
        }
        if (!json.get("live").isJsonNull()) {
            // Ten slices.
            final JsonObject live = json.getAsJsonObject("live");
            assertEquals(10 * Math.round(.02 * live.get("fps").getAsDouble()), live.get("frames").getAsLong());
            assertEquals(live.get("frames"), live.get("empty_frames"));
        }
        assertTrue(Files.exists(made.resolve("budget.html")));
    }

    @Test
    void aDescriptionOfANetworkIsMeasuredAlone() throws IOException {
        final Path file = Files.writeString(directory.resolve("net.json"), """
            {"inputs": [{"name": "u", "width": 3}], "layers": [{"name": "a", "width": 4}], "outputs": [{"name": "y", "width": 2}],
             "projections": [{"from": "u", "to": "a"}, {"from": "a", "to": "y"}, {"from": "u", "to": "y"}]}
            """);
        final Outcome outcome = Outcome.of("budget", "--network", file.toString(), "--fps", "100", "--seconds", "0.1", "--threads", "1");
        assertEquals(0, outcome.exit(), outcome.err());
        assertTrue(outcome.out().contains("diffusion, exact: 2L"), outcome.out());
        assertTrue(outcome.out().contains(file + ": hold 4"), outcome.out());
        assertTrue(outcome.err().contains("round 4 of 4"), outcome.err());
        Outcome.expectRefused(2, Outcome.of("budget", "--network", file.toString(), "--depth", "2"), "--network with --depth 2: expected no --depth");
        final Path cycle = Files.writeString(directory.resolve("cycle.json"), """
            {"balance": "recurrent", "inputs": [{"name": "u", "width": 3}], "layers": [{"name": "a", "width": 4}], "outputs": [{"name": "y", "width": 2}],
             "projections": [{"from": "u", "to": "a"}, {"from": "a", "to": "y"}, {"from": "y", "to": "a"}]}
            """);
        Outcome.expectRefused(1, Outcome.of("budget", "--network", cycle.toString(), "--rule", "aligned"), "expected --rule diffusion");
        Outcome.expectRefused(1, Outcome.of("budget", "--network", directory.resolve("none").toString()), "no such file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "--fps 0             | fps 0: expected a number or a fraction above 0",
        "--fps ,             | --fps ,: expected frames a second, such as 30,60",
        "--fps 30,,60        | fps",
        "--rule ,            | --rule ,: expected rules, such as diffusion,aligned",
        "--depth 64..2       | --depth '64..2': expected a range that rises, such as 2..64",
        "--depth 0           | --depth '0': expected numbers from 1 to 1024",
        "--depth 2..x        | --depth '2..x': expected whole numbers or ranges",
        "--width 70000       | --width '70000': expected numbers from 1 to 65536",
        "--hold 0            | --hold '0': expected numbers from 1",
        "--rule window:0     | window",
        "--rule backprop     | backprop",
        "--clock soon        | --clock soon: expected burst or spread",
        "--share 0           | --share 0.0: expected above 0, at most 1",
        "--share 1.1         | --share 1.1: expected above 0, at most 1",
        "--seconds 0         | --seconds 0.0: expected above 0",
        "--seconds NaN       | --seconds NaN: expected above 0",
        "--live -1           | --live -1.0: expected above 0",
        "--idle sleep        | sleep",
        "--threads 0         | '0': expected 1 to 1024, or auto",
        "now                 | now"})
    void refusesWhatIsWrongInOneLine(final String arguments, final String expected) {
        Outcome.expectRefused(2, Outcome.of(("budget " + arguments).split(" ")), expected);
    }

    @Test
    void refusesAPageThatCannotBeWrittenBeforeItMeasures() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "kept");
        Outcome.expectRefused(1, Outcome.of("budget", "--out", file.toString()), "--out " + file + ": a file: expected a directory");
        Outcome.expectRefused(1, Outcome.of("budget", "--out", file.resolve("below").toString()), "below: cannot be created: ");
        Outcome.expectRefused(2, Outcome.of("budget", "--out", ""), "--out \"\": expected a directory");
        assertEquals("kept", Files.readString(file));
    }
}
