package org.tickwave.bench.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Labels;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;

@Timeout(30)
class RecordingDirectoryTest {
    private static final int SAMPLES = 360;

    @TempDir
    private Path directory;

    private Path recording(final String path, final int rate, final long seed) throws IOException {
        final Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, Wav.noise(rate, SAMPLES, seed));
    }

    private void recordings(final String... paths) throws IOException {
        for (final String path : paths) {
            recording(path, 8_000, path.hashCode());
        }
    }

    private Input input(final long seed) throws IOException {
        return Input.of(directory.toString(), null, seed);
    }

    private static List<String> sorted(final Input input) {
        return input.recordings().stream().map(Recording::path).sorted(Labels.BY_CODE_POINTS).toList();
    }

    private void assertRefused(final String... parts) {
        Streams.assertRefused(StreamException.class, () -> input(1), parts);
    }

    private static List<String> labels(final Input input) throws IOException {
        try (FrameStream stream = input.open()) {
            return stream.labels();
        }
    }

    @Test
    void aNameHasItsLabelInFront() throws IOException {
        recordings("yes_1.wav", "yes_2_b.wav", "no_1.WAV", "no_2.Wav", "left right_1.wav");
        Files.write(directory.resolve("README.md"), new byte[5]);
        final Input input = input(1);
        assertTrue(input.regularFile());
        assertEquals(directory.toString(), input.name());
        assertEquals(List.of("left right", "no", "yes"), labels(input));
        assertEquals(List.of("left right_1.wav", "no_1.WAV", "no_2.Wav", "yes_1.wav", "yes_2_b.wav"), sorted(input));
        for (final Recording recording : input.recordings()) {
            assertEquals(recording.path().substring(0, recording.path().indexOf('_')), recording.label());
            assertEquals(labels(input).indexOf(recording.label()), recording.index());
        }
    }

    @Test
    void inDirectoriesTheDirectoryIsTheLabel() throws IOException {
        recordings("yes/1.wav", "yes/b_2.wav", "no/1.wav", "deep/er/no/2.wav", "deep/er/yes.wav/3.wav");
        final Input input = input(1);
        assertEquals(List.of("no", "yes", "yes.wav"), labels(input));
        for (final Recording recording : input.recordings()) {
            final String[] parts = recording.path().split("/");
            assertEquals(parts[parts.length - 2], recording.label());
        }
        assertEquals(5, input.recordings().size());
    }

    @Test
    void whatIsHiddenIsPassedOver() throws IOException {
        recordings("a_1.wav", "a_2.wav", "b_1.wav", ".a_3.wav", ".git/x.wav", ".wav");
        assertEquals(List.of("a_1.wav", "a_2.wav", "b_1.wav"), sorted(input(1)));
        Files.createDirectory(directory.resolve(".top"));
        Files.move(directory.resolve("a_1.wav"), directory.resolve(".top/a_1.wav"));
        Files.move(directory.resolve("a_2.wav"), directory.resolve(".top/a_2.wav"));
        Files.move(directory.resolve("b_1.wav"), directory.resolve(".top/b_1.wav"));
        assertEquals(3, Input.of(directory.resolve(".top").toString(), null, 1).recordings().size());
    }

    @Test
    void whatHasNoLabelIsNamed() throws IOException {
        recordings("a_1.wav", "b_1.wav", "b_2.wav", "_d.wav");
        assertRefused(directory + "/_d.wav: no label: expected files label_anything.wav, or a directory for each label;"
            + " --skip-bad leaves out bad recordings");
        Files.delete(directory.resolve("_d.wav"));
        recordings("c.wav");
        assertRefused(directory + "/c.wav: no label");
        Files.delete(directory.resolve("c.wav"));
        recordings("a/1.wav", "b/1.wav");
        Files.delete(directory.resolve("b_1.wav"));
        Files.delete(directory.resolve("b_2.wav"));
        assertRefused(directory + "/a_1.wav: no label");
    }

    @Test
    void codePointsAreInTheirOrder() {
        final List<String> labels = new ArrayList<>(List.of("\ud83d\ude00", "a", "\uff5e", "B", "\u00e9"));
        labels.sort(Labels.BY_CODE_POINTS);
        assertEquals(List.of("B", "a", "\u00e9", "\uff5e", "\ud83d\ude00"), labels);
        assertTrue(Labels.BY_CODE_POINTS.compare("a", "ab") < 0);
        assertEquals(0, Labels.BY_CODE_POINTS.compare("ab", "ab"));
        assertTrue(Labels.BY_CODE_POINTS.compare("\ud83d\ude00", "\ud83d\ude01") < 0);
        assertTrue(Labels.BY_CODE_POINTS.compare("\ud83d\ude00", "\uffff") > 0);
    }

    private void twentyThree() throws IOException {
        for (int i = 0; i < 23; i++) {
            recordings((char) ('a' + i % 3) + "_" + i + ".wav");
        }
    }

    @Test
    void theSeedShufflesAndOfEveryFiveTheLastIsHeldOut() throws IOException {
        twentyThree();
        final Input input = input(5);
        final List<String> expected = new ArrayList<>(sorted(input));
        Collections.shuffle(expected, new Random(5));
        for (int i = 0; i < 23; i++) {
            final Recording recording = input.recordings().get(i);
            assertEquals(expected.get(i), recording.path());
            assertEquals(List.of(4, 9, 14, 19).contains(i), recording.heldOut(), "position " + i);
            assertEquals(i >= 12, recording.secondHalf(), "position " + i);
        }
        assertEquals(input.recordings(), input(5).recordings());
        assertNotEquals(input.recordings(), input(6).recordings());
    }

    @Test
    void everyPassHearsTheSame() throws IOException {
        twentyThree();
        final Input input = input(3);
        final List<float[]> frames = new ArrayList<>();
        for (int pass = 0; pass < 2; pass++) {
            try (FrameStream stream = input.open()) {
                assertEquals(directory.toString(), stream.name());
                assertEquals(Features.of(8_000), stream.features());
                assertEquals(40, stream.width());
                assertEquals(100, stream.framesPerSecond());
                assertNull(stream.recording());
                final float[] frame = new float[40];
                for (int i = 0; i < 23 * 3; i++) {
                    assertTrue(stream.read(frame));
                    assertSame(input.recordings().get(i / 3), stream.recording());
                    if (pass == 0) {
                        frames.add(frame.clone());
                    }
                    assertArrayEquals(frames.get(i), frame);
                }
                assertFalse(stream.read(frame));
                assertFalse(stream.read(frame));
            }
        }
        assertNotSame(input.recordings().get(0), input.recordings().get(1));
    }

    @Test
    void aRecordingsFramesAreThoseOfItsFile() throws IOException {
        twentyThree();
        for (int i = 0; i < 5; i++) {
            // Shorter than a window. The window still holds samples of the recording before.
            Files.write(directory.resolve("a_short" + i + ".wav"), Wav.noise(8_000, 100, i + 1));
        }
        final Input input = input(1);
        try (FrameStream stream = input.open()) {
            final float[] frame = new float[40];
            for (final Recording recording : input.recordings()) {
                try (FrameStream alone = Input.of(directory.resolve(recording.path()).toString(), null, 1).open()) {
                    for (final float[] expected : Streams.readAll(alone)) {
                        assertTrue(stream.read(frame));
                        assertArrayEquals(expected, frame);
                    }
                }
            }
        }
    }

    @Test
    void withoutARecordingItIsRefused() throws IOException {
        assertRefused(directory + ": a directory without recordings: expected *.wav in the directory or its sub-directories");
        Files.createDirectories(directory.resolve("a/b"));
        Files.write(directory.resolve("a/b/c.mp3"), new byte[5]);
        assertRefused(directory + ": a directory without recordings");
    }

    @Test
    void labelsThatTeachNothingAreRefusedUnlessTheyAreGiven() throws IOException {
        recordings("a_1.wav", "a_2.wav");
        assertRefused(directory + ": all 2 recordings have the label a: expected at least two labels");
        assertEquals(List.of(1, 1), indices(List.of("b", "a")));
        Files.move(directory.resolve("a_2.wav"), directory.resolve("b_2.wav"));
        assertRefused(directory + ": every label has only one recording: expected several recordings of each label");
        final List<Integer> indices = new ArrayList<>(indices(List.of("b", "c", "a")));
        Collections.sort(indices);
        assertEquals(List.of(0, 2), indices);
        Files.delete(directory.resolve("b_2.wav"));
        assertRefused(directory + ": every label has only one recording");
        assertEquals(List.of(0), indices(List.of("a")));
    }

    private List<Integer> indices(final List<String> labels) throws IOException {
        final Input input = Input.of(directory.toString(), null, 1, labels, false);
        assertEquals(labels, labels(input));
        return input.recordings().stream().map(Recording::index).toList();
    }

    @Test
    void aLabelThatIsNotAmongThoseGivenIsRefused() throws IOException {
        recordings("a_1.wav", "a_2.wav", "b_1.wav", "c_1.wav");
        Streams.assertRefused(StreamException.class, () -> Input.of(directory.toString(), null, 1, List.of("a", "c", "d"), false),
            directory + "/b_1.wav: label b: expected a label of the model: a, c, d");
    }

    @Test
    void aFormatBesideADirectoryIsRefused() throws IOException {
        recordings("a_1.wav", "a_2.wav", "b_1.wav");
        Streams.assertRefused(StreamException.class, () -> Input.of(directory.toString(), Format.parse("u8:1@30"), 1),
            directory + ": a directory, with --format u8:1@30: expected a file");
    }

    @Test
    void anotherRateThanTheCommonestIsRefused() throws IOException {
        recordings("a_2.wav", "b_1.wav", "b_2.wav");
        recording("a_1.wav", 16_000, 1);
        assertRefused(directory + "/a_1.wav: 16000 samples a second: expected 8000, the commonest rate in " + directory);
    }

    @Test
    void ofTwoCommonestRatesTheLowerIsExpected() throws IOException {
        recordings("b_1.wav", "b_2.wav");
        recording("a_1.wav", 16_000, 1);
        recording("a_2.wav", 16_000, 2);
        final StreamException refusal = assertThrows(StreamException.class, () -> input(1));
        assertEquals(List.of(directory + "/a_1.wav: 16000 samples a second: expected 8000, the commonest rate in " + directory,
            directory + "/a_2.wav: 16000 samples a second: expected 8000, the commonest rate in " + directory), refusal.details());
    }

    @Test
    void whatMayNotBeReadIsRefused() throws IOException {
        recordings("a/1.wav", "a/2.wav", "b/1.wav");
        final Path file = directory.resolve("b/1.wav");
        assertTrue(file.toFile().setReadable(false));
        assumeFalse(Files.isReadable(file), "this user may read everything");
        assertRefused(file + ": permission denied: expected a file with read permission");
        assertTrue(file.toFile().setReadable(true));
        assertTrue(directory.resolve("b").toFile().setReadable(false));
        assertRefused(directory + "/b: cannot be opened: expected a directory with read permission");
        assertTrue(directory.resolve("b").toFile().setReadable(true));
    }

    @Test
    void linksAreFollowedOnceRound() throws IOException {
        recordings("a/1.wav", "a/2.wav", "elsewhere/deep/b/1.wav");
        final Path top = Files.createDirectory(directory.resolve("top"));
        try {
            Files.createSymbolicLink(top.resolve("a"), directory.resolve("a"));
            Files.createSymbolicLink(top.resolve("b"), directory.resolve("elsewhere/deep/b"));
            Files.createSymbolicLink(directory.resolve("a/loop"), top);
            Files.createSymbolicLink(directory.resolve("a/self"), directory.resolve("a"));
        } catch (final UnsupportedOperationException | IOException e) {
            assumeTrue(false, "no links here");
        }
        assertEquals(List.of("a/1.wav", "a/2.wav", "b/1.wav"), sorted(Input.of(top.toString(), null, 1)));
        Files.createSymbolicLink(top.resolve("b/gone.wav"), directory.resolve("gone"));
        Streams.assertRefused(StreamException.class, () -> Input.of(top.toString(), null, 1),
            top + "/b/gone.wav: a broken symbolic link: expected a recording");
    }

    @Test
    void aFifoThatIsCalledARecordingIsRefusedAndNotWaitedFor() throws Exception {
        recordings("a_1.wav", "a_2.wav", "b_1.wav");
        try {
            assumeTrue(new ProcessBuilder("mkfifo", directory.resolve("b_2.wav").toString()).start().waitFor() == 0, "mkfifo failed");
        } catch (final IOException e) {
            assumeTrue(false, "no mkfifo here");
        }
        assertRefused(directory + "/b_2.wav: not a regular file: expected a recording");
    }

    @Test
    void aRecordingThatWentAwayOrShrankBreaksTheStreamByName() throws IOException {
        recordings("a_1.wav", "a_2.wav", "b_1.wav");
        final Input input = input(1);
        final Path second = directory.resolve(input.recordings().get(1).path());
        final byte[] whole = Files.readAllBytes(second);
        Files.delete(second);
        assertBreaks(input, second + ": no longer exists: expected the file to stay until the run ends");
        Files.write(second, Arrays.copyOf(whole, 600));
        assertBreaks(input, second + ": ends at byte 600, within the data chunk at byte 36: expected 720 bytes, the length of the chunk");
        Files.write(second, Wav.noise(16_000, SAMPLES, 1));
        assertBreaks(input, second + ": the sample rate has changed to 16000: expected 8000");
        Files.write(second, whole);
        try (FrameStream stream = input.open()) {
            assertEquals(9, Streams.readAll(stream).size());
        }
    }

    private static void assertBreaks(final Input input, final String message) throws IOException {
        try (FrameStream stream = input.open()) {
            final float[] frame = new float[40];
            for (int i = 0; i < 3; i++) {
                assertTrue(stream.read(frame));
            }
            Streams.assertRefused(StreamException.class, () -> stream.read(frame), message);
        }
    }

    /** The recording is longer than the read buffer, so the reader notices the change. */
    @Test
    void aRecordingThatShrinksWhileItIsReadBreaksThere() throws IOException {
        recordings("a_1.wav", "a_2.wav");
        final Path file = Files.write(directory.resolve("b_1.wav"), Wav.noise(8_000, 100_000, 1));
        final Input input = input(1);
        try (FrameStream stream = input.open()) {
            final float[] frame = new float[40];
            do {
                assertTrue(stream.read(frame));
            } while (!stream.recording().label().equals("b"));
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100_000));
            Streams.assertRefused(StreamException.class, () -> {
                while (stream.read(frame)) {
                    assertTrue(FrameStream.good(frame));
                }
            }, file + ": ends at byte 100000, after 99956 bytes of data: expected 200000");
        }
    }
}
