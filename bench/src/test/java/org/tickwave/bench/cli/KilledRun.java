package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.tickwave.Checkpoint;
import org.tickwave.CheckpointFile;
import org.tickwave.bench.keep.Archive;
import org.tickwave.kernel.Lanes;

/**
 * A run that is killed again and again, each time in a process of its own, until one ends by itself. The processes take turns: 256 bits
 * and the widest lanes, one thread and two. The result is compared with that of a run that was never killed.
 */
final class KilledRun {
    private static final int MOST_THREADS = 2;
    private static final int ONE_IN = 8;
    private static final int POLL_NS = 200_000;

    private final String name;
    private final Path whole;
    private final Path answers;
    private final Path file;
    private final String run;
    private final JsonObject expected;

    /**
     * Runs the whole run once.
     *
     * @param directory empty
     * @param options   of the command run
     */
    KilledRun(final String name, final Path directory, final String options) {
        this.name = name;
        whole = directory.resolve("whole");
        answers = directory.resolve("answers");
        file = directory.resolve("keep");
        run = "--pace none --json " + options + " --answers ";
        expected = Outcome.run(run + whole + " --threads 1").successfulJson();
    }

    /** What the whole run reported. */
    JsonObject expected() {
        return expected;
    }

    private Program start(final String mode, final int process, final int every) throws IOException {
        final int bits = process % 4 < 2 ? 256 : Lanes.LANES * Float.SIZE;
        return Program.start(new ProcessBuilder(Program.command(List.of(mode, "-XX:MaxVectorSize=" + bits / Byte.SIZE),
            ("run --quiet " + run + answers + " --threads " + (1 + process % MOST_THREADS) + " --checkpoint " + file + " --every " + every
                + " --resume").split(" +"))));
    }

    /**
     * Kills processes at random moments. One in eight is killed while it starts.
     *
     * @param mode     the flag of the JVM for its compilers
     * @param latestNs the longest time from a checkpoint to the kill
     * @return the number of kills
     */
    int kill(final String mode, final int kills, final int latestNs, final Random random) throws IOException, InterruptedException {
        int done = 0;
        for (int process = 0;; process++) {
            final Program child = start(mode, process, 1 + random.nextInt(40));
            if (done < kills) {
                final boolean early = random.nextInt(ONE_IN) == 0;
                awaitCheckpoint(child, early ? 50L * latestNs : Long.MAX_VALUE, random.nextInt(latestNs));
                if (child.running()) {
                    done++;
                    child.kill();
                    continue;
                }
            }
            expectSame(child.end(), done);
            return done;
        }
    }

    /**
     * Kills every process after a checkpoint of its own, so each one learns further than the one before.
     *
     * @param every frames from a checkpoint to the next
     */
    void killEach(final String mode, final int kills, final int every, final int latestNs, final Random random)
        throws IOException, InterruptedException {
        long newest = 0;
        for (int process = 0; process < kills; process++) {
            final Program child = start(mode, process, every);
            awaitCheckpoint(child, Long.MAX_VALUE, random.nextInt(latestNs));
            if (!child.running()) {
                final Program.Ended ended = child.end();
                throw new AssertionError(name + ": ended before kill " + (process + 1) + " of " + kills + ", exit code " + ended.code() + ": " + ended.err());
            }
            child.kill();
            final long frames = frames();
            assertTrue(frames > newest, name + ": process " + process + " began at frame " + newest + " and kept frame " + frames);
            newest = frames;
        }
        final Program.Ended ended = start(mode, kills, every).end();
        assertEquals(0, ended.code(), name + ": " + ended.err());
        final long resumed = JsonParser.parseString(ended.out()).getAsJsonObject().get("resumed_frames").getAsLong();
        assertEquals(newest, resumed, name);
        expectSame(ended, kills);
        System.out.println(name + ": " + kills + " kills, the last one after frame " + newest + " of " + expected.get("frames")
            + "; weights_crc32c " + expected.get("weights_crc32c") + ", answers_crc32c " + expected.get("answers_crc32c"));
    }

    /** Frames in the newest checkpoint. No process has the file open. */
    private long frames() throws IOException {
        try (CheckpointFile kept = CheckpointFile.open(file); Checkpoint checkpoint = kept.read()) {
            final Archive session = Archive.reading(checkpoint.get("session"));
            session.section("session");
            return session.of(0L);
        }
    }

    private void expectSame(final Program.Ended ended, final int kills) throws IOException {
        final String after = name + " after " + kills + " kills";
        assertEquals(0, ended.code(), after + ": " + ended.err());
        assertEquals(KeptRuns.result(expected), KeptRuns.result(JsonParser.parseString(ended.out()).getAsJsonObject()), after);
        assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(answers), after);
    }

    /** Waits until the process has written a checkpoint, but not longer than a time, and then a little longer. */
    private void awaitCheckpoint(final Program child, final long longestNs, final int ns) throws IOException {
        final Object before = newest();
        final long fromNs = System.nanoTime();
        Object now = before;
        while (child.running() && System.nanoTime() - fromNs < longestNs && (now == null || now.equals(before))) {
            LockSupport.parkNanos(POLL_NS);
            now = newest();
        }
        final long sinceNs = System.nanoTime();
        while (child.running() && System.nanoTime() - sinceNs < ns) {
            Thread.onSpinWait();
        }
    }

    /** The file of the newest checkpoint; null while there is no file, also for a moment while a newer one takes its place. */
    private Object newest() throws IOException {
        try {
            return Files.readAttributes(file, "unix:ino").get("ino");
        } catch (final NoSuchFileException e) {
            return null;
        }
    }
}
