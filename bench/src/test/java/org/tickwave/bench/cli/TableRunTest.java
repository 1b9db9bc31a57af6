package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run} on tables: what is learnt, scored, counted and shown. */
@Timeout(120)
class TableRunTest {
    private static final int ROWS = 3_000;

    @TempDir
    private Path folder;

    private String table(final String text) throws IOException {
        return "--input " + Files.writeString(folder.resolve("t.csv"), text) + " ";
    }

    private static double number(final JsonObject json, final String key) {
        return json.get(key).getAsDouble();
    }

    private static double accuracy(final JsonObject json, final String object) {
        return json.getAsJsonObject(object).get("accuracy").getAsDouble();
    }

    @Test
    void aLabelThatDependsOnTheNumbersIsLearnt() throws IOException {
        final JsonObject json = Outcome.json(table(MadeTable.HEADER + MadeTable.rows(ROWS, 1)) + "--label state --compare");
        assertEquals("classify", json.get("task").getAsString());
        assertEquals("[\"open\",\"shut\"]", json.get("labels").toString());
        assertEquals("[\"pressure\",\"flow\",\"heat\"]", json.get("columns").toString());
        assertEquals("state", json.get("label").getAsString());
        assertEquals("[3,64,64,2]", json.get("widths").toString());
        assertEquals("all", json.get("normalise").getAsString());
        assertEquals(ROWS, json.get("frames").getAsLong());
        assertEquals(ROWS, json.get("scored_frames").getAsLong());
        assertTrue(number(json, "accuracy") > .85, json.toString());
        assertTrue(number(json, "accuracy_last_quarter") > .9, json.toString());
        assertTrue(accuracy(json, "last_label") < .6 && accuracy(json, "commonest_label") < .6, json.toString());
        assertTrue(accuracy(json, "linear") > .9 && accuracy(json, "backprop") > .85, json.toString());
        for (final String key : List.of("fps", "budget_ns", "unit", "gain", "clock", "response_ns", "taught_before_answer",
            "held_out_frames", "first_bad_row", "no_change_loss")) {
            assertTrue(json.has(key) && json.get(key).isJsonNull(), key);
        }
        assertEquals(1, json.get("context").getAsInt());
        assertEquals("none", json.get("pace").getAsString());
    }

    /** Without a leak no rule does better than chance: .5, with a standard deviation of .009 over 3,000 rows. */
    @ParameterizedTest
    @ValueSource(strings = {"aligned", "window:1", "window:3", "diffusion"})
    void nothingIsLearntFromLabelsOfCoinFlips(final String rule) throws IOException {
        final String run = table(MadeTable.HEADER + MadeTable.coins(ROWS, 5)) + "--label state --compare --rule " + rule;
        for (final String options : List.of("", " --rate .5", " --rate 1 --hold 1")) {
            final JsonObject json = Outcome.json(run + options);
            assertEquals(.5, number(json, "accuracy"), .03, options);
            assertEquals(.5, number(json, "accuracy_last_quarter"), .06, options);
            assertEquals(.5, accuracy(json, "backprop"), .03, options);
            assertEquals(.5, accuracy(json, "linear"), .03, options);
            assertEquals(rule.equals("diffusion"), json.get("taught_before_answer").isJsonObject());
            if (rule.equals("diffusion") && options.equals(" --rate .5")) {
                assertTrue(accuracy(json, "taught_before_answer") > .6, json.toString());
            }
        }
    }

