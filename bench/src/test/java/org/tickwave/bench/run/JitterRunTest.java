package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.setup.MadeOptions;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.terminal.Terminal;

/** A run with {@code --jitter}, for less than ten seconds. */
@Timeout(60)
class JitterRunTest {
    private static final long SHORT_NS = 20_000_000;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final long frames, final long jitterNs, final boolean json, final boolean quiet) throws RunFailure {
        final MadeOptions options = new MadeOptions();
        options.gain = 10f;
        options.fps = 1000.0;
        options.layers = List.of(8);
        options.rate = 1e-2f;
        options.frames = frames;
        options.clock = Clock.BURST;
        options.idle = Idle.SPIN;
        options.jitterNs = jitterNs;
        final Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, false, 80);
        return new Run(options.settled(), terminal, "test", json, quiet).execute();
    }

    @Test
    void whatTheMachineDoesStandsBesideTheResponseInTheSamePercentiles() throws RunFailure {
        assertEquals(0, run(20, SHORT_NS, true, true));
        final JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
        final Set<String> percentiles = Set.of("p50", "p99", "p999", "max");
        assertEquals(percentiles, json.getAsJsonObject("jitter_ns").keySet());
        assertEquals(percentiles, json.getAsJsonObject("response_ns").keySet());
        assertEquals("", err.toString());
    }

    @Test
    void progressSaysWhatGoesOnBeforeTheRunAndAfterIt() throws RunFailure {
        run(20, SHORT_NS, false, false);
        final List<String> said = err.toString().lines().filter(line -> line.startsWith("jitter")).toList();
        assertEquals(2, said.size(), err.toString());
        assertTrue(said.get(0).contains("20.00 ms before the run") && said.get(1).contains("after the run"), err.toString());
        assertEquals(1, out.toString().lines().filter(line -> line.startsWith("jitter ")).count(), out.toString());
    }

    @Test
    void nobodyLooksUnlessAsked() throws RunFailure {
        run(20, 0, true, false);
        assertTrue(JsonParser.parseString(out.toString()).getAsJsonObject().get("jitter_ns").isJsonNull());
        assertFalse(err.toString().contains("jitter"), err.toString());
    }
}
