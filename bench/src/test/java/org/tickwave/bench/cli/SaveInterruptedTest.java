package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.Models;
import org.tickwave.bench.stream.Streams;

/** Ctrl-C, the limit of wall time and kill -9 in a run that saves, in a separate process. */
@Execution(ExecutionMode.CONCURRENT)
class SaveInterruptedTest {
    private static final int SIX = 6;
    private static final float[] SIX_FRAMES = {0, .1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f, 1, 1.1f};
    private static final int KILLS = 50;
    private static final int LATEST_MS = 2_000;
    /** Age of a file that no other process is about to lock. */
    private static final int OLD_MS = 120_000;
    /** A longer time than writing a file takes. */
    private static final int LATEST_NS = 30_000_000;

    @TempDir
    private Path folder;

    private static Process start(final String... options) throws IOException {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"),
            Tickwave.class.getName(), "run", "--pace", "none", "--threads", "1", "--quiet", "--json"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private JsonObject loaded(final Path file) throws IOException {
        final Path input = folder.resolve("input");
        Files.write(input, Streams.floats(SIX_FRAMES));
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        assertEquals(0, Tickwave.execute(new PrintWriter(out), new PrintWriter(err), "run", "--pace", "none", "--quiet", "--json",
            "--no-learn", "--load", file.toString(), "--input", input.toString(), "--format", "f32:2@360"), err.toString());
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    private Program waiting(final String options) throws IOException {
        final Program run = Program.start(("run --input - --format f32:2@360 --pace none --layers 4 --threads 1 --quiet --json "
            + options).split(" "));
        run.write(Streams.floats(SIX_FRAMES));
        return run;
    }

    @Test
    @Timeout(60)
    void anInterruptSavesWhatWasLearnt() throws IOException, InterruptedException {
        Assumptions.assumeTrue(new ProcessBuilder("sh", "-c", "kill -0 $$").start().waitFor() == 0, "a shell with kill");
        final Path file = folder.resolve("m");
        final Program run = waiting("--answers - --save " + file);
        run.awaitAnswers(SIX);
        run.interrupt();
        final Program.Ended ended = run.end();
        assertEquals(130, ended.code(), ended.err());
        final JsonObject json = JsonParser.parseString(ended.err()).getAsJsonObject();
        assertEquals("interrupt", json.get("end").getAsString());
        assertEquals(file.toString(), json.get("saved").getAsString());
        // The last frame is answered; what it teaches comes with the next frame.
        assertEquals(SIX - 1, json.get("frames").getAsLong());
        assertEquals(json.get("weights_crc32c"), loaded(file).get("weights_crc32c"));
        assertEquals(0, temporaries());
    }

    @Test
    @Timeout(60)
    void theLimitOfWallTimeSavesWhatWasLearnt() throws IOException, InterruptedException {
        final Path file = folder.resolve("m");
        final Program.Ended ended = waiting("--seconds 1 --save " + file).end();
        assertEquals(0, ended.code(), ended.err());
        final JsonObject json = JsonParser.parseString(ended.out()).getAsJsonObject();
        assertEquals("seconds", json.get("end").getAsString());
        assertEquals(json.get("weights_crc32c"), loaded(file).get("weights_crc32c"));
    }

    private int temporaries() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return (int) all.filter(path -> path.toString().endsWith(".tmp")).count();
        }
    }

    @Test
    @Tag("soak")
    void aRunThatIsKilledLeavesTheOldFileOrTheNewOneWhole() throws IOException, InterruptedException {
        final long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final Path file = folder.resolve("m");
        final String[] save = {"--layers", "1024,1024", "--save", file.toString(), "--frames", "3", "--rate", "1e-3"};
        assertEquals(0, start(save).waitFor());
        final byte[] first = Files.readAllBytes(file);
        final int[] found = new int[2];
        final String[] other = Arrays.copyOf(save, save.length + 2);
        other[save.length] = "--seed";
        other[save.length + 1] = "2";
        for (int i = 0; i < KILLS; i++) {
            Files.write(file, first);
            final Process run = start(other);
            if (i % 2 == 0) {
                awaitSaving(run, random.nextInt(LATEST_NS));
            } else {
                run.waitFor(random.nextInt(LATEST_MS), TimeUnit.MILLISECONDS);
            }
            run.destroyForcibly().waitFor();
            final Model model = Models.read(file);
            if (model.seed() == 1) {
                assertArrayEquals(first, Files.readAllBytes(file));
                found[0]++;
            } else {
                found[1]++;
            }
        }
        final int left = temporaries();
        System.out.println(left + " kills left a temporary file; the file was the old one " + found[0] + " times, the new one "
            + found[1] + " times");
        assertTrue(left > 0, "no kill met a saving");
        for (final File there : folder.toFile().listFiles()) {
            assertTrue(!temporary(there) || there.setLastModified(System.currentTimeMillis() - OLD_MS), there::toString);
        }
        assertEquals(0, start(save).waitFor());
        assertArrayEquals(first, Files.readAllBytes(file));
        assertEquals(0, temporaries());
    }

    /** Waits until some bytes of a temporary file are written, and a little longer. */
    private void awaitSaving(final Process run, final int ns) throws IOException {
        final long before = written();
        while (run.isAlive() && written() == before) {
            Thread.onSpinWait();
        }
        final long from = System.nanoTime();
        while (System.nanoTime() - from < ns) {
            Thread.onSpinWait();
        }
    }

    private long written() throws IOException {
        long bytes = 0;
        for (final File there : folder.toFile().listFiles()) {
            bytes += temporary(there) ? there.length() : 0;
        }
        return bytes;
    }

    private static boolean temporary(final File file) {
        return file.getName().endsWith(".tmp");
    }
}
