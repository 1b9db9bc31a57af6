package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The same table from a file, a FIFO and standard input. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class TableSourcesTest {
    private static final String TEXT =
        MadeTable.HEADER + longRows(30, 1) + "x,1,2,open\n" + longRows(10, 2) + "1,2\n";
    private static final String LABELS = " --label state --labels open,shut --hold 1 --layers 8 ";

    @TempDir
    private Path folder;

    /** Few rows, so that an interpreted run learns them quickly, with more bytes than a buffer holds. */
    private static String longRows(final int rows, final long seed) {
        return MadeTable.rows(rows, seed).replaceAll(",(open|shut)", "0".repeat(800) + ",$1");
    }

    private static void assertSame(final JsonObject expected, final JsonObject json) {
        for (final String key : List.of("weights_crc32c", "answers_crc32c", "accuracy", "frames", "scored_frames", "bad_rows", "first_bad_row",
            "filled_numbers", "columns", "labels", "label", "pace")) {
            assertEquals(expected.get(key), json.get(key), key);
        }
    }

    @Test
    void aFileAFifoAndStandardInputGiveTheSame() throws Exception {
        final Path file = Files.writeString(folder.resolve("t.csv"), TEXT);
        for (final String options : List.of(LABELS, " --drop state --hold 1 --layers 8 ")) {
            final JsonObject expected = Outcome.json("--input " + file + options);
            assertEquals(2, expected.get("bad_rows").getAsLong());
            assertEquals(40, expected.get("frames").getAsLong());
            final Path fifo = Fifo.of(folder.resolve("fifo" + options.length()), TEXT);
            assertSame(expected, Outcome.json("--format csv --input " + fifo + options));
            if (options.equals(LABELS)) {
                assertSame(expected, onStandardInput(file));
            }
        }
    }

    private static JsonObject onStandardInput(final Path file) throws IOException, InterruptedException {
        final List<String> command =
            Program.command(List.of(), ("run --quiet --json --format csv --input -" + LABELS).strip().split(" +"));
        final Program.Ended ended = Program.start(new ProcessBuilder(command).redirectInput(file.toFile())).end();
        assertEquals(0, ended.code(), ended.err());
        return JsonParser.parseString(ended.out()).getAsJsonObject();
    }

    /** Rows may be dropped here, but the bad rows after the last good one count. */
    @Test
    void aLivePipeHasItsCounts() throws Exception {
        final String text = "a,state\n" + "1,open\n-1,shut\n".repeat(400) + "1,\n" + "x,open\n".repeat(3);
        final Path fifo = Fifo.of(folder.resolve("live.csv"), text);
        final JsonObject json = Outcome.json("--fps 2000 --rate .5 --input " + fifo + LABELS);
        assertEquals("live", json.get("pace").getAsString());
        assertEquals(3, json.get("bad_rows").getAsLong());
        assertEquals("line 803, column a: x: expected a number", json.get("first_bad_row").getAsString());
        assertEquals(801, json.get("frames").getAsLong() + json.get("dropped_frames").getAsLong());
        assertEquals(json.get("frames").getAsLong() - 1, json.get("scored_frames").getAsLong(), "the last row has no label");
    }

    /** Each row is written when the answer to the row before has come. */
    @Test
    void aLivePipeIsAnsweredRowByRow() throws Exception {
        final Path input = Fifo.of(folder.resolve("live.csv"));
        final Path answers = Fifo.of(folder.resolve("answers"));
        final List<String> labels = new Random(4).ints(300, 0, 2).mapToObj(label -> label == 0 ? "open" : "shut").toList();
        final FutureTask<List<String>> dialogue = new FutureTask<>(() -> {
            final List<String> lines = new ArrayList<>();
            try (BufferedWriter to = Files.newBufferedWriter(input)) {
                to.write("a,state\n");
                BufferedReader from = null;
                for (final String label : labels) {
                    to.write((label.equals("open") ? 1 : -1) + "," + label + "\n");
                    to.flush();
                    if (from == null) {
                        from = Files.newBufferedReader(answers);
                        assertEquals("frame,label,probability,true_label", from.readLine());
                    }
                    lines.add(from.readLine());
                }
                from.close();
            }
            return lines;
        });
        Thread.ofPlatform().daemon().start(dialogue);
        final JsonObject json = Outcome.json("--fps 1000 --rate .5 --input " + input + LABELS + "--answers " + answers);
        final List<String> lines = dialogue.get();
        long right = 0;
        for (int i = 0; i < labels.size(); i++) {
            final String[] cells = lines.get(i).split(",");
            assertEquals((i + 1) + "," + labels.get(i), cells[0] + "," + cells[3]);
            right += cells[1].equals(labels.get(i)) ? 1 : 0;
        }
        assertTrue(right > 280, right + " right");
        assertEquals(300, json.get("scored_frames").getAsLong());
        assertEquals(0, json.get("dropped_frames").getAsLong());
        assertTrue(json.getAsJsonObject("response_ns").get("max").getAsLong() > 0);
    }

    @Test
    void aPipeNeedsTheLabelsAndCannotBePlayedAgain() throws Exception {
        final Path fifo = Fifo.of(folder.resolve("fifo.csv"), TEXT);
        Outcome.assertRefused(1, "--label state --input " + fifo, "fifo.csv: --label state of a pipe: expected --labels");
        Outcome.assertRefused(2, "--loop 2 --input " + fifo + LABELS, "--loop 2", "a pipe");
        Outcome.assertRefused(1, "--label state --format csv --input -", "standard input: --label state of a pipe: expected --labels");
    }

    @Test
    void aTableThatBreaksInAPipeIsOneLine() throws IOException, InterruptedException {
        final Path fifo = Fifo.of(folder.resolve("fifo.csv"), MadeTable.HEADER + MadeTable.rows(50, 1) + "1,2,3\0,open\n");
        final Outcome outcome = Outcome.run("--json --input " + fifo + LABELS);
        assertEquals(1, outcome.exit());
        outcome.assertOneLine("fifo.csv: line 52: a NUL byte");
        assertEquals(50, outcome.json().get("frames").getAsLong());
        assertEquals("broken", outcome.json().get("end").getAsString());
    }
}
