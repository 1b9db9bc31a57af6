package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PaperCommandTest {
    @TempDir
    private Path directory;

    /** Runs the command with a rule that is broken. */
    private static Outcome broken(final int shift, final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final OneLineErrors errors = new OneLineErrors();
        final int exit = new CommandLine(new PaperCommand(shift)).setParameterExceptionHandler(errors).setExecutionExceptionHandler(errors)
            .setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
        return new Outcome(exit, out.toString(), err.toString());
    }

    @Test
    void writesTheFilesAndPrintsTheSameObject() throws IOException {
        final Path made = directory.resolve("new").resolve("paper");
        final Outcome outcome = Outcome.of("paper", "--short", "--json", "--quiet", "--out", made.toString());
        assertEquals(0, outcome.exit(), outcome.err());
        assertEquals("", outcome.err());
        final JsonObject json = outcome.json();
        assertEquals(0, json.getAsJsonArray("fallen").size());
        assertEquals("C1", json.getAsJsonArray("claims").get(0).getAsJsonObject().get("id").getAsString());
        assertTrue(json.getAsJsonArray("claims").get(0).getAsJsonObject().get("holds").getAsBoolean());
        assertTrue(json.getAsJsonArray("figures").size() >= 4);
        try (Stream<Path> files = Files.list(made)) {
            final List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals(json.getAsJsonArray("figures").size() + 1, names.size(), names::toString);
            assertTrue(names.containsAll(List.of("figure-1-diffusion.svg", "figure-3-aligned.svg", "paper.html")), names::toString);
        }
    }

    /** An activation that is a tick too old or too new: all claims fall in which the error then meets the wrong frame. */
    @Test
    void namesTheClaimsThatFellWhenTheRuleIsBroken() {
        expectFallenClaims(1);
    }

    @Test
    @Tag("soak")
    void namesTheClaimsThatFellWhenAnActivationIsTooOld() {
        expectFallenClaims(-1);
    }

    private static void expectFallenClaims(final int shift) {
        final Outcome outcome = broken(shift, "--short", "--quiet");
        assertEquals(1, outcome.exit(), outcome.err());
        assertEquals(List.of("C3", "C4", "C5", "C6", "C7", "Eq. 6", "Aligned"),
            outcome.err().lines().map(line -> line.replaceAll("^.*: (.*) has fallen: .*$", "$1")).toList(), outcome.err());
        assertFalse(outcome.err().contains("Exception"), outcome.err());
        assertTrue(outcome.out().contains("it is not)"), outcome.out());
        assertTrue(outcome.out().contains("Fallen. "), outcome.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seeds 3", "now", "--json=no", "--out"})
    void refusesWhatItDoesNotKnowInOneLine(final String arguments) {
        Outcome.expectRefused(2, Outcome.of(("paper " + arguments).split(" ")));
    }

    @Test
    void refusesADirectoryThatCannotBeOneBeforeAnyExperiment() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "kept");
        Outcome.expectRefused(1, Outcome.of("paper", "--out", file.toString()), "--out " + file + ": a file: expected a directory");
        Outcome.expectRefused(1, Outcome.of("paper", "--out", file.resolve("below").toString()), "below: cannot be created: ");
        Outcome.expectRefused(2, Outcome.of("paper", "--out", ""), "--out \"\": expected a directory");
        assertEquals("kept", Files.readString(file));
    }

    @Test
    void helpNamesTheOptionsForUsers() {
        final String help = Outcome.of("paper", "--help").out();
        for (final String option : List.of("--out=DIR", "--json", "--quiet", "--help", "--version")) {
            assertTrue(help.contains(option), help);
        }
        assertFalse(help.contains("--short"), help);
    }
}
