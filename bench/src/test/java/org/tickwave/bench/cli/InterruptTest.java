package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Ctrl-C and the limit of wall time, in a separate process whose input stays open. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class InterruptTest {
    /** Far more bytes than a pipe and the reader's buffer hold: once all are written, the run has learnt from most of them. */
    private static final int MUCH_BYTES = 2 << 20;
    /** Bytes that fit in a pipe, so that writing them does not block. */
    private static final int FEW_BYTES = 4 << 10;

    private static Process start(final String... options) throws IOException {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), Tickwave.class.getName(),
            "run", "--input", "-", "--format", "f32:2@360", "--pace", "none", "--layers", "4", "--quiet", "--json"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static void feed(final OutputStream frames, final int count) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; bytes.hasRemaining(); i++) {
            bytes.putFloat((float) Math.sin(i * .01));
        }
        frames.write(bytes.array());
        frames.flush();
    }

    private static JsonObject report(final Process run) throws IOException {
        return JsonParser.parseString(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).getAsJsonObject();
    }

    @Test
    void anInterruptEndsTheRunWithItsReportAlsoWhileItWaitsForAFrame() throws IOException, InterruptedException {
        Assumptions.assumeTrue(new ProcessBuilder("sh", "-c", "kill -0 $$").start().waitFor() == 0, "a shell with kill");
        final Process run = start();
        try (OutputStream frames = run.getOutputStream()) {
            feed(frames, MUCH_BYTES);
            new ProcessBuilder("sh", "-c", "kill -INT " + run.pid()).start().waitFor();
            final JsonObject json = report(run);
            assertEquals(130, run.waitFor());
            assertEquals("interrupt", json.get("end").getAsString());
            assertTrue(json.get("frames").getAsLong() > 200_000, json.toString());
        } finally {
            run.destroyForcibly();
        }
    }

    /** Ctrl-C loses no audit that is done. */
    @Test
    void anInterruptedRunWritesThePageOfItsAudits(@TempDir final Path folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(new ProcessBuilder("sh", "-c", "kill -0 $$").start().waitFor() == 0, "a shell with kill");
        final Path page = folder.resolve("audit.html");
        final Process run = start("--audit", "100", "--audit-out", page.toString());
        try (OutputStream frames = run.getOutputStream()) {
            feed(frames, MUCH_BYTES);
            new ProcessBuilder("sh", "-c", "kill -INT " + run.pid()).start().waitFor();
            final JsonObject json = report(run);
            assertEquals(130, run.waitFor());
            assertTrue(json.getAsJsonObject("audit").get("audits_done").getAsLong() > 0, json.toString());
            assertTrue(Files.readString(page).contains("Error at today"));
        } finally {
            run.destroyForcibly();
        }
    }

    @Test
    void theLimitOfWallTimeEndsARunThatWaitsForAFrame() throws IOException, InterruptedException {
        final Process run = start("--seconds", "1");
        try (OutputStream frames = run.getOutputStream()) {
            feed(frames, FEW_BYTES);
            final JsonObject json = report(run);
            assertEquals(0, run.waitFor());
            assertEquals("seconds", json.get("end").getAsString());
        } finally {
            run.destroyForcibly();
        }
    }
}
