package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditRunTest {
    private static final String GRAPH = """
        {"inputs": [{"name": "u"}], "layers": [{"name": "a", "width": 9}, {"name": "b", "width": 7}], "outputs": [{"name": "o"}],
         "projections": [{"from": "u", "to": "a"}, {"from": "a", "to": "b"}, {"from": "b", "to": "o"}, {"from": "u", "to": "o"}]}
        """;

    @TempDir
    private Path directory;

    private static JsonObject run(final String options) {
        return Outcome.json("--frames 600 --pace none " + options);
    }

    private static void expectNumbers(final JsonObject audit) {
        for (final JsonElement element : audit.getAsJsonArray("projections")) {
            final JsonObject projection = element.getAsJsonObject();
            for (final String key : projection.keySet()) {
                assertFalse(projection.get(key).isJsonNull(), () -> key + " of " + projection);
            }
        }
    }

    /** Bit for bit: an audit only copies. */
    @ParameterizedTest
    @CsvSource({"aligned, 1, 1, transpose", "aligned, 4, 2, transpose", "diffusion, 2, 1, random", "window:3, 1, 2, transpose", "aligned, 3, 2, random"})
    void aRunWithAnAuditLearnsTheSame(final String rule, final String hold, final String threads, final String feedback) {
        final String options = "--layers 20,10 --rule " + rule + " --hold " + hold + " --threads " + threads + " --feedback " + feedback;
        final JsonObject without = run(options);
        final JsonObject with = run(options + " --audit 10");
        assertEquals(without.get("weights_crc32c"), with.get("weights_crc32c"));
        assertEquals(without.get("answers_crc32c"), with.get("answers_crc32c"));
        assertTrue(without.get("audit").isJsonNull());
        final JsonObject audit = with.getAsJsonObject("audit");
        assertEquals(60, audit.get("audits_done").getAsLong() + audit.get("audits_skipped").getAsLong());
        assertEquals(10, audit.get("every").getAsLong());
        assertEquals(3, audit.getAsJsonArray("projections").size());
        expectNumbers(audit);
    }

    @Test
    void aTableWithAnAuditLearnsTheSame() throws IOException {
        final StringBuilder rows = new StringBuilder("a,b,kind\n");
        for (int row = 0; row < 400; row++) {
            rows.append(row * 7 % 13).append(',').append(row * 5 % 11).append(',').append(row * 7 % 13 > row * 5 % 11 ? "more" : "less").append('\n');
        }
        final String table = Files.writeString(directory.resolve("table.csv"), rows).toString();
        final String options = "--pace none --format csv --label kind --layers 12 --hold 3 --input " + table;
        final JsonObject without = Outcome.json(options);
        final JsonObject with = Outcome.json(options + " --audit 5");
        assertEquals(without.get("weights_crc32c"), with.get("weights_crc32c"));
        assertEquals(without.get("answers_crc32c"), with.get("answers_crc32c"));
        assertEquals(80, with.getAsJsonObject("audit").get("audits_done").getAsLong() + with.getAsJsonObject("audit").get("audits_skipped").getAsLong());
        expectNumbers(with.getAsJsonObject("audit"));
    }

    /** Frames of noise. In the last tick of the hold all is still and the gradient is true. Most ticks before learn something else. */
    @Test
    void allTicksOfAHoldAreAudited() throws IOException {
        final Random random = new Random(1);
        final ByteBuffer noise = ByteBuffer.allocate(2_000 * 4 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (noise.hasRemaining()) {
            noise.putFloat((float) random.nextGaussian());
        }
        final Path input = Files.write(directory.resolve("noise"), noise.array());
        final JsonObject audit = Outcome.json("--input " + input + " --format f32:4@100 --context 1 --gain 1 --pace none --threads 1 --rate 0"
            + " --layers 20,10 --rule diffusion --hold 8 --audit 20").getAsJsonObject("audit");
        final JsonObject lowest = audit.getAsJsonArray("projections").get(0).getAsJsonObject();
        assertTrue(lowest.get("relative_today").getAsDouble() > .3, audit::toString);
    }

    @Test
    void aGraphIsAudited() throws IOException {
        final String graph = Files.writeString(directory.resolve("graph.json"), GRAPH).toString();
        final JsonObject with = run("--threads 1 --audit 5 --rate 0 --network " + graph);
        final JsonObject audit = with.getAsJsonObject("audit");
        assertEquals(4, audit.getAsJsonArray("projections").size());
        expectNumbers(audit);
        for (final JsonElement projection : audit.getAsJsonArray("projections")) {
            assertTrue(projection.getAsJsonObject().get("relative_today_p99").getAsDouble() < 2e-5, () -> projection.toString());
        }
        assertEquals(run("--threads 1 --rate 0 --network " + graph).get("weights_crc32c"), with.get("weights_crc32c"));
    }

    @Test
    void aPageShowsTheAuditsOverTime() throws IOException {
        final Path page = directory.resolve("audit.html");
        final String summary = Outcome.run("--frames 300 --pace none --audit 10 --audit-out " + page).out();
        assertTrue(summary.contains("\naudit     "), summary);
        assertTrue(summary.contains("\ngradient  "), summary);
        final String html = Files.readString(page);
        assertTrue(html.startsWith("<!DOCTYPE html>"), html);
        assertTrue(html.contains("moving shapes") || html.contains("made"), html);
    }

    /** Too short to compare anything: null in place of a number, and a line that says so. */
    @Test
    void aShortRunHasNothingToCompare() {
        final String options = "--frames 2 --pace none --hold 1 --audit 1";
        final JsonObject audit = Outcome.json(options).getAsJsonObject("audit");
        final JsonObject projection = audit.getAsJsonArray("projections").get(0).getAsJsonObject();
        assertTrue(projection.get("relative_today").isJsonNull());
        assertTrue(projection.get("cosine_met").isJsonNull());
        final String summary = Outcome.run(options).out();
        assertTrue(summary.contains("nothing to compare"), summary);
    }

    @Test
    void aRunThatTheGuardStopsHasItsAuditsAndItsPage() throws IOException {
        final Path page = directory.resolve("audit.html");
        final Outcome outcome = Outcome.run("--pace none --hold 1 --rate 3 --audit 1 --json --audit-out " + page);
        assertEquals(1, outcome.exit());
        assertEquals("guard", outcome.json().get("end").getAsString());
        assertTrue(outcome.json().getAsJsonObject("audit").get("audits_done").getAsLong() > 0, outcome.out());
        assertTrue(Files.exists(page));
        outcome.assertOneLine("numbers went bad");
    }

    @Test
    void aNetworkWhoseCopiesDoNotFitIntoTheHeapIsRefused() {
        final long width = (long) Math.sqrt(Runtime.getRuntime().maxMemory() / 20.);
        Outcome.assertRefused(1, "--pace none --audit 5 --layers " + width + "," + width, "bytes of heap: expected at most");
    }

    @Test
    void wrongOptionsAreRefused() throws IOException {
        Outcome.assertRefused(2, "--audit 0", "--audit 0: expected at least 1 frame");
        Outcome.assertRefused(2, "--audit 5 --no-learn", "--no-learn with --audit 5: expected no --no-learn");
        Outcome.assertRefused(2, "--audit-out a.html", "--audit-out a.html: expected --audit too");
        Outcome.assertRefused(1, "--audit 5 --audit-out " + directory.resolve("no/a.html"), "--audit-out ", "does not exist");
        Outcome.assertRefused(1, "--audit 5 --audit-out " + directory, "--audit-out ", "a directory: expected a file");
        final String same = directory.resolve("same").toString();
        Outcome.assertRefused(2, "--audit 5 --audit-out " + same + " --save " + same, "is the file of --save: expected another file");
        Outcome.assertRefused(2, "--audit 5 --audit-out " + same + " --answers " + same, "is the file of --answers: expected another file");
        final Path input = Files.write(directory.resolve("input"), new byte[80]);
        Outcome.assertRefused(2, "--input " + input + " --format u8:2@10 --audit 5 --audit-out " + input, "is the input: expected another file");
        assertEquals(80, Files.size(input));
    }

    @Test
    void aDeviceForThePageIsRefused() {
        assumeTrue(Files.exists(Path.of("/dev/null")), "a device");
        Outcome.assertRefused(1, "--audit 5 --audit-out /dev/null", "--audit-out /dev/null: ", "expected a regular file");
    }

    @Test
    void aNetworkWithCyclesIsRefused() throws IOException {
        final Path graph = Files.writeString(directory.resolve("graph.json"), """
            {"balance": "recurrent", "inputs": [{"name": "in"}], "layers": [{"name": "h", "width": 20}], "outputs": [{"name": "out"}],
             "projections": [{"from": "in", "to": "h"}, {"from": "h", "to": "h"}, {"from": "h", "to": "out"}]}
            """);
        Outcome.assertRefused(2, "--pace none --audit 5 --network " + graph, "--audit 5: expected a network without cycles");
    }
}
