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
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ctrl-C in a process of its own. */
@Timeout(60)
class InterruptTest {
    /** Far more than a pipe and the reader's buffer hold: when it is written, most of it has been learnt from. */
    private static final int BYTES = 2 << 20;

    @Test
    void anInterruptEndsTheRunWithItsReportAlsoWhileItWaitsForAFrame() throws IOException, InterruptedException {
        Assumptions.assumeTrue(new ProcessBuilder("sh", "-c", "kill -0 $$").start().waitFor() == 0, "a shell with kill");
        final Process run = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules",
            "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), Tickwave.class.getName(), "run", "--input", "-",
            "--format", "f32:2@360", "--pace", "none", "--layers", "4", "--quiet", "--json")
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (OutputStream frames = run.getOutputStream()) {
            final ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; bytes.hasRemaining(); i++) {
                bytes.putFloat((float) Math.sin(i * .01));
            }
            frames.write(bytes.array());
            frames.flush();
            new ProcessBuilder("sh", "-c", "kill -INT " + run.pid()).start().waitFor();
            final String out = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(130, run.waitFor());
            final JsonObject json = JsonParser.parseString(out).getAsJsonObject();
            assertEquals("interrupt", json.get("end").getAsString());
            assertTrue(json.get("frames").getAsLong() > 200_000, out);
        } finally {
            run.destroyForcibly();
        }
    }
}
