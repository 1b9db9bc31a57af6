package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.tickwave.bench.stream.Streams;

/** Ctrl-C and the limit of wall time, in a separate process whose input stays open. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class InterruptTest {
    private static final int FRAMES = 3;

    private static Program start(final String options) throws IOException {
        return Program.start(
            ("run --input - --format f32:2@360 --context 1 --pace none --layers 4 --threads 1 --quiet --json " + options).split(" "));
    }

    @Test
    void anInterruptEndsTheRunWithItsReportAlsoWhileItWaitsForAFrame() throws IOException, InterruptedException {
        Assumptions.assumeTrue(new ProcessBuilder("sh", "-c", "kill -0 $$").start().waitFor() == 0, "a shell with kill");
        final Program run = start("--answers -");
        run.write(Streams.floats(0, .1f, .2f, .3f, .4f, .5f));
        run.awaitAnswers(FRAMES);
        run.interrupt();
        final Program.Ended ended = run.end();
        assertEquals(130, ended.code(), ended.err());
        final JsonObject json = JsonParser.parseString(ended.err()).getAsJsonObject();
        assertEquals("interrupt", json.get("end").getAsString());
        // The last frame is answered; what it teaches comes with the next frame.
        assertEquals(FRAMES - 1, json.get("frames").getAsLong());
    }

    @Test
    void theLimitOfWallTimeEndsARunThatWaitsForAFrame() throws IOException, InterruptedException {
        final Program run = start("--seconds 1");
        run.write(Streams.floats(0, .1f, .2f, .3f, .4f, .5f));
        final Program.Ended ended = run.end();
        assertEquals(0, ended.code(), ended.err());
        assertEquals("seconds", JsonParser.parseString(ended.out()).getAsJsonObject().get("end").getAsString());
    }
}
