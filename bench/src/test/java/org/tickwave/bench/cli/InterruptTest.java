package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
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

    /** {@link SaveInterruptedTest} proves the same of a run that saves. */
    @Test
    @Tag("soak")
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

    /** Ctrl-C loses no audit that is done. */
    @Test
    void anInterruptedRunWritesThePageOfItsAudits(@TempDir final Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(new ProcessBuilder("sh", "-c", "kill -0 $$").start().waitFor() == 0, "a shell with kill");
        final Path page = folder.resolve("audit.html");
        final Program run = start("--answers - --audit 1 --audit-out " + page);
        run.write(Streams.floats(0, .1f, .2f, .3f, .4f, .5f));
        run.awaitAnswers(FRAMES);
        run.interrupt();
        final Program.Ended ended = run.end();
        assertEquals(130, ended.code(), ended.err());
        final JsonObject audit = JsonParser.parseString(ended.err()).getAsJsonObject().getAsJsonObject("audit");
        assertTrue(audit.get("audits_done").getAsLong() + audit.get("audits_skipped").getAsLong() > 0, ended.err());
        assertTrue(Files.readString(page).contains("Audits made: " + audit.get("audits_done")));
    }

    /** {@link SaveInterruptedTest} proves the same of a run that saves. */
    @Test
    @Tag("soak")
    void theLimitOfWallTimeEndsARunThatWaitsForAFrame() throws IOException, InterruptedException {
        final Program run = start("--seconds 1");
        run.write(Streams.floats(0, .1f, .2f, .3f, .4f, .5f));
        final Program.Ended ended = run.end();
        assertEquals(0, ended.code(), ended.err());
        assertEquals("seconds", JsonParser.parseString(ended.out()).getAsJsonObject().get("end").getAsString());
    }
}
