package org.tickwave.bench.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;

/** Bad files and directories are listed, then refused or left out. */
class SkipBadTest {
    @TempDir
    private Path directory;

    private Path write(final String path, final byte[] bytes) throws IOException {
        final Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private void good(final String... paths) throws IOException {
        for (final String path : paths) {
            write(path, Wav.noise(8_000, 360, path.hashCode()));
        }
    }

    private Input input(final boolean skipBad) throws IOException {
        return Input.of(directory.toString(), null, 7, null, skipBad);
    }

    private static Integer skipped(final Input input) throws IOException {
        try (FrameStream stream = input.open()) {
            return stream.skippedRecordings();
        }
    }

    private static List<String> labels(final Input input) throws IOException {
        try (FrameStream stream = input.open()) {
            return stream.labels();
        }
    }

    @Test
    void allAreListedWithTheirReasonTwentyAtMost() throws IOException {
        good("a_1.wav", "a_2.wav", "b_1.wav");
        write("b_2.wav", new byte[0]);
        write("a_3.wav", Wav.noise(11_025, 360, 1));
        write("c.wav", Wav.noise(8_000, 360, 1));
        final String end = " bad recordings or directories, listed above: expected good recordings, or --skip-bad to leave out bad ones";
        final StreamException three = assertThrows(StreamException.class, () -> input(false));
        assertEquals(directory + ": 3" + end, three.getMessage());
        final List<String> expected = List.of(
            directory + "/a_3.wav: 11025 samples a second: expected 8000, the commonest rate in " + directory,
            directory + "/b_2.wav: ends at byte 0, within its header: expected RIFF, RF64 or BW64, a length and WAVE",
            directory + "/c.wav: no label: expected files label_anything.wav, or a directory for each label");
        assertEquals(expected, three.details());
        final Input input = input(true);
        assertEquals(3, input.recordings().size());
        assertEquals(3, skipped(input));
        assertEquals(
            Stream.concat(expected.stream(), Stream.of(directory + ": left out 3 bad recordings or directories, listed above")).toList(),
            input.notes());
        for (int i = 0; i < 22; i++) {
            write("d_" + (10 + i) + ".wav", new byte[3]);
        }
        final StreamException many = assertThrows(StreamException.class, () -> input(false));
        assertEquals(directory + ": 25" + end, many.getMessage());
        assertEquals(21, many.details().size());
        assertEquals(expected, many.details().subList(0, 3));
        assertTrue(many.details().get(19).startsWith(directory + "/d_26.wav: "), many.details().toString());
        assertEquals("and 5 more", many.details().getLast());
    }

    @Test
    void onlyOneIsNamedInTheMessage() throws IOException {
        good("a_1.wav", "a_2.wav", "b_1.wav");
        final Path bad = write("b_2.wav", Streams.ascii("RIFX"));
        final StreamException refusal = assertThrows(StreamException.class, () -> input(false));
        assertEquals(bad + ": ends at byte 4, within its header: expected RIFF, RF64 or BW64, a length and WAVE;"
            + " --skip-bad leaves out bad recordings", refusal.getMessage());
        assertEquals(List.of(), refusal.details());
        Files.delete(bad);
        assertEquals(0, skipped(input(false)));
        assertEquals(List.of(), input(true).notes());
    }

    @Test
    void noOtherRecordingMoves() throws IOException {
        final List<String> paths = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            paths.add((char) ('a' + i % 3) + "_" + i + ".wav");
            good(paths.getLast());
        }
        final List<Recording> all = input(false).recordings();
        final long seed = System.nanoTime();
        Collections.shuffle(paths, new Random(seed));
        final List<String> bad = paths.subList(0, 13);
        for (final String path : bad) {
            write(path, new byte[path.length()]);
        }
        final Input input = input(true);
        assertEquals(all.stream().filter(recording -> !bad.contains(recording.path())).toList(), input.recordings(),
            "seed " + seed);
        assertEquals(13, skipped(input));
    }

