package org.tickwave.bench.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;

class WavStreamTest {
    /** Samples that all encodings represent exactly: sixteenths. */
    private static final float[] EXACT = {0, -1, .9375f, .5f, -.0625f, .125f, -.5f, .0625f};

    @TempDir
    private Path directory;

    /** The samples of a stream that arrives in pieces. */
    private static float[] samples(final byte[] wav, final int piece, final int atOnce) throws IOException {
        final Bytes bytes = new Bytes("s", Streams.pieces(wav, piece), 0);
        final WavSamples samples = new WavSamples(bytes, WavHeader.read(bytes, wav.length));
        final float[] all = new float[100_000];
        int n = 0;
        int read;
        do {
            read = samples.read(all, n, atOnce);
            n += read;
        } while (read == atOnce);
        return Arrays.copyOf(all, n);
    }

    private static List<float[]> frames(final byte[] wav, final int piece) throws IOException {
        return Streams.readAll(Input.open("s", Streams.pieces(wav, piece), null));
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "1, 16", "1, 24", "1, 32", "3, 32", "3, 64"})
    void everyFormatHasTheSameSamples(final int tag, final int bits) throws IOException {
        final byte[] data = Wav.chunk("data", Wav.samples(tag, bits, EXACT));
        final byte[] plain = Wav.file(Wav.fmt(tag, 1, 8_000, bits), data);
        assertArrayEquals(EXACT, samples(plain, plain.length, 8));
        assertArrayEquals(EXACT, samples(plain, 1, 3));
        final byte[] extensible = Wav.file(
            Wav.fmt(Wav.EXTENSIBLE, 1, 8_000, bits / 8, bits, Wav.extension(tag, bits)), data);
        assertArrayEquals(EXACT, samples(extensible, 7, 8));
    }

    @Test
    void theFinestStepsAreKept() throws IOException {
        final byte[] data = {1, 0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 0, (byte) 0x80, 0x56,
            0x34, 0x12};
        assertArrayEquals(new float[] {0x1p-23f, -0x1p-23f, 1 - 0x1p-23f, -1, 0x123456 * 0x1p-23f},
            samples(Wav.file(Wav.fmt(Wav.PCM, 1, 8_000, 24), Wav.chunk("data", data)), 100, 8));
        assertArrayEquals(new float[] {0x1p-15f, -0x1p-15f, 1 - 0x1p-15f, -1},
            samples(Wav.file(Wav.fmt(Wav.PCM, 1, 8_000, 16), Wav.chunk("data",
                new byte[] {1, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, (byte) 0x80})), 100, 8));
        assertArrayEquals(new float[] {0x1p-31f, -0x1p-31f, 1, -1, 0x12345680 * 0x1p-31f},
            samples(Wav.file(Wav.fmt(Wav.PCM, 1, 8_000, 32), Wav.chunk("data", Streams.join(Wav.int32(1), Wav.int32(-1),
                Wav.int32(Integer.MAX_VALUE), Wav.int32(Integer.MIN_VALUE), Wav.int32(0x12345678)))), 100, 8));
        final float[] wild = {1e30f, Float.NaN, -2, Float.MIN_VALUE, Float.NEGATIVE_INFINITY};
        assertArrayEquals(wild,
            samples(Wav.file(Wav.fmt(Wav.FLOAT, 1, 8_000, 32), Wav.chunk("data", Streams.floats(wild))), 100, 8));
        assertArrayEquals(wild,
            samples(Wav.file(Wav.fmt(Wav.FLOAT, 1, 8_000, 64), Wav.chunk("data", Wav.samples(Wav.FLOAT, 64, wild))), 100, 8));
    }

    @ParameterizedTest
    @CsvSource({"1, 8, 2", "1, 16, 2", "1, 24, 3", "1, 32, 2", "3, 32, 6", "3, 64, 2", "1, 16, 64"})
    void channelsAreMixedDownToTheirMean(final int tag, final int bits, final int channels) throws IOException {
        final Random random = new Random(bits);
        final float[] written = new float[100 * channels];
        final float[] expected = new float[100];
        for (int i = 0; i < written.length; i++) {
            written[i] = (random.nextInt(32) - 16) / 16f;
        }
        for (int i = 0; i < 100; i++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += written[i * channels + c];
            }
            expected[i] = (float) (sum / channels);
        }
        final byte[] wav = Wav.file(Wav.fmt(tag, channels, 8_000, bits), Wav.chunk("data", Wav.samples(tag, bits, written)));
        assertArrayEquals(expected, samples(wav, 13, 9));
    }

    @Test
    void chunksThatAreNotNeededArePassedOver() throws IOException {
        final byte[] odd = Wav.chunk("LIST", new byte[33]);
        final byte[] wav = Wav.file(odd, Wav.chunk("JUNK", new byte[100_000]), Wav.fmt(Wav.PCM, 1, 8_000, 2, 16, new byte[3]),
            Wav.chunk("fact", new byte[4]), odd, Wav.chunk("data", Wav.samples(Wav.PCM, 16, EXACT)), odd);
        assertArrayEquals(EXACT, samples(wav, 1_000, 3));
    }

    @Test
    void samplesThatAreWiderThanTheyAreValidStandAtTheTop() throws IOException {
        final byte[] wav = Wav.file(Wav.fmt(Wav.EXTENSIBLE, 1, 8_000, 3, 24, Wav.extension(Wav.PCM, 20)),
            Wav.chunk("data", Wav.samples(Wav.PCM, 24, EXACT)));
        assertArrayEquals(EXACT, samples(wav, 100, 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 44_100})
    void aFrameIsTheWindowOfItsStep(final int rate) throws IOException {
        final float[] noise = Wav.noise(rate / 5 + 17, 1);
        final List<float[]> frames = frames(Wav.of(rate, noise), 1 << 20);
        final Features features = Features.of(rate);
        assertEquals((noise.length - features.windowSamples()) / features.stepSamples() + 1, frames.size());
        final LogMel logMel = new LogMel(features);
        final float[] expected = new float[40];
        for (int t = 0; t < frames.size(); t++) {
            System.arraycopy(noise, t * features.stepSamples(), logMel.window(), 0, logMel.window().length);
            logMel.apply(expected);
            assertArrayEquals(expected, frames.get(t), "frame " + t);
        }
    }

    @ParameterizedTest
    @CsvSource({"199, 1", "200, 1", "201, 1", "279, 1", "280, 2", "281, 2", "360, 3", "1, 1"})
    void whatDoesNotFillAWindowIsLeftButForTheFirst(final int samples, final int frames) throws IOException {
        assertEquals(frames, frames(Wav.noise(8_000, samples, 1), 64).size());
    }

    @Test
    void aShortRecordingHasZerosAfterIt() throws IOException {
        final float[] noise = Wav.noise(150, 1);
        final List<float[]> frames = frames(Wav.of(8_000, noise), 64);
        assertArrayEquals(frames(Wav.of(8_000, Arrays.copyOf(noise, 200)), 64).get(0), frames.get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 13, 161, 4_097})
    void piecesThatBeginAnywhereAreTheSameFrames(final int piece) throws IOException {
        final float[] noise = Wav.noise(3 * 4_000, 7);
        final byte[] wav = Wav.file(Wav.fmt(Wav.PCM, 3, 16_000, 24), Wav.chunk("data", Wav.samples(Wav.PCM, 24, noise)));
        final List<float[]> whole = frames(wav, wav.length);
        final List<float[]> pieces = frames(wav, piece);
        assertEquals(whole.size(), pieces.size());
        for (int t = 0; t < whole.size(); t++) {
            assertArrayEquals(whole.get(t), pieces.get(t));
        }
    }

    /** The step from frame to frame is larger than the buffer. */
    @Test
    void theFastestAndWidestIsRead() throws IOException {
        final byte[] wav = Wav.file(Wav.fmt(Wav.FLOAT, 64, 768_000, 32), Wav.chunk("data", Streams.floats(Wav.noise(64 * 30_000, 1))));
        assertEquals(2, frames(wav, 100_001).size());
    }

    private byte[] lengthed(final long length, final byte[] data) {
        return Wav.file(Wav.fmt(Wav.PCM, 1, 8_000, 16), Wav.chunk("data", length, data));
    }

    private List<float[]> fileFrames(final byte[] wav) throws IOException {
        final Path file = Files.write(directory.resolve("a.wav"), wav);
        try (FrameStream stream = Input.of(file.toString(), null, 1).open()) {
            return Streams.readAll(stream);
        }
    }

    /** The frames of the same bytes through a FIFO. */
    private List<float[]> fifoFrames(final byte[] wav) throws Exception {
        final Path fifo = directory.resolve("fifo");
        try {
            assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "mkfifo failed");
        } catch (final IOException e) {
            assumeTrue(false, "no mkfifo here");
        }
        final Thread writer = Thread.ofPlatform().daemon().start(() -> {
            try {
                Files.write(fifo, wav);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (FrameStream stream = Input.of(fifo.toString(), null, 1).open()) {
            return Streams.readAll(stream);
        } finally {
            writer.join();
            Files.delete(fifo);
        }
    }

    private static void assertFrames(final List<float[]> expected, final List<float[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int t = 0; t < expected.size(); t++) {
            assertArrayEquals(expected.get(t), actual.get(t), "frame " + t);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {
        0, 0x7fff_0000L, 0x7fff_f000L, 0x7fff_effcL, 0x7fff_ff00L, 0x7fff_ffffL, 0x7fff_ffdbL, 0x7fff_fff7L, 0x8000_0000L,
        0x8000_0024L, 0xffff_ffffL, 0xffff_ffdbL, 0xffff_fff7L, 0xffff_f000L, 0xffff_fffeL})
    @Timeout(30)
    void aPlaceholderForTheLengthMeansToTheEndFromAFileAFifoAndAPipe(final long length) throws Exception {
        final byte[] data = Wav.samples(Wav.PCM, 16, Wav.noise(1_000, 1));
        final List<float[]> expected = frames(Wav.file(Wav.fmt(Wav.PCM, 1, 8_000, 16), Wav.chunk("data", data)), 100);
        assertEquals(11, expected.size());
        for (final byte[] half : new byte[][] {{}, {77}}) {
            final byte[] wav = lengthed(length, Streams.join(data, half));
            assertFrames(expected, frames(wav, 100));
            assertFrames(expected, frames(wav, 1));
            assertFrames(expected, fileFrames(wav));
            assertFrames(expected, fifoFrames(wav));
            final byte[] none = lengthed(length, half);
            final String alone = ": no samples: expected at least one";
            Streams.assertRefused(StreamException.class, () -> frames(none, 100), "s" + alone);
            Streams.assertRefused(StreamException.class, () -> fileFrames(none), directory.resolve("a.wav") + alone);
        }
    }

    /** The rest of a stream is taken for chunks only if it consists of whole chunks. */
    @Test
    void samplesThatBeginLikeAChunkAreSamples() throws IOException {
        final byte[] list = Wav.chunk("LIST", new byte[100]);
        for (final byte[] data : new byte[][] {
            Wav.chunk("LIST", 1_000, new byte[800]), Streams.join(list, Streams.ascii("LIST"), new byte[1]),
            Wav.chunk("LIST", 1L << 20, new byte[1 << 20]),
            Streams.join(list, new byte[700])}) {
            final byte[] wav = lengthed(0, data);
            final int frames = Math.max(1, (data.length / 2 - 200) / 80 + 1);
            assertEquals(frames, frames(wav, 5_000).size());
            assertEquals(frames, fileFrames(wav).size());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 0x7ffe_0000L, 0x8000_0100L, 3_000_000_000L, 0xfffe_fffeL})
    void aLengthThatIsLargerThanWhatIsThereBreaksOff(final long length) throws IOException {
        final byte[] wav = lengthed(length, new byte[80]);
        Streams.assertRefused(StreamException.class, () -> frames(wav, 100),
            "s: ends at byte 124, after 80 bytes of data: expected " + length);
        Streams.assertRefused(StreamException.class, () -> fileFrames(wav),
            "a.wav: ends at byte 124, within the data chunk at byte 36: expected " + length + " bytes, the length of the chunk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RF64", "BW64"})
    void lengthsOf64BitsAreRead(final String magic) throws IOException {
        final byte[] fmt = Wav.fmt(Wav.PCM, 1, 8_000, 16);
        final byte[] data = Wav.samples(Wav.PCM, 16, Wav.noise(1_000, 1));
        final byte[] after = Wav.chunk("LIST", new byte[2_000]);
        final List<float[]> expected = frames(lengthed(2_000, data), 100);
        for (final byte[] wav : new byte[][] {
            Wav.rf64(magic, 2_000, fmt, Wav.chunk("data", 0xffff_ffffL, data), after),
            Wav.rf64(magic, 2_000, fmt, Wav.chunk("data", 0, data), after),
            Wav.rf64(magic, 7_777, fmt, Wav.chunk("data", 2_000, data), after),
            Wav.rf64(magic, 0, fmt, Wav.chunk("data", 0xffff_ffffL, data)),
            Wav.rf64(magic, -1, fmt, Wav.chunk("data", 0xffff_ffffL, data)),
            Wav.rf64(magic, Long.MAX_VALUE, fmt, Wav.chunk("data", 0xffff_ffffL, data), new byte[1])}) {
            assertFrames(expected, frames(wav, 100));
            assertFrames(expected, fileFrames(wav));
        }
    }

    @Test
    void aChunkOfOddSizeMayLackItsPadding() throws IOException {
        final byte[] fmt = Wav.fmt(Wav.PCM, 1, 8_000, 16);
        final byte[] longFmt = Wav.chunk("fmt ", 17, Streams.join(Arrays.copyOfRange(fmt, 8, 24), new byte[1]));
        final byte[] data = Wav.chunk("data", Wav.samples(Wav.PCM, 16, EXACT));
        final byte[] zeros = Wav.chunk("LIST", 3, new byte[3]);
        final byte[] letters = Wav.chunk("JUNK", 3, Streams.ascii("fmt"));
        final byte[] other = Wav.chunk("odd?", 5, new byte[5]);
        for (final byte[] odd : new byte[][] {zeros, letters, other}) {
            for (final String padding : new String[] {"", "\0", " ", "x", "\u00ff"}) {
                final byte[] padded = Streams.join(odd, Streams.ascii(padding));
                assertArrayEquals(EXACT, samples(Wav.file(padded, fmt, padded, data), 1, 8), padding);
                assertArrayEquals(EXACT, samples(Wav.file(longFmt, Streams.ascii(padding), data), 100, 8), padding);
            }
            assertArrayEquals(EXACT, samples(Wav.file(odd, other, odd, fmt, other, zeros, data), 100, 8));
        }
    }

    /** ALSA's S24_LE: the high byte is the sign or undefined. */
    @ParameterizedTest
    @ValueSource(ints = {0, 0xff, 0x5a})
    void samplesOf24BitsInFourBytesAreTheLowerThree(final int upper) throws IOException {
        final byte[] packed = Wav.samples(Wav.PCM, 24, EXACT);
        final byte[] wide = new byte[EXACT.length * 4];
        for (int i = 0; i < EXACT.length; i++) {
            System.arraycopy(packed, 3 * i, wide, 4 * i, 3);
            wide[4 * i + 3] = (byte) upper;
        }
        final byte[] wav = Wav.file(Wav.fmt(Wav.PCM, 1, 8_000, 4, 24, new byte[0]), Wav.chunk("data", wide));
        assertArrayEquals(EXACT, samples(wav, 100, 8));
        final byte[] stereo = Wav.file(Wav.fmt(Wav.PCM, 2, 8_000, 8, 24, new byte[0]), Wav.chunk("data", wide));
        assertEquals((EXACT[2] + EXACT[3]) / 2, samples(stereo, 100, 8)[1]);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32})
    void samplesOf24ValidBitsInAContainerOf32StandAtTheTop(final int bits) throws IOException {
        final byte[] wav = Wav.file(Wav.fmt(Wav.EXTENSIBLE, 1, 8_000, 4, bits, Wav.extension(Wav.PCM, 24)),
            Wav.chunk("data", Wav.samples(Wav.PCM, 32, EXACT)));
        assertArrayEquals(EXACT, samples(wav, 100, 8));
    }

    @Test
    void aFileIsARecordingWithoutALabel() throws IOException {
        final Path file = Files.write(directory.resolve("a_b.wav"), Wav.noise(11_025, 1_000, 1));
        final Input input = Input.of(file.toString(), null, 1);
        assertTrue(input.regularFile());
        assertNull(input.recordings());
        try (FrameStream stream = input.open()) {
            assertEquals(file.toString(), stream.name());
            assertEquals(List.of(), stream.labels());
            assertEquals(40, stream.width());
            assertEquals(Features.of(11_025), stream.features());
            assertEquals(11_025 / 110.0, stream.framesPerSecond());
            assertTrue(stream.read(new float[40]));
            assertNull(stream.recording());
        }
    }

    @Test
    void aStreamThatBreaksOffSaysWhere() throws IOException {
        final byte[] whole = Wav.noise(8_000, 1_000, 1);
        final FrameStream stream = Input.open("s", Streams.pieces(Arrays.copyOf(whole, 44 + 721), 100), null);
        final float[] frame = new float[40];
        assertTrue(stream.read(frame));
        assertTrue(stream.read(frame));
        assertTrue(stream.read(frame));
        Streams.assertRefused(StreamException.class, () -> stream.read(frame), "s: ends at byte 765 in the middle of a block: expected all 2 bytes of the block");
        final FrameStream even = Input.open("s", Streams.pieces(Arrays.copyOf(whole, 44 + 720), 100), null);
        Streams.assertRefused(StreamException.class, () -> Streams.readAll(even),
            "s: ends at byte 764, after 720 bytes of data: expected 2000");
    }

    @Test
    void aHeaderThatIsCutAnywhereIsRefusedAndWhatWasOpenedIsClosed() {
        final byte[] wav = Wav.file(Wav.chunk("LIST", new byte[3]), Wav.fmt(Wav.PCM, 1, 8_000, 16), Wav.chunk("data", new byte[2]));
        for (int n = 4; n < wav.length; n++) {
            final byte[] cut = Arrays.copyOf(wav, n);
            final var channel = Streams.pieces(cut, n);
            final String message = assertThrows(StreamException.class, () -> {
                final FrameStream stream = Input.open("s", channel, null);
                stream.read(new float[40]);
            }, n + " bytes").getMessage();
            assertTrue(message.startsWith("s: ") && message.contains(" " + n), n + ": " + message);
            assertFalse(n < wav.length - 2 && channel.isOpen(), n + " bytes");
        }
    }

    @Test
    void edgedNoiseIsReadOrRefused() throws IOException {
        final byte[] wav = Wav.file(Wav.fmt(Wav.PCM, 2, 8_000, 16), Wav.chunk("data", new byte[400]));
        final Random random = new Random(11);
        int read = 0;
        for (int i = 0; i < 5_000; i++) {
            final byte[] edited = wav.clone();
            for (int j = random.nextInt(3); j >= 0; j--) {
                edited[4 + random.nextInt(44)] = (byte) random.nextInt();
            }
            try {
                frames(edited, 1_000);
                read++;
            } catch (final StreamException e) {
                assertEquals(1, e.getMessage().lines().count());
            }
        }
        assertTrue(read > 100 && read < 4_900, read + " of 5000 were read");
    }
}
