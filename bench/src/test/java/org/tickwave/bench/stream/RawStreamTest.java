package org.tickwave.bench.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.input.Input;

class RawStreamTest {
    @Test
    void littleEndianFloatsComeAsTheyAre() throws IOException {
        final byte[] bytes = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0, 1, 0, 0, 0, 0, 0, 0, (byte) 0x80};
        final List<float[]> frames = Streams.readAll(Streams.open(bytes, Format.parse("f32:2@360")));
        assertEquals(2, frames.size());
        assertArrayEquals(new float[] {1, -2}, frames.get(0));
        assertArrayEquals(new float[] {Float.MIN_VALUE, -0f}, frames.get(1));
    }

    @Test
    void numbersThatAreNotGoodArePassedOn() throws IOException {
        final float[] bad = {Float.NaN, Float.POSITIVE_INFINITY, 0x1p31f, -Float.MAX_VALUE};
        assertArrayEquals(bad, Streams.readAll(Streams.open(Streams.floats(bad), Format.parse("f32:4@1"))).getFirst());
    }

    @Test
    void bytesAreCentred() throws IOException {
        final byte[] bytes = new byte[256];
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
        }
        final float[] frame = Streams.readAll(Streams.open(bytes, Format.parse("u8:256@30"))).getFirst();
        for (int i = 0; i < 256; i++) {
            assertEquals((float) (i / 255.0 - .5), frame[i]);
        }
        assertEquals(-.5f, frame[0]);
        assertEquals(.5f, frame[255]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 4_096, 65_536, 1_000_000})
    void framesAreTheSameInWhateverPiecesTheyCome(final int piece) throws IOException {
        // The buffer is no multiple of frames of 1,237 numbers, and is smaller than frames of 20,000 numbers.
        for (final int width : new int[] {1, 2, 1_237, 20_000}) {
            final Random random = new Random(width);
            final float[] all = new float[width * (60_000 / width)];
            for (int i = 0; i < all.length; i++) {
                all[i] = random.nextFloat();
            }
            final Format format = new Format(Format.Numbers.F32, width, 1);
            final List<float[]> frames =
                Streams.readAll(Input.open("s", Streams.pieces(Streams.floats(all), piece), format));
            assertEquals(all.length / width, frames.size());
            for (int t = 0; t < frames.size(); t++) {
                for (int i = 0; i < width; i++) {
                    assertEquals(all[t * width + i], frames.get(t)[i]);
                }
            }
        }
    }

    @Test
    void aFrameIsThereAsSoonAsItsLastByte() throws IOException {
        // A read beyond the frame would wait for ever on a pipe. Here the second read finds no bytes.
        final int[] reads = {0};
        final ReadableByteChannel pipe = Streams.pieces(new byte[100], 4);
        final FrameStream stream = Input.open("s", new ReadableByteChannel() {
            @Override
            public int read(final ByteBuffer to) throws IOException {
                reads[0]++;
                return pipe.read(to);
            }

            @Override
            public boolean isOpen() {
                return pipe.isOpen();
            }

            @Override
            public void close() throws IOException {
                pipe.close();
            }
        }, Format.parse("u8:4@1"));
        assertEquals(0, reads[0]);
        final float[] frame = new float[4];
        for (int t = 1; t <= 5; t++) {
            assertTrue(stream.read(frame));
            assertEquals(t, reads[0]);
        }
        stream.close();
        assertFalse(pipe.isOpen());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "f32:2@360 |     7 | byte 7   | frame 1  | 7 of its 8 bytes",
        "f32:2@360 |     9 | byte 9   | frame 2  | 1 of its 8 bytes",
        "f32:2@360 |   100 | byte 100 | frame 13 | 4 of its 8 bytes",
        "u8:256@30 |   257 | byte 257 | frame 2  | 1 of its 256 bytes",
        "u8:256@30 | 65791 | byte 65791 | frame 257 | 255 of its 256 bytes",
        "u8:65536@30 | 131073 | byte 131073 | frame 3 | 1 of its 65536 bytes",
    })
    void aStreamThatEndsWithinAFrameIsReadUpToThereAndThenBreaks(final String format, final int bytes, final String at,
        final String frame, final String of) throws IOException {
        final FrameStream stream = Input.open("s", Streams.pieces(new byte[bytes], 1_000), Format.parse(format));
        final float[] into = new float[stream.width()];
        final int whole = bytes / Format.parse(format).frameBytes();
        for (int t = 0; t < whole; t++) {
            assertTrue(stream.read(into));
        }
        Streams.assertRefused(StreamException.class, () -> stream.read(into), "s: ", at + ",", frame + ",", of,
            "expected whole frames");
    }

    @Test
    void aStreamWithoutBytesIsRefused() throws IOException {
        final FrameStream stream = Streams.open(new byte[0], Format.parse("u8:16@1"));
        Streams.assertRefused(StreamException.class, () -> stream.read(new float[16]), "s: empty", "frames of 16 bytes");
    }

    @Test
    void whatCannotBeReadSaysWhichStreamAndWhere() throws IOException {
        final ReadableByteChannel pipe = Streams.pieces(new byte[6], 6);
        final FrameStream stream = Input.open("s", new ReadableByteChannel() {
            @Override
            public int read(final ByteBuffer to) throws IOException {
                final int n = pipe.read(to);
                if (n < 0) {
                    throw new IOException("disk on fire");
                }
                return n;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // The channel holds no resource.
            }
        }, Format.parse("u8:4@1"));
        assertTrue(stream.read(new float[4]));
        for (int time = 0; time < 2; time++) {
            Streams.assertRefused(IOException.class, () -> stream.read(new float[4]),
                "s: cannot be read at byte 6: disk on fire");
        }
    }
}
