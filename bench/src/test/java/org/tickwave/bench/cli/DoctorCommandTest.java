package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.kernel.Lanes;

class DoctorCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... arguments) {
        return Tickwave.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    /** Runs on this machine, with measurements too short to mean anything. */
    @Test
    void looksAtThisMachineAndSaysNothingElse() {
        assertEquals(0, run("doctor", "--json", "--quiet", "--short"), err::toString);
        assertEquals("", err.toString());
        final JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertEquals(System.getProperty("java.home"), json.getAsJsonObject("jdk").get("home").getAsString());
        assertEquals(Lanes.LANES * 32, json.getAsJsonObject("lanes").get("bits").getAsInt());
        assertTrue(List.of(128, 256, 512).contains(json.getAsJsonObject("lanes").get("better").getAsInt()), out::toString);
        assertTrue(json.getAsJsonObject("pages").get("image_bytes").getAsLong() > 10 << 20, out::toString);
        assertTrue(json.getAsJsonObject("waits").getAsJsonObject("spin").get("max").getAsLong() >= 0, out::toString);
        final boolean several = Runtime.getRuntime().availableProcessors() > 1;
        assertEquals(several, json.get("round_trip").isJsonObject(), out::toString);
        if (several) {
            assertTrue(json.getAsJsonObject("round_trip").get("best_ns").getAsDouble() > 0, out::toString);
            assertEquals(2, json.getAsJsonObject("two_threads").getAsJsonArray("ticks").size(), out::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--lanes 128", "now", "--json=no"})
    void refusesWhatItDoesNotKnowInOneLine(final String arguments) {
        assertEquals(2, run(("doctor " + arguments).split(" ")));
        assertEquals("", out.toString());
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    @Test
    void helpNamesTheOptionsForUsers() {
        assertEquals(0, run("doctor", "--help"));
        for (final String option : List.of("--json", "--quiet", "--help", "--version")) {
            assertTrue(out.toString().contains(option), out::toString);
        }
        assertFalse(out.toString().contains("--short"), out::toString);
    }
}
