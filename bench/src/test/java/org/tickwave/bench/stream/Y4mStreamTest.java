package org.tickwave.bench.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.input.Input;

class Y4mStreamTest {
    private static final String HEADER = "YUV4MPEG2 W16 H16 F30:1";

    private static byte[] frame(final String header, final int luma, final int lumaBytes, final int chromaBytes) {
        final byte[] bytes = new byte[lumaBytes];
        Arrays.fill(bytes, (byte) luma);
        final byte[] chroma = new byte[chromaBytes];
        Arrays.fill(chroma, (byte) 77);
        return Streams.join(Streams.ascii(header), bytes, chroma);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 16, 16, 128", "' C420', 16, 16, 128", "' C420jpeg', 16, 16, 128", "' C420mpeg2', 16, 16, 128",
        "' C420paldv', 16, 16, 128", "' C422', 16, 16, 256", "' C444', 16, 16, 512", "' Cmono', 16, 16, 0",
        "' C420', 17, 13, 126", "' C422', 17, 13, 234", "' C444', 17, 13, 442", "' Cmono', 17, 13, 0",
        "' C420jpeg', 1, 1, 2", "' C422', 1, 1, 2",
        "' Ip A128:117 C420jpeg XYSCSS=420JPEG XCOLORRANGE=LIMITED', 16, 16, 128",
        "' I? A0:0', 16, 16, 128"
    })
    void everyFrameIsFoundBehindTheChromaOfTheOneBefore(final String more, final int width, final int height,
        final int chroma) throws IOException {
        final byte[] header = Streams.ascii("YUV4MPEG2 W" + width + " H" + height + " F30000:1001" + more + "\n");
        final int luma = width * height;
        final byte[] all = Streams.join(header, frame("FRAME\n", 0, luma, chroma),
            frame("FRAME Ippp XCOMMENT\n", 51, luma, chroma), frame("FRAME \n", 255, luma, chroma));
        for (final int piece : new int[] {1, 100, all.length}) {
            final FrameStream stream = Input.open("s", Streams.pieces(all, piece), null);
            assertEquals(30000 / 1001.0, stream.framesPerSecond());
            assertEquals(16 * AreaGrid.rows(width, height), stream.width());
            final List<float[]> frames = Streams.readAll(stream);
            assertEquals(3, frames.size());
            final float[] expected = {-.5f, (float) (51 / 255.0 - .5), .5f};
            for (int t = 0; t < 3; t++) {
                for (final float v : frames.get(t)) {
                    assertEquals(expected[t], v);
                }
            }
        }
    }

    @Test
    void sixteenBySixteenIsWhatTheSameBytesAreRaw() throws IOException {
        final byte[] luma = new byte[256];
        for (int i = 0; i < 256; i++) {
            luma[i] = (byte) (i * 37);
        }
        final byte[] y4m = Streams.join(Streams.ascii(HEADER + " Cmono\nFRAME\n"), luma);
        assertArrayEquals(Streams.readAll(Streams.open(luma, Format.parse("u8:256@30"))).getFirst(),
            Streams.readAll(Streams.open(y4m, null)).getFirst());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "YUV4MPEG2                        | YUV4MPEG2 W... H... F...",
        "YUV4MPEG2W16 H16 F30:1           | YUV4MPEG2 W... H... F...",
        "YUV4MPEG2 H16 F30:1              | has no W: expected a width from 1 to 16384",
        "YUV4MPEG2 W16 F30:1              | has no H: expected a height from 1 to 16384",
        "YUV4MPEG2 W0 H16 F30:1           | W0: expected a width from 1 to 16384",
        "YUV4MPEG2 W H16 F30:1            | W: expected a width",
        "YUV4MPEG2 W-16 H16 F30:1         | W-16: expected a width",
        "YUV4MPEG2 W16x H16 F30:1         | W16x: expected a width",
        "YUV4MPEG2 W16 H0 F30:1           | H0: expected a height from 1 to 16384",
        "YUV4MPEG2 W16385 H16 F30:1       | W16385: expected a width from 1 to 16384",
        "YUV4MPEG2 W16 H99999999999 F30:1 | H99999999999: expected a height from 1 to 16384",
        "YUV4MPEG2 W4294967312 H16 F30:1  | W4294967312: expected a width",
        "YUV4MPEG2 W16 H1040 F30:1        | W16 H1040: expected a height of at most 64 times the width",
        "YUV4MPEG2 W16 H16 F30            | F30: expected frames a second",
        "YUV4MPEG2 W16 H16 F29.97         | F29.97: expected frames a second",
        "YUV4MPEG2 W16 H16 F-30:-1        | F-30:-1: expected frames a second",
        "YUV4MPEG2 W16 H16 F30:1 It       | It: interlaced",
        "YUV4MPEG2 W16 H16 F30:1 Ib       | Ib: interlaced",
        "YUV4MPEG2 W16 H16 F30:1 Im       | Im: interlaced",
        "YUV4MPEG2 W16 H16 F30:1 Ix       | Ix: expected Ip",
        "YUV4MPEG2 W16 H16 F30:1 I        | I: expected Ip",
        "YUV4MPEG2 W16 H16 F30:1 A1       | A1: expected the aspect ratio of a pixel",
        "YUV4MPEG2 W16 H16 F30:1 C420p10  | C420p10: more than 8 bits a sample",
        "YUV4MPEG2 W16 H16 F30:1 C422p16  | C422p16: more than 8 bits a sample",
        "YUV4MPEG2 W16 H16 F30:1 C444p12  | C444p12: more than 8 bits a sample",
        "YUV4MPEG2 W16 H16 F30:1 Cmono16  | Cmono16: more than 8 bits a sample",
        "YUV4MPEG2 W16 H16 F30:1 C444alpha | C444alpha: alpha planes are not supported",
        "YUV4MPEG2 W16 H16 F30:1 C411     | C411: expected C420 (jpeg, mpeg2, paldv), C422, C444 or Cmono",
        "YUV4MPEG2 W16 H16 F30:1 C        | C: expected C420",
        "YUV4MPEG2 W16 H16 F30:1 C420JPEG | C420JPEG: expected C420",
        "YUV4MPEG2 W16 W16 H16 F30:1      | W16: expected one W, but W16 is before it",
        "YUV4MPEG2 W16 H16 F30:1 C420 C444 | C444: expected one C, but C420 is before it",
        "YUV4MPEG2 W16 H16 F30:1 Q7       | Q7: expected W, H, F, I, A, C or X",
        "YUV4MPEG2 W16 H16 F30:1 w16      | w16: expected W, H, F, I, A, C or X",
        "YUV4MPEG2  W16 H16 F30:1         | empty parameter: expected one space before each parameter",
        "'YUV4MPEG2 W16 H16 F30:1 '       | empty parameter: expected one space before each parameter",
        "'YUV4MPEG2 '                     | empty parameter: expected one space before each parameter",
    })
    void aHeaderIsRefusedByItsParameterAndWhatWasExpected(final String header, final String expected) {
        final byte[] bytes = Streams.join(Streams.ascii(header + "\n"), frame("FRAME\n", 1, 256, 128));
        Streams.assertRefused(StreamException.class, () -> Streams.open(bytes, null), "s: header ", expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " F0:0", " F30:0", " F0:1", " F1000001:1"})
    void aRateThatIsNotSaidIsLeftToWhoKnows(final String rate) throws IOException {
        final byte[] bytes = Streams.join(Streams.ascii("YUV4MPEG2 W16 H16" + rate + "\n"), frame("FRAME\n", 1, 256, 128));
        final FrameStream stream = Streams.open(bytes, null);
        assertTrue(Double.isNaN(stream.framesPerSecond()));
        assertEquals(1, Streams.readAll(stream).size());
    }

    @Test
    void aHeaderThatIsNoTextIsRefusedWithOneLine() {
        Streams.assertRefused(StreamException.class,
            () -> Streams.open(Streams.ascii("YUV4MPEG2 W16\r H16\0 F30:1\n"), null), "W16\\x0d: expected a width");
        Streams.assertRefused(StreamException.class,
            () -> Streams.open(Streams.ascii("YUV4MPEG2 W16 \u0085\u00ff\n"), null), "\\x85");
    }

    @Test
    void aHeaderWithoutEndIsRefused() {
        Streams.assertRefused(StreamException.class, () -> Streams.open(Streams.ascii(HEADER), null),
            "s: ends at byte 23, within its header", "YUV4MPEG2");
        Streams.assertRefused(StreamException.class, () -> Streams.open(Streams.ascii(HEADER + " X".repeat(10_000)), null),
            "s: header begins with \"YUV4MPEG2 W16 H1\"", "at most 1024 bytes");
    }

    @Test
    void aHeaderWithoutAFrameIsRefused() throws IOException {
        final FrameStream stream = Streams.open(Streams.ascii(HEADER + "\n"), null);
        Streams.assertRefused(StreamException.class, () -> stream.read(new float[256]),
            "s: ends at byte 24, after its header: expected FRAME");
    }

    // A header of 24 bytes, then two whole frames of 6 + 256 + 128 bytes. The third frame begins at byte 804.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "F                 | ends at byte 805, within the header line of frame 3: expected FRAME",
        "FRAME             | ends at byte 809, within the header line of frame 3: expected FRAME",
        "FRAME Ip          | ends at byte 812, within the header line of frame 3: expected FRAME",
        "FRAME~            | ends at byte 810, within frame 3, after 0 of its 384 bytes",
        "FRAME~abc         | ends at byte 813, within frame 3, after 3 of its 384 bytes",
        "frame~            | frame 3 begins with \"frame\\n\" at byte 804: expected FRAME",
        "FRAMES~           | frame 3 begins with \"FRAMES\\n\" at byte 804: expected FRAME",
        "~FRAME            | frame 3 begins with \"\\nFRAME\" at byte 804: expected FRAME",
        "\u00ff\"xxxxxxxxxxxxxxxxx | frame 3 begins with \"\\xff\\\"xxxxxxxxxxxxxx\" at byte 804: expected FRAME",
    })
    void aStreamThatBreaksIsReadUpToThere(final String rest, final String expected) throws IOException {
        final byte[] whole = Streams.join(Streams.ascii(HEADER + "\n"), frame("FRAME\n", 1, 256, 128),
            frame("FRAME\n", 2, 256, 128));
        assertEquals(804, whole.length);
        final FrameStream stream = Streams.open(Streams.join(whole, Streams.ascii(rest.replace('~', '\n'))), null);
        final float[] frame = new float[256];
        assertTrue(stream.read(frame));
        assertTrue(stream.read(frame));
        Streams.assertRefused(StreamException.class, () -> stream.read(frame), "s: " + expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 255, 256, 300, 383})
    void anEndInLumaOrChromaSaysHowFarTheFrameCame(final int bytes) throws IOException {
        final FrameStream stream = Streams.open(Streams.join(Streams.ascii(HEADER + "\nFRAME\n"), new byte[bytes]), null);
        Streams.assertRefused(StreamException.class, () -> stream.read(new float[256]),
            "ends at byte " + (30 + bytes) + ", within frame 1, after " + bytes + " of its 384 bytes");
    }

    @Test
    void aFrameHeaderWithoutEndIsRefused() throws IOException {
        final FrameStream stream = Streams.open(Streams.ascii(HEADER + "\nFRAME " + "X".repeat(100_000)), null);
        Streams.assertRefused(StreamException.class, () -> stream.read(new float[256]),
            "frame 1 begins with \"FRAME XXXXXXXXXX\" at byte 24", "at most 256 bytes");
    }
}