    @Test
    void aLabelWithoutAGoodRecordingIsNoClass() throws IOException {
        good("a_1.wav", "a_2.wav", "c_1.wav", "c_2.wav");
        write("b_1.wav", new byte[2]);
        write("d_1.wav", new byte[2]);
        final Input input = input(true);
        assertEquals(List.of("a", "c"), labels(input));
        for (final Recording recording : input.recordings()) {
            assertEquals(recording.label().equals("a") ? 0 : 1, recording.index());
        }
    }

    @Test
    void withoutAGoodRecordingItIsRefusedAllTheSame() throws IOException {
        write("a_1.wav", new byte[2]);
        final StreamException refusal = assertThrows(StreamException.class, () -> input(true));
        assertEquals(directory + ": 1 bad recording or directory, listed above, and no good recording: expected at least one",
            refusal.getMessage());
        assertEquals(1, refusal.details().size());
    }

    @Test
    void aLinkToNothingIsLeftOut() throws IOException {
        good("a/1.wav", "a/2.wav", "b/1.wav");
        Files.createSymbolicLink(directory.resolve("b/2.wav"), directory.resolve("gone"));
        final Input input = input(true);
        assertEquals(1, skipped(input));
        assertEquals(directory + "/b/2.wav: a broken symbolic link: expected a recording", input.notes().getFirst());
    }

    @Test
    void whatIsNotALabelIsPassedOverAndSaid() throws IOException {
        good("a/1.wav", "a/2.wav", "b/1.wav", "_background_noise_/x.wav", ".git/y.wav", "lost+found/z.wav", "a/_old/1.wav",
            "a/._1.wav");
        final Input input = input(false);
        assertEquals(List.of("a", "b"), labels(input));
        assertEquals(3, input.recordings().size());
        assertEquals(0, skipped(input));
        assertEquals(List.of(directory + ": ignored 4 directories (.git, _background_noise_, a/_old, ...) and 1 hidden file"
            + " (a/._1.wav)"), input.notes());
    }

    /** Calls the visitor as a directory walk does, because root may open every directory. */
    @Test
    void aDirectoryThatCannotBeReadIsBadUnlessItHoldsNoRecordings() throws IOException {
        good("a_1.wav");
        final RecordingSearch search = new RecordingSearch(directory.toString(), directory);
        for (final String name : List.of("closed", "lost+found", "_closed", ".closed")) {
            assertEquals(FileVisitResult.CONTINUE, search.visitFileFailed(directory.resolve(name), new AccessDeniedException(name)));
        }
        assertEquals(FileVisitResult.CONTINUE, search.postVisitDirectory(directory.resolve("half"), new IOException("I/O error")));
        assertEquals(FileVisitResult.CONTINUE, search.postVisitDirectory(directory.resolve("whole"), null));
        search.search();
        assertEquals(List.of(directory + "/closed: cannot be opened: expected a directory with read permission",
            directory + "/half: cannot be read completely: I/O error"), search.faults());
        assertEquals(directory + ": ignored 3 directories (.closed, _closed, lost+found)", search.ignored());
        Streams.assertRefused(StreamException.class, () -> search.visitFileFailed(directory, new AccessDeniedException("x")),
            directory + ": cannot be opened: expected a directory with read permission");
        assertNull(new RecordingSearch("d", directory).search().ignored());
    }

    /** Not even root can open a path that is longer than PATH_MAX. */
    @Test
    void aDirectoryThatCannotBeOpenedCountsAsBad() throws IOException, InterruptedException {
        good("a_1.wav", "a_2.wav", "b_1.wav");
        final String name = "d".repeat(200);
        final String script = "cd \"$1\" && for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do mkdir " + name
            + " && cd " + name + " || exit 1; done";
        try {
            assertEquals(0, bash(script));
            final StreamException refusal = assertThrows(StreamException.class, () -> input(false));
            assertTrue(refusal.getMessage().contains(": cannot be opened: expected a directory with read permission"),
                refusal.getMessage());
            final Input input = input(true);
            assertEquals(1, skipped(input));
            assertEquals(3, input.recordings().size());
        } finally {
            assertEquals(0, bash("rm -rf \"$1\"/" + name));
        }
    }

    private int bash(final String script) throws IOException, InterruptedException {
        return new ProcessBuilder("bash", "-c", script, "bash", directory.toString()).inheritIO().start().waitFor();
    }
}
