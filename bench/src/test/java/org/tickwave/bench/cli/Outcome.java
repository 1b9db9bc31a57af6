package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command printed in this JVM, and its exit code. */
record Outcome(int exit, String out, String err) {
    /** Runs {@code tickwave run --quiet} with options that hold no spaces. */
    static Outcome run(final String options) {
        return of(("run --quiet " + options).strip().split(" +"));
    }

    static Outcome of(final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exit = Tickwave.execute(new PrintWriter(out), new PrintWriter(err), args);
        return new Outcome(exit, out.toString(), err.toString());
    }

    /** The JSON of a run that must succeed. */
    static JsonObject json(final String options) {
        return run("--json " + options).successfulJson();
    }

    /** The JSON of a command that must have succeeded. */
    JsonObject successfulJson() {
        assertEquals(0, exit, err);
        return json();
    }

    JsonObject json() {
        return JsonParser.parseString(out).getAsJsonObject();
    }

    /** Asserts that a command ended with one line of error that has all these parts, and with no result. */
    static void expectRefused(final int exit, final Outcome outcome, final String... parts) {
        assertEquals(exit, outcome.exit, outcome.err);
        assertEquals("", outcome.out);
        outcome.expectOneLine(parts);
    }

    /** Asserts that a run ended with one line of error that has all these parts, and with no result. */
    static void assertRefused(final int exit, final String options, final String... parts) {
        final Outcome outcome = run(options);
        expectRefused(exit, outcome, parts);
        assertTrue(outcome.err.startsWith("tickwave run: "), outcome.err);
    }

    void assertOneLine(final String... parts) {
        assertTrue(err.startsWith("tickwave run: "), err);
        expectOneLine(parts);
    }

    /** Asserts that one line of standard error is this one. */
    void expectLine(final String line) {
        assertTrue(err.lines().anyMatch(line::equals), err);
    }

    private void expectOneLine(final String... parts) {
        assertEquals(1, err.lines().count(), err);
        assertFalse(err.contains("Exception"), err);
        for (final String part : parts) {
            assertTrue(err.contains(part), () -> part + " is not in: " + err);
        }
    }
}
