package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.Models;
import org.tickwave.bench.stream.Streams;

/** {@code --save} and {@code --load} of runs on tables. */
@Timeout(120)
class TableModelTest {
    private static final String ROWS = MadeTable.rows(1_000, 1);
    private static final String LAYERS = "--layers 16,12 ";

    @TempDir
    private Path folder;
    private Path model;

    @BeforeEach
    void nameModel() {
        model = folder.resolve("m.st");
    }

    private String input(final String name, final String text) throws IOException {
        return "--input " + Files.writeString(folder.resolve(name), text) + " ";
    }

    private JsonObject teach() throws IOException {
        return Outcome.json(input("t.csv", MadeTable.HEADER + ROWS) + "--label state --save " + model + " " + LAYERS);
    }

    private String load() {
        return "--load " + model + " ";
    }

    private static String text(final JsonObject json, final String key) {
        return json.get(key).getAsString();
    }

    /** The table with its columns in another order, and one more. */
    private static String reordered() {
        return "note,state,heat,pressure,flow\n" + ROWS.lines().map(row -> row.split(","))
            .map(c -> "\"x;\"," + c[3] + "," + c[2] + "," + c[0] + "," + c[1] + "\n").collect(Collectors.joining());
    }

    private static String unlabelled() {
        return "heat,pressure,flow\n" + ROWS.lines().map(row -> row.split(","))
            .map(c -> c[2] + "," + c[0] + "," + c[1] + "\n").collect(Collectors.joining());
    }

    @Test
    void theModelKeepsColumnsLabelAndScaling() throws IOException {
        teach();
        final Model saved = Models.read(model);
        assertEquals(List.of("pressure", "flow", "heat"), saved.columns());
        assertEquals("state", saved.labelColumn());
        assertEquals(List.of("open", "shut"), saved.labels());
        assertEquals(1_000, saved.normalisation().counts()[2]);
        assertEquals(101_325, saved.normalisation().mean()[0], 150);
    }

    @Test
    void columnsAreFoundByName() throws IOException {
        final JsonObject taught = teach();
        final String answers = " --no-learn";
        final JsonObject same = Outcome.json(input("t.csv", MadeTable.HEADER + ROWS) + load() + answers);
        final JsonObject again = Outcome.json(input("t.csv", MadeTable.HEADER + ROWS) + load() + answers + " --threads 2 --hold 1");
        final JsonObject other = Outcome.json(input("other.csv", reordered()) + load() + answers);
        assertEquals("[\"pressure\",\"flow\",\"heat\"]", other.get("columns").toString());
        assertEquals("state", text(other, "label"));
        assertEquals(text(taught, "weights_crc32c"), text(other, "weights_crc32c"));
        assertEquals(text(same, "answers_crc32c"), text(again, "answers_crc32c"));
        assertEquals(text(same, "answers_crc32c"), text(other, "answers_crc32c"));
        assertNotEquals(text(taught, "answers_crc32c"), text(other, "answers_crc32c"));
        assertTrue(other.get("accuracy").getAsDouble() > .85, other.toString());
        final Path copy = folder.resolve("copy");
        Outcome.json(input("other.csv", reordered()) + load() + answers + " --save " + copy);
        assertEquals(-1, Files.mismatch(model, copy), "nothing was learnt");
    }

    @Test
    void learningGoesOn() throws IOException {
        teach();
        final Path more = folder.resolve("more.st");
        final JsonObject straight = Outcome.json(input("t.csv", MadeTable.HEADER + ROWS) + load() + "--save " + more);
        final JsonObject turned = Outcome.json(input("other.csv", reordered()) + load());
        assertEquals(text(straight, "weights_crc32c"), text(turned, "weights_crc32c"));
        assertEquals(2_000, Models.read(more).normalisation().counts()[0]);
    }

    @Test
    void aMissingColumnIsRefusedByName() throws IOException {
        teach();
        Outcome.assertRefused(1, input("less.csv", "pressure,heat,state\n1,2,open\n") + load(), "less.csv: no column flow", "the model",
            "pressure, heat, state");
        Outcome.assertRefused(1, input("less.csv", unlabelled()) + load(), "no column state", "--label");
        Outcome.assertRefused(2, input("t.csv", MadeTable.HEADER + ROWS) + load() + "--columns flow", "--load");
        Outcome.assertRefused(2, input("t.csv", MadeTable.HEADER + ROWS) + load() + "--drop heat", "--load");
    }

    @Test
    void withoutLearningTheColumnOfTheLabelsMayBeMissing() throws IOException {
        teach();
        final Path labelled = folder.resolve("a");
        final Path first = folder.resolve("b");
        final Path second = folder.resolve("c");
        Outcome.json(input("t.csv", MadeTable.HEADER + ROWS) + load() + "--no-learn --answers " + labelled);
        final String run = input("bare.csv", unlabelled()) + load() + "--no-learn ";
        final JsonObject json = Outcome.json(run + "--answers " + first);
        final JsonObject again = Outcome.json(run + "--hold 1 --answers " + second);
        assertEquals(text(json, "answers_crc32c"), text(again, "answers_crc32c"));
        assertEquals(1_000, json.get("answers").getAsLong());
        assertEquals(0, json.get("scored_frames").getAsLong());
        assertTrue(json.get("accuracy").isJsonNull());
        assertEquals(-1, Files.mismatch(first, second));
        final String withoutTruth = Files.readAllLines(labelled).stream().skip(1)
            .map(line -> line.substring(0, line.lastIndexOf(',') + 1) + "\n").collect(Collectors.joining());
        assertEquals("frame,label,probability,true_label\n" + withoutTruth, Files.readString(first));
        final String summary = Outcome.run(run).out();
        assertTrue(summary.contains("no result: no row with a label was answered") && summary.contains("\ntry       --answers FILE"), summary);
        assertFalse(summary.contains("NaN"), summary);
    }