    @Test
    void underDiffusionTheScoreIsThatOfTheAnswerBeforeTheLabel() throws IOException {
        final String run = table(MadeTable.HEADER + MadeTable.rows(ROWS, 1)) + "--label state --rule diffusion ";
        final JsonObject json = Outcome.json(run);
        assertTrue(number(json, "accuracy") > .8, json.toString());
        assertNotEquals(accuracy(json, "taught_before_answer"), number(json, "accuracy"));
        final String wave = Outcome.run(run).out().lines().filter(line -> line.startsWith("wave ")).findFirst().orElseThrow();
        assertTrue(wave.contains(String.format(Locale.ROOT, "right on %.1f %%;", 100 * accuracy(json, "taught_before_answer"))), wave);
        final Path answers = folder.resolve("answers.csv");
        final JsonObject now = Outcome.json(run + "--answers " + answers);
        final List<String> lines = Files.readAllLines(answers);
        assertEquals("frame,label,probability,true_label", lines.getFirst());
        final long right = lines.stream().skip(1).map(line -> line.split(",")).filter(cells -> cells[1].equals(cells[3])).count();
        assertEquals(number(now, "accuracy"), right / (double) ROWS, 1e-9, "the answers now are those that are scored");
        assertEquals(json.get("weights_crc32c"), now.get("weights_crc32c"));
    }

    @Test
    void aRowWithoutItsLabelIsAnsweredButNeitherScoredNorTaught() throws IOException {
        final String rows = MadeTable.rows(50, 3);
        final String unlabelled = "101000,1e-4,20,\n101000,1e-4,21,NA\n";
        final Path answers = folder.resolve("answers.csv");
        final JsonObject json = Outcome.json(table(MadeTable.HEADER + rows + unlabelled + rows) + "--label state --answers " + answers);
        assertEquals(102, json.get("frames").getAsLong());
        assertEquals(100, json.get("scored_frames").getAsLong());
        assertEquals(0, json.get("bad_rows").getAsLong());
        final List<String> lines = Files.readAllLines(answers);
        assertEquals(103, lines.size());
        assertTrue(lines.get(51).matches("51,(open|shut),[0-9.E-]+,") && lines.get(52).endsWith(","), lines.get(51));
        assertTrue(lines.get(53).matches("53,.*,(open|shut)"), lines.get(53));
    }

    /** The first row teaches; after it, rows without a label change nothing. */
    @Test
    void rowsWithoutALabelTeachNothing() throws IOException {
        final String labels = "--label state --labels open,shut --no-header ".replace("state", "2");
        final String one = "1,open\n2,\n2,\n2,\n2,\n";
        final String crc = Outcome.json(table(one) + labels).get("weights_crc32c").getAsString();
        assertEquals(crc, Outcome.json(table(one + "2,\n".repeat(40)) + labels).get("weights_crc32c").getAsString());
        assertNotEquals(crc, Outcome.json(table(one + "2,shut\n") + labels).get("weights_crc32c").getAsString());
    }

    @Test
    void badRowsAndEmptyCellsAreCountedWithTheFirstOnesLineAndColumn() throws IOException {
        final String text = MadeTable.HEADER + MadeTable.rows(20, 1) + "1,2\n" + "1,2,x,open\n" + "101325,?,,shut\n"
            + "101325,\"1,5\",20,open\n" + "inf,1,20,open\n" + "1f,1,20,open\n" + "0x1,1,20,open\n" + MadeTable.rows(20, 2) + "1,2,3,4,5\n";
        final JsonObject json = Outcome.json(table(text) + "--label state");
        assertEquals(41, json.get("frames").getAsLong());
        assertEquals(7, json.get("bad_rows").getAsLong());
        assertEquals(0, json.get("bad_frames").getAsLong());
        assertEquals(2, json.get("filled_numbers").getAsLong());
        assertEquals("line 22: 2 cells: expected 4", json.get("first_bad_row").getAsString());
        final String summary = Outcome.run(table(text.replace("1,2\n", "")) + "--label state").out();
        assertTrue(summary.contains("2 empty cells, 6 bad rows left out\n"), summary);
        assertTrue(summary.contains("\nbad       the first bad row: line 22, column heat: x: expected a number\n"), summary);
    }

