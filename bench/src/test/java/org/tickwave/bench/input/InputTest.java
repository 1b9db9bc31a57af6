package org.tickwave.bench.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.sound.SoundDirectory;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.PipeReader;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;
import org.tickwave.bench.table.TableOptions;

@Timeout(30)
class InputTest {
    private static final Format TWO = Format.parse("f32:2@360");
    private static final TableOptions CLASS = new TableOptions(null, true, null, null, "class", null, null, false, true);
    private static final String Y4M = "YUV4MPEG2 W16 H16 F30:1 Cmono\nFRAME\n";

    @TempDir
    private Path directory;

    private String file(final String name, final byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes).toString();
    }

    private Path fifo() throws IOException, InterruptedException {
        final Path fifo = directory.resolve("fifo");
        try {
            final Process mkfifo = new ProcessBuilder("mkfifo", fifo.toString()).redirectErrorStream(true).start();
            assumeTrue(mkfifo.waitFor() == 0, "mkfifo failed");
        } catch (final IOException e) {
            assumeTrue(false, "no mkfifo here");
        }
        return fifo;
    }

    /** With thousands of recordings, asking for each length would stop the stream at each checkpoint. */
    @Test
    void theRecordingsAreNotAskedForAgainWhileTheStreamPlays() throws IOException {
        final Path sounds = SoundDirectory.of(directory.resolve("sounds"), 8_000, 3, List.of("high", "low"));
        final Input input = Input.of(sounds.toString(), null, 1);
        input.note();
        final Archive before = Archive.writing();
        input.keep(before, true);
        Files.write(sounds.resolve("low_1.wav"), new byte[1]);
        Files.delete(sounds.resolve("high_1.wav"));
        final Archive after = Archive.writing();
        input.keep(after, true);
        assertArrayEquals(before.written(), after.written());
    }

    @Test
    void aFileCanBePlayedAgainFromItsStart() throws IOException {
        final String path = file("two.raw", Streams.floats(1, 2, 3, 4));
        final Input input = Input.of(path, TWO, 1);
        assertTrue(input.regularFile());
        assertEquals(path, input.name());
        for (int play = 0; play < 3; play++) {
            try (FrameStream stream = input.open()) {
                assertEquals(path, stream.name());
                assertEquals(2, stream.width());
                assertEquals(360, stream.framesPerSecond());
                assertEquals(2, Streams.readAll(stream).size());
            }
        }
    }

    @Test
    void theKindIsFoundFromTheFirstBytesAndNotFromTheName() throws IOException {
        final String path = file("video.raw", Streams.join(Streams.ascii(Y4M), new byte[256]));
        try (FrameStream stream = Input.of(path, null, 1).open()) {
            assertEquals(256, stream.width());
            assertEquals(1, Streams.readAll(stream).size());
        }
        final String other = file("video.y4m", Streams.floats(1, 2, 3, 4));
        Streams.assertRefused(StreamException.class, () -> Input.of(other, null, 1).open(), other);
    }

    @Test
    void withAFormatBytesAreTakenAsTheyAre() throws IOException {
        final String path = file("video.y4m", Streams.join(Streams.ascii(Y4M), new byte[256]));
        try (FrameStream stream = Input.of(path, Format.parse("u8:1@30"), 1).open()) {
            assertEquals(Y4M.length() + 256, Streams.readAll(stream).size());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "RIF \u0001\u0002\u0000\u00ffWAVEfmt more | \"RIF \\x01\\x02\\x00\\xffWAVEfmt \"",
        "YUV4MPEG 2 | \"YUV4MPEG 2\"",
        "YUV4       | \"YUV4\"",
        "yuv4mpeg2 W1 H1 F1:1 | \"yuv4mpeg2 W1 H1 \"",
        "#!/bin/sh~rm -rf     | \"#!/bin/sh\\nrm -rf\"",
    })
    void anUnknownKindIsShownByItsFirstBytes(final String bytes, final String shown) throws IOException {
        final String path = file("unknown", Streams.ascii(bytes.replace('~', '\n')));
        Streams.assertRefused(StreamException.class, () -> Input.of(path, null, 1).open(), path + ": begins with " + shown,
            "expected YUV4MPEG2, RIFF (WAV), or --format f32:WIDTH@FPS or u8:WIDTH@FPS");
    }

    @Test
    void noiseIsRefusedAndWhatWasOpenedIsClosed() {
        final byte[] noise = new byte[100_000];
        final Random random = new Random(4);
        for (int time = 0; time < 200; time++) {
            random.nextBytes(noise);
            final ReadableByteChannel channel = Streams.pieces(noise, noise.length);
            Streams.assertRefused(StreamException.class, () -> Input.open("s", channel, null), "begins with \"", "YUV4MPEG2");
            assertFalse(channel.isOpen());
        }
    }

    @Test
    void whatIsNoStreamIsRefusedBeforeItIsOpened() throws IOException {
        final String missing = directory.resolve("missing").toString();
        final String empty = file("empty", new byte[0]);
        for (final Format format : new Format[] {null, TWO}) {
            Streams.assertRefused(StreamException.class, () -> Input.of(missing, format, 1),
                missing + ": no such file: expected");
            Streams.assertRefused(StreamException.class, () -> Input.of(empty, format, 1), empty + ": empty: expected");
            Streams.assertRefused(StreamException.class, () -> Input.of("", format, 1), "input \"\": expected a file");
            Streams.assertRefused(StreamException.class, () -> Input.of("a\0b", format, 1), "a\\x00b: the name contains a zero byte");
            Streams.assertRefused(StreamException.class, () -> Input.of("a\nb", format, 1), "a\\x0ab: no such file");
            Streams.assertRefused(StreamException.class, () -> Input.of(missing + "/" + "x".repeat(5_000), format, 1),
                "...: no such file");
        }
    }

    @Test
    void aFileThatMayNotBeReadIsRefused() throws IOException {
        final String path = file("locked", Streams.floats(1, 2));
        assertTrue(Path.of(path).toFile().setReadable(false));
        assumeFalse(Files.isReadable(Path.of(path)), "this user may read everything");
        Streams.assertRefused(StreamException.class, () -> Input.of(path, TWO, 1), path + ": permission denied: expected");
    }

    @Test
    void aFileThatWentAwayIsRefusedWhenItIsOpened() throws IOException {
        final String path = file("gone", Streams.floats(1, 2));
        final Input input = Input.of(path, TWO, 1);
        Files.delete(Path.of(path));
        Streams.assertRefused(StreamException.class, input::open, path + ": no such file");
    }

    @Test
    void whatAnInputWaitsForIsAHeaderOrFirstAWriterOfItsFifo() throws IOException, InterruptedException {
        final String header = "no complete header has arrived";
        assertEquals(header, Input.of(file("one.raw", Streams.floats(1, 2)), null, 1).missing());
        assertEquals(header, Input.of("-", null, 1).missing());
        assertEquals("no program has opened the FIFO for writing", Input.of(fifo().toString(), null, 1).missing());
    }

    @Test
    void aDeviceWithoutBytesIsEmpty() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/null")), "no /dev/null here");
        final Input input = Input.of("/dev/null", null, 1);
        assertFalse(input.regularFile());
        Streams.assertRefused(StreamException.class, input::open, "/dev/null: empty: expected YUV4MPEG2");
        try (FrameStream stream = Input.of("/dev/null", TWO, 1).open()) {
            Streams.assertRefused(StreamException.class, () -> stream.read(new float[2]),
                "/dev/null: empty: expected frames");
        }
    }

    @Test
    void standardInputIsNotOpenedBeforeItIsWanted() throws IOException {
        final Input input = Input.of("-", TWO, 1);
        assertEquals("standard input", input.name());
        assertFalse(input.regularFile());
    }

    @Test
    void aFileWithHalfAFrameIsReadUpToThere() throws IOException {
        final String path = file("half.raw", Streams.join(Streams.floats(1, 2, 3, 4), new byte[3]));
        try (FrameStream stream = Input.of(path, TWO, 1).open()) {
            final float[] frame = new float[2];
            assertTrue(stream.read(frame));
            assertTrue(stream.read(frame));
            Streams.assertRefused(StreamException.class, () -> stream.read(frame),
                path + ": ends at byte 19, within frame 3, after 3 of its 8 bytes");
        }
    }

    @Test
    void aFifoIsReadAsItComesAndItsKindFoundWithoutSeeking() throws Exception {
        final Path fifo = fifo();
        final Input input = Input.of(fifo.toString(), null, 1);
        assertFalse(input.regularFile());
        final byte[] bytes = Streams.join(Streams.ascii(Y4M), new byte[256], Streams.ascii("FRAME\n"), new byte[256]);
        final CountDownLatch firstWasRead = new CountDownLatch(1);
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final Thread writer = Thread.ofPlatform().daemon().start(() -> {
            try (OutputStream out = Files.newOutputStream(fifo)) {
                out.write(bytes, 0, 4);
                out.write(bytes, 4, Y4M.length() + 256 - 4);
                firstWasRead.await();
                out.write(bytes, Y4M.length() + 256, 6 + 256);
            } catch (final IOException | InterruptedException e) {
                failure.set(e);
            }
        });
        try (FrameStream stream = input.open()) {
            final float[] frame = new float[256];
            assertTrue(stream.read(frame));
            firstWasRead.countDown();
            assertTrue(stream.read(frame));
            assertFalse(stream.read(frame));
        }
        writer.join();
        assertEquals(null, failure.get());
    }

    @Test
    void closingAPipeReaderEndsAReadThatWaitsForAFifo() throws Exception {
        final Path fifo = fifo();
        final CountDownLatch done = new CountDownLatch(1);
        final Thread writer = Thread.ofPlatform().daemon().start(() -> {
            try (OutputStream out = Files.newOutputStream(fifo)) {
                out.write(Streams.floats(1, 2));
                done.await();
            } catch (final IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        final PipeReader reader = PipeReader.start(Input.of(fifo.toString(), TWO, 1).open(), Long.MAX_VALUE);
        reader.await();
        assertEquals(PipeReader.Arrival.FRAME, reader.poll(new double[2]));
        assertEquals(PipeReader.Arrival.NOTHING, reader.poll(new double[2]));
        reader.close();
        reader.thread().join();
        assertEquals(PipeReader.Arrival.END, reader.poll(new double[2]));
        done.countDown();
        writer.join();
    }

    @ParameterizedTest
    @CsvSource({"a.csv, true", "a.CSV, true", "dir/b.tsv, true", "csv, false", "a.csv.gz, false", "-, false"})
    void namesOfTables(final String path, final boolean table) {
        assertEquals(table, Input.namesTable(path));
    }

    @Test
    void aTableIsExaminedBeforeItIsOpened() throws IOException {
        final String path = file("data.csv", Streams.ascii("a,class\n1,x\n2,y\n"));
        final Input input = Input.of(path, CLASS);
        assertEquals(List.of("x", "y"), input.table().labels());
        assertTrue(input.regularFile());
        for (int play = 0; play < 2; play++) {
            try (FrameStream stream = input.open()) {
                assertEquals(path, stream.name());
                assertEquals(2, Streams.readAll(stream).size());
            }
        }
        final String text = file("text.csv", Streams.ascii("a,class\nx,y\n"));
        Streams.assertRefused(StreamException.class, () -> Input.of(text, CLASS), text + ": column a is text");
        Streams.assertRefused(StreamException.class, () -> Input.of(directory.toString(), CLASS), "a directory: expected a table");
        Streams.assertRefused(StreamException.class, () -> Input.of("-", CLASS), "standard input: --label class", "--labels");
        Streams.assertRefused(StreamException.class, () -> Input.of(fifo().toString(), CLASS), "--labels");
        Streams.assertRefused(StreamException.class, () -> Input.of(file("empty.csv", new byte[0]), CLASS), "empty");
    }

    @Test
    void aTableOfAFifoIsExaminedWhenItIsOpenedAndClosingEndsAReadThatWaits() throws Exception {
        final Path fifo = fifo();
        final Input input = Input.of(fifo.toString(), TableOptions.DEFAULT);
        assertNull(input.table());
        assertEquals("no program has opened the FIFO for writing", input.missing());
        final CountDownLatch done = new CountDownLatch(1);
        final Thread writer = Thread.ofPlatform().daemon().start(() -> {
            try (OutputStream out = Files.newOutputStream(fifo)) {
                out.write(Streams.ascii("a,b\n1,2\n3,"));
                done.await();
            } catch (final IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        final PipeReader reader = PipeReader.start(input.open(), Long.MAX_VALUE);
        assertEquals(List.of("a", "b"), input.table().columns());
        reader.await();
        assertEquals(PipeReader.Arrival.FRAME, reader.poll(new double[2]));
        reader.close();
        reader.thread().join();
        assertEquals(PipeReader.Arrival.END, reader.poll(new double[2]));
        done.countDown();
        writer.join();
    }
}
