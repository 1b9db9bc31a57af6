package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bench --suite} refuses before it measures anything. */
class SuiteCommandTest {
    @TempDir
    private Path directory;

    private static void expectRefused(final int exit, final String message, final String... args) {
        final Outcome outcome = Outcome.of(args);
        assertEquals(exit, outcome.exit(), outcome.err());
        assertEquals("", outcome.out());
        assertEquals(List.of("tickwave bench: " + message), outcome.err().lines().map(line -> line.replace(" (-h lists the options of JMH)", "")).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "--suite slow --out never-made            | --suite 'slow': expected quick or full",
        "--suite quick                            | --suite quick: expected together with --out DIR",
        "--out never-made                         | --out: expected together with --suite",
        "--suite quick --out never-made -wi 3     | '-wi': expected no arguments of JMH with --suite",
        "--suite quick --out never-made --compare HEAD | --suite: expected without --compare",
        "--json TickBenchmark                     | --json: expected together with --compare, --suite or --tables"})
    void refusesBadUsageInOneLine(final String arguments, final String message) throws IOException {
        expectRefused(2, message, ("bench " + arguments).split(" "));
        try (Stream<Path> here = Files.list(Path.of("."))) {
            assertTrue(here.noneMatch(path -> path.endsWith("never-made")));
        }
    }

    @Test
    void refusesADirectoryThatCannotBeWritten() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "kept");
        expectRefused(1, "--out " + file + ": a file: expected a directory", "bench", "--suite", "quick", "--out", file.toString());
        expectRefused(1, "--out " + file.resolve("below") + ": cannot be created: Not a directory", "bench", "--suite", "quick", "--out", file.resolve("below").toString());
        Files.createDirectories(directory.resolve("taken/suite.json"));
        expectRefused(1, directory.resolve("taken/suite.json") + ": a directory: expected a file to write", "bench", "--suite", "quick", "--out",
            directory.resolve("taken").toString());
        assertEquals("kept", Files.readString(file));
    }
}
