package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.bench.rows.MadeRows;
import org.tickwave.bench.setup.RunFailure;
import picocli.CommandLine;

/** {@code bench --tables} from the command line, in a build without MOA. */
class TablesCommandTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "--tables                             | --tables: expected a FILE.csv, or a build with MOA, which makes tables: TICKWAVE_PROFILES=moa ./tickwave bench --tables",
        "--tables t.csv                       | --tables t.csv: expected together with --label NAME",
        "--tables --label c                   | --label: expected together with a FILE.csv",
        "--tables --drop c                    | --drop: expected together with a FILE.csv",
        "--tables --no-header                 | --no-header: expected together with a FILE.csv",
        "--tables a.csv b.csv --label c       | 'b.csv': expected at most one FILE.csv with --tables",
        "--tables -wi                         | '-wi': expected at most one FILE.csv with --tables",
        "--tables t.csv --label c --rows 0    | --rows 0: expected at least 1",
        "--tables t.csv --label c --rounds 0  | --rounds 0: expected at least 1",
        "--tables t.csv --label c --drop c    | --label c: expected a column that is not in --columns or --drop, and that the model does not take as a number",
        "--tables --suite quick --out x       | --tables: expected without --compare and --suite",
        "--tables --compare HEAD              | --tables: expected without --compare and --suite",
        "--tables --out x                     | --out: expected together with --suite",
        "--label c                            | --label: expected together with --tables",
        "--rows 3                             | --rows: expected together with --tables",
        "--rounds 3                           | --rounds: expected together with --tables"})
    void refusesBadUsageInOneLine(final String arguments, final String message) {
        final Outcome outcome = Outcome.of(("bench " + arguments).split(" +"));
        Outcome.expectRefused(2, outcome, "tickwave bench: " + message);
    }

    @Test
    void refusesAFileThatIsNoTable() throws IOException {
        final Path file = Files.writeString(directory.resolve("t.csv"), "a,b,c\n1,here,x\n2,there,y\n");
        Outcome.expectRefused(1, Outcome.of("bench", "--tables", file.toString(), "--label", "c"),
            "column b is text: here in line 2: expected numbers, or --drop b");
        Outcome.expectRefused(1, Outcome.of("bench", "--tables", directory.resolve("none.csv").toString(), "--label", "c"), "no such file");
    }

    private Path table() throws IOException {
        return Files.writeString(directory.resolve("t.csv"), MadeTable.HEADER + MadeTable.rows(800, 4));
    }

    /** The command warms up until the JVM hardly compiles. In a JVM in which other tests run, that is its limit of a minute. */
    @Test
    @Tag("soak")
    void comparesTheOwnLearners() throws IOException {
        final Outcome outcome = Outcome.of("bench", "--tables", table().toString(), "--label", "state", "--rows", "700", "--rounds", "1", "--json", "--quiet");
        assertEquals(0, outcome.exit(), outcome.err());
        assertEquals("", outcome.err());
        expectComparison(outcome.json(), 1);
    }

    /** What the command does with its options, but for the warm-up. */
    @Test
    void theOptionsSayWhatTheOwnLearnersGoThrough() throws IOException, RunFailure {
        final TablesOptions options = CommandLine.populateCommand(new TablesOptions(), "--tables", "--label", "state", "--rows", "700", "--rounds", "2");
        assertTrue(options.asked());
        final List<String> arguments = List.of(table().toString());
        assertNull(options.wrong(arguments));
        expectComparison(JsonParser.parseString(MadeRows.compareOwnCold(options.request(arguments))).getAsJsonObject(), 2);
    }

    private static void expectComparison(final JsonObject json, final int rounds) {
        assertTrue(json.getAsJsonArray("left_out").get(0).getAsString().contains("TICKWAVE_PROFILES=moa"), json.toString());
        final JsonObject table = json.getAsJsonArray("tables").get(0).getAsJsonObject();
        assertEquals(700, table.get("rows").getAsInt());
        assertEquals(rounds, table.get("rounds").getAsInt());
        final JsonObject first = table.getAsJsonArray("learners").get(0).getAsJsonObject();
        assertEquals("tickwave", first.get("name").getAsString());
        assertTrue(first.get("accuracy").getAsDouble() > .8, json.toString());
    }
}