    @Test
    void aLabelThatIsNotNamedIsABadRow() throws IOException {
        final JsonObject json = Outcome.json(table(MadeTable.HEADER + MadeTable.rows(20, 1) + "1,2,3,ajar\n")
            + "--label state --labels shut,open");
        assertEquals("[\"shut\",\"open\"]", json.get("labels").toString());
        assertEquals(20, json.get("frames").getAsLong());
        assertEquals("line 22, column state: ajar: expected a label: shut, open", json.get("first_bad_row").getAsString());
    }

    @Test
    void theCountsAreThoseOfAllLoops() throws IOException {
        final JsonObject json = Outcome.json(table("a,b\n1,2\n,3\nx,4\n2,5\n") + "--loop 3");
        assertEquals(9, json.get("frames").getAsLong());
        assertEquals(3, json.get("filled_numbers").getAsLong());
        assertEquals(3, json.get("bad_rows").getAsLong());
        assertEquals("line 4, column a: x: expected a number", json.get("first_bad_row").getAsString());
        assertEquals(6, json.get("scored_frames").getAsLong(), "no change crosses the seam");
    }

    private static String waves(final int rows) {
        final StringBuilder text = new StringBuilder("time,day of,volts\n");
        for (int i = 0; i < rows; i++) {
            text.append("12:00,").append(5e6 + 1e6 * Math.sin(i * .1)).append(',').append(1e-5 * Math.cos(i * .1)).append('\n');
        }
        return text.toString();
    }

    @Test
    void withoutALabelTheNextChangeIsLearntInUnitsOfTheDeviation() throws IOException {
        final JsonObject json = Outcome.json(table(waves(2_000)) + "--drop time");
        assertEquals("change", json.get("task").getAsString());
        assertEquals("[\"day of\",\"volts\"]", json.get("columns").toString());
        assertTrue(json.get("label").isJsonNull() && json.get("labels").isJsonNull());
        assertEquals("all", json.get("normalise").getAsString());
        assertEquals("deviation / gain", json.get("unit").getAsString());
        assertEquals(3, json.get("gain").getAsDouble());
        assertEquals(1, json.get("context").getAsInt());
        assertEquals(1_999, json.get("scored_frames").getAsLong());
        assertTrue(number(json, "loss_last_quarter") < .2 * number(json, "no_change_loss"), json.toString());
        // A sine of amplitude 1 in units of its deviation has changes of mean square (.1)^2, times the gain squared.
        assertEquals(.09, number(json, "no_change_loss"), .005);
    }

    @Test
    void numbersThatAreNotScaledKeepTheirUnit() throws IOException {
        final JsonObject json = Outcome.json(table("a,b\n" + "1,2\n2,3\n".repeat(20)) + "--normalise none --rate 1e-4");
        assertTrue(json.get("normalise").isJsonNull());
        assertEquals("stream / gain", json.get("unit").getAsString());
        assertEquals(10, json.get("gain").getAsDouble());
        assertEquals(100, number(json, "no_change_loss"), 1e-3);
        final JsonObject bad = Outcome.json(table("a,b\n" + "1,2\n2,3\n".repeat(20) + "1e30,2\n") + "--normalise none --rate 1e-4");
        assertEquals(1, bad.get("bad_rows").getAsLong());
        assertTrue(bad.get("first_bad_row").getAsString().contains("--normalise"), bad.toString());
    }

    @Test
    void columnsAreChosenAndOrdered() throws IOException {
        final String all = table("a;b;c\n" + "1;2;x\n2;4;y\n".repeat(20));
        assertEquals("[\"b\",\"a\"]", Outcome.json(all + "--columns b,a").get("columns").toString());
        assertEquals("[\"b\"]", Outcome.json(all + "--drop c,a").get("columns").toString());
        assertEquals("[\"a\"]", Outcome.json(all + "--drop b --label c").get("columns").toString());
        assertEquals("[\"b\"]", Outcome.json(all + "--columns b --label c").get("columns").toString());
        final String piped = table("a|b\n" + "1|2\n2|4\n".repeat(20));
        assertEquals("[\"a\",\"b\"]", Outcome.json(piped + "--separator |").get("columns").toString());
        final String bare = table("1,2\n2,4\n".repeat(20));
        final JsonObject json = Outcome.json(bare + "--no-header");
        assertEquals("[\"1\",\"2\"]", json.get("columns").toString());
        assertEquals(40, json.get("frames").getAsLong());
        assertEquals("[\"1\"]", Outcome.json(bare + "--no-header --label 2").get("columns").toString());
    }

