package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --threads} and {@code --idle} do not change the results. The summary and the JSON describe them. */
@Timeout(120)
class RunThreadsTest {
    private static final String FIVE_HIDDEN = "--layers 96,80,112,64,48 ";

    private String err;

    private String run(final String options) {
        final StringWriter out = new StringWriter();
        final StringWriter errors = new StringWriter();
        final int exit = Tickwave.execute(new PrintWriter(out), new PrintWriter(errors), ("run " + options).split(" +"));
        err = errors.toString();
        assertEquals(0, exit, err);
        return out.toString();
    }

    private JsonObject json(final String options) {
        return JsonParser.parseString(run("--json --quiet " + options)).getAsJsonObject();
    }

    @ParameterizedTest
    @ValueSource(strings = {"diffusion", "window:3", "window:6", "aligned"})
    void anyNumberOfThreadsLearnsTheSameWeights(final String rule) {
        final String options = FIVE_HIDDEN + "--pace none --frames 150 --rule " + rule + " --threads ";
        final JsonObject alone = json(options + 1);
        assertEquals(1, alone.getAsJsonArray("bands").size());
        for (final int threads : new int[] {2, 3, 5}) {
            final JsonObject together = json(options + threads);
            assertEquals(threads, together.getAsJsonArray("bands").size());
            assertEquals(alone.get("weights_crc32c"), together.get("weights_crc32c"), threads + " threads");
            assertEquals(alone.get("loss_last_quarter"), together.get("loss_last_quarter"), threads + " threads");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spin", "yield", "park"})
    void anyWayOfWaitingLearnsTheSameWeights(final String idle) {
        final String options = "--pace none --frames 50 --layers 16,16 ";
        final JsonObject waits = json(options + "--threads 2 --idle " + idle);
        assertEquals(json(options + "--threads 1").get("weights_crc32c"), waits.get("weights_crc32c"));
        assertEquals(idle, waits.get("idle").getAsString());
    }

    @Test
    void bandsAreAllLayersWithTheirShareAndWhatTheySpent() {
        final JsonObject json = json(FIVE_HIDDEN + "--pace none --frames 200 --threads 3");
        assertEquals(3, json.get("threads").getAsInt());
        assertTrue(json.get("threads_why").isJsonNull(), "the user asked for this number");
        assertEquals(Runtime.getRuntime().availableProcessors(), json.get("processors").getAsInt());
        final JsonArray bands = json.getAsJsonArray("bands");
        int next = 1;
        double share = 0;
        for (int b = 0; b < bands.size(); b++) {
            final JsonObject band = bands.get(b).getAsJsonObject();
            assertEquals(Set.of("layers", "cost_share", "sampled_ticks", "worked_ns_per_tick",
                "waited_ns_per_tick"), band.keySet());
            for (final JsonElement layer : band.getAsJsonArray("layers")) {
                assertEquals(Integer.toString(next++), layer.getAsString());
            }
            share += band.get("cost_share").getAsDouble();
            assertTrue(band.get("sampled_ticks").getAsLong() >= 200 / 16, band.toString());
            assertTrue(band.get("worked_ns_per_tick").getAsDouble() > 0, band.toString());
        }
        assertEquals(7, next);
        assertEquals(1, share, 1e-9);
    }

    @Test
    void moreThreadsThanLayersAreReducedAndALineSaysSo() {
        final String options = "--pace none --frames 20 --layers 16,16 --threads 5 ";
        final JsonObject json = json(options);
        assertEquals(3, json.get("threads").getAsInt());
        assertTrue(json.get("threads_why").getAsString().matches(".*3 layers.*5 threads.*"), json.toString());
        final String summary = run(options);
        assertTrue(summary.matches("(?s).*\nthreads   3, idle park: 3 layers .*5 threads.*"), summary);
        assertTrue(err.startsWith("--threads 5: using 3: "), err);
    }

    @Test
    void whereNothingPacesItAutoTakesOneThreadForShortTicksAndSaysWhy() {
        final JsonObject json = json("--pace none --frames 20 --layers 4 --context 1");
        assertEquals(1, json.get("threads").getAsInt());
        assertFalse(json.get("threads_why").getAsString().isEmpty());
        assertEquals("park", json.get("idle").getAsString());
    }

    @Test
    void aLiveRunThatNeedsLittleOfItsBudgetTakesOneThreadAndSaysHowLittle() {
        final JsonObject json = json("--hold 1 --frames 20 --fps 240 --layers 512,512");
        assertEquals(1, json.get("threads").getAsInt());
        assertTrue(json.get("threads_why").getAsString().matches("one thread uses .* of the 4\\.17 ms budget"), json.toString());
        assertEquals("yield", json.get("idle").getAsString());
    }

    @Test
    void theSummaryHasALineOfTheBands() {
        final String summary = run("--quiet --pace none --frames 50 --layers 16,16 --threads 2");
        assertTrue(summary.matches("(?s).*\nthreads   2, idle park\nbands     slowest: layers? [1-6]( to [1-6])?, .* of work and .* of waiting a tick; "
            + "fastest: layers? [1-6]( to [1-6])?, .* of waiting a tick\n.*"), summary);
    }
}
