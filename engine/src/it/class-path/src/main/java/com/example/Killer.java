package com.example;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.tickwave.Checkpoint;
import org.tickwave.CheckpointFile;

/** Kills {@link Kept} twenty times at random moments, lets it end, and compares it with a run that was never killed. */
public final class Killer {
    private static final int KILLS = 20;
    private static final int LATEST_MS = 1_200;
    /** Long enough that twenty processes do not come to the end. */
    private static final long PAUSE_NS = 20_000_000;

    private Killer() {
    }

    private static Process start(final Path file, final int threads, final long pauseNs) throws IOException {
        return new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "--add-modules", "jdk.incubator.vector", "-cp",
            System.getProperty("java.class.path"), Kept.class.getName(), file.toString(), Integer.toString(threads), Long.toString(pauseNs))
            .redirectErrorStream(true).start();
    }

    private static String end(final Process process) throws IOException, InterruptedException {
        final List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        return process.waitFor() + " " + lines.getLast();
    }

    /** A quarter of the processes may be killed before they have made a checkpoint. */
    private static void awaitCheckpoint(final Process process, final Path file, final boolean newer) throws IOException {
        final Object before = modified(file);
        Object now = before;
        while (process.isAlive() && (before == null || newer) && (now == null || now.equals(before))) {
            LockSupport.parkNanos(1_000_000);
            now = modified(file);
        }
    }

    /** Null while there is no file, also for a moment while a newer one takes its place. */
    private static Object modified(final Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).lastModifiedTime();
        } catch (final NoSuchFileException e) {
            return null;
        }
    }

    /** The next reading in the newest checkpoint; 0 without one. */
    private static long place(final Path name) throws IOException {
        try (CheckpointFile file = CheckpointFile.open(name)) {
            if (!file.exists()) {
                return 0;
            }
            try (Checkpoint checkpoint = file.read()) {
                return ByteBuffer.wrap(checkpoint.get(Kept.PLACE)).getLong();
            }
        }
    }

    public static void main(final String[] args) throws IOException, InterruptedException {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final Path directory = Files.createTempDirectory(Path.of("."), "kept");
        final String expected = end(start(directory.resolve("never"), 1, 0));
        final Path file = directory.resolve("kept");
        int killed = 0;
        int resumed = 0;
        int further = 0;
        long newest = 0;
        for (int i = 0; i < KILLS; i++) {
            resumed += Files.exists(file) ? 1 : 0;
            final Process process = start(file, 1 + i % 2, PAUSE_NS);
            final boolean newer = i % 4 > 0;
            awaitCheckpoint(process, file, newer);
            if (!process.waitFor(random.nextInt(LATEST_MS), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                killed++;
            }
            final long place = place(file);
            further += newer && place > newest ? 1 : 0;
            newest = Math.max(place, newest);
        }
        final String found = end(start(file, 2, 0));
        System.out.println("killed " + killed + " times, resumed " + resumed + " times, further " + further + " times, last from reading "
            + newest + ", seed " + seed + ": " + expected + "; " + found);
        System.out.println(expected.equals(found) && expected.startsWith("0 weights ") && resumed > 0 ? "the same bits" : "other bits");
    }
}