    @Test
    void theNameOfTheFileTellsATableAndSoDoesTheFormat() throws IOException {
        final String text = "a\tb\n" + "1\t2\n2\t4\n".repeat(20);
        final Path tsv = Files.writeString(folder.resolve("t.TSV"), text);
        final Path other = Files.writeString(folder.resolve("t.dat"), text);
        final String crc = Outcome.json("--input " + tsv).get("weights_crc32c").getAsString();
        assertEquals(crc, Outcome.json("--format csv --input " + other).get("weights_crc32c").getAsString());
    }

    @Test
    void theSummaryIsInWordsAndHasNoNaN() throws IOException {
        for (final String label : List.of("--label state", "--label state --rule diffusion", "--drop state")) {
            final String summary = Outcome.run(table(MadeTable.HEADER + MadeTable.rows(200, 1)) + "--compare " + label).out();
            assertFalse(summary.contains("NaN") || summary.contains("null") || summary.contains("Infinity"), summary);
            assertTrue(summary.contains("8 ticks a frame: the stream does not say how many frames a second it has"), summary);
        }
        final String summary = Outcome.run(table(MadeTable.HEADER + MadeTable.rows(400, 1)) + "--label state --compare").out();
        assertTrue(summary.matches("(?s).*\nlearnt    right on [0-9.]+ % of 400 rows, and on [0-9.]+ % of the last quarter\n.*"), summary);
        assertTrue(summary.matches("(?s).*\nbaselines last label [0-9.]+ % of all rows, commonest label [0-9.]+ %\n.*"), summary);
        assertTrue(summary.matches("(?s).*\nlinear    no hidden layer, rate [0-9.]+, the best of three: right on .*"), summary);
    }

    @Test
    void whereTheNetworkIsNoBetterTheSummarySaysSoAndWhatToTry() throws IOException {
        final String summary = Outcome.run(table(MadeTable.HEADER + MadeTable.coins(400, 1)) + "--label state --rate 0").out();
        assertTrue(summary.contains(": no better than the baselines\n") && summary.contains("\ntry       more frames, another --rate"), summary);
    }

    @Test
    void aRateMakesItLive() throws IOException {
        final String run = table(MadeTable.HEADER + MadeTable.rows(100, 1)) + "--label state --hold 4 ";
        final JsonObject played = Outcome.json(run);
        final JsonObject live = Outcome.json(run + "--fps 1000");
        assertEquals("live", live.get("pace").getAsString());
        assertEquals("burst", live.get("clock").getAsString());
        assertEquals(1000, number(live, "fps"));
        assertEquals(250_000, number(live, "budget_ns"));
        assertEquals(played.get("weights_crc32c"), live.get("weights_crc32c"));
        assertEquals("none", Outcome.json(run + "--fps 1000 --pace none").get("pace").getAsString());
        Outcome.assertRefused(1, run + "--pace live", "expected --fps");
    }

    @Test
    void emptyCellsBeforeTheFirstValueAreTheMean() throws IOException {
        final JsonObject json = Outcome.json(table("a,b\n" + "1,\n2,\n".repeat(20) + "3,7\n" + "1,8\n2,9\n".repeat(20)));
        assertEquals(40, json.get("filled_numbers").getAsLong());
        assertEquals(81, json.get("frames").getAsLong());
        assertEquals(80, json.get("scored_frames").getAsLong());
    }
}