    @Test
    void anOptionThatContradictsTheModelIsRefused() throws IOException {
        teach();
        final String run = input("t.csv", MadeTable.HEADER + ROWS) + load();
        Outcome.assertRefused(2, run + "--label heat", "--label heat: expected state, as in " + model);
        Outcome.assertRefused(2, run + "--label state --labels shut,open", "--labels shut,open: expected open,shut, as in " + model);
        Outcome.assertRefused(2, run + "--normalise none", "--normalise none: expected all, as in " + model);
        Outcome.assertRefused(2, run + "--normalise 50", "--normalise 50: expected all");
        Outcome.assertRefused(2, run + "--context 2", "--context 2: expected 1");
        Outcome.assertRefused(2, run + "--gain 3", "--gain 3", "labels");
        assertEquals(0, Outcome.run(run + "--label state --labels open,shut --normalise --context 1").exit());
    }

    /** The seed does not decide which rows are scored, so another seed does no harm. */
    @Test
    void anotherSeedIsNoContradiction() throws IOException {
        teach();
        final String run = input("t.csv", MadeTable.HEADER + ROWS) + load() + "--no-learn ";
        assertEquals(text(Outcome.json(run), "answers_crc32c"), text(Outcome.json(run + "--seed 9"), "answers_crc32c"));
    }

    @Test
    void aModelOfChangesKeepsItsScaling() throws IOException {
        final String table = input("t.csv", MadeTable.HEADER + ROWS) + "--drop state --normalise 100 " + LAYERS;
        Outcome.json(table + "--save " + model);
        final JsonObject json = Outcome.json(input("other.csv", reordered()) + load() + "--no-learn");
        assertEquals(100, json.get("normalise").getAsLong());
        assertEquals(3, json.get("gain").getAsDouble());
        assertEquals("change", text(json, "task"));
        assertEquals("[\"pressure\",\"flow\",\"heat\"]", json.get("columns").toString());
        Outcome.assertRefused(2, input("t.csv", MadeTable.HEADER + ROWS) + load() + "--label state",
            "--label state: expected no --label, as in " + model);
        Outcome.assertRefused(2, input("t.csv", MadeTable.HEADER + ROWS) + load() + "--label state --labels open,shut", "--label");
        Outcome.json(input("t.csv", MadeTable.HEADER + ROWS) + "--drop state --normalise none --rate 0 --save " + model);
        assertTrue(Outcome.json(input("t.csv", MadeTable.HEADER + ROWS) + load() + "--no-learn").get("normalise").isJsonNull());
    }

    @Test
    void aTableAndAStreamOfNumbersAreNotMixedUp() throws IOException {
        final Path raw = Files.write(folder.resolve("f.raw"), Streams.floats(new float[300]));
        final String stream = "--input " + raw + " --format f32:3@360 --pace none ";
        final String table = input("t.csv", MadeTable.HEADER + ROWS);
        teach();
        Outcome.assertRefused(1, stream + load(), raw + ": no labels: expected a table with labels, which " + model + " was trained on");
        Outcome.json(table + "--drop state --save " + model);
        Outcome.assertRefused(1, stream + load(), raw + ": no table: expected a table, because " + model + " was trained on one");
        Outcome.assertRefused(1, load() + "--pace none", "the made stream: no table: expected a table");
        Outcome.json(stream + "--save " + model);
        for (final String label : List.of("", "--label state", "--drop state")) {
            Outcome.assertRefused(1, table + load() + label, "table", model + " was trained on");
        }
    }

    @Test
    void aModelFromBeforeTablesIsStillRead() throws IOException {
        try (InputStream old = Models.class.getResourceAsStream("change.safetensors")) {
            Files.copy(old, model);
        }
        assertTrue(Files.readString(model, StandardCharsets.ISO_8859_1).contains("\"tickwave_format\":\"1\""));
        final Path raw = Files.write(folder.resolve("f.raw"), Streams.floats(new float[300]));
        final JsonObject json = Outcome.json("--input " + raw + " --format f32:2@360 --pace none --no-learn " + load());
        assertEquals("[4,3,2]", json.get("widths").toString());
        assertTrue(json.get("normalise").isJsonNull() && json.get("columns").isJsonNull());
        assertEquals(12.5, json.get("gain").getAsDouble());
        Outcome.assertRefused(1, input("t.csv", "a,b\n1,2\n") + load(), "a table", model + " was trained on, which was no table");
    }

    @Test
    void aModelOfRowsFromAPipeKnowsItsLabels() throws Exception {
        teach();
        final String crc = text(Outcome.json(input("t.csv", MadeTable.HEADER + ROWS) + load() + "--no-learn"), "answers_crc32c");
        final Path fifo = Fifo.of(folder.resolve("fifo.csv"), MadeTable.HEADER + ROWS);
        assertEquals(crc, text(Outcome.json("--input " + fifo + " " + load() + "--no-learn"), "answers_crc32c"));
    }

    @Test
    void whatWasLearntOfATableThatBreaksIsSaved() throws IOException {
        final Outcome outcome = Outcome.run("--json " + input("broken.csv", "a,b\n" + "1,2\n3,4\n".repeat(50) + "5,\"6\n") + "--save " + model);
        assertEquals(1, outcome.exit());
        outcome.assertOneLine("broken.csv: the row in line 102 has a quote without a closing quote");
        assertEquals("broken", text(outcome.json(), "end"));
        assertEquals(100, Models.read(model).normalisation().counts()[0]);
    }
}
