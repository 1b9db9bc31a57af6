package org.tickwave.bench.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;

class BrokenWavTest {
    private static final String CODINGS = ": expected integers of 8, 16, 24 or 32 bits (format 1), or floats of 32 or 64 bits (format 3)";
    private static final String RIFF = ": expected RIFF, RF64 or BW64, a length and WAVE";
    private static final String ALONE = ": no samples: expected at least one";
    private static final byte[] FMT = Wav.fmt(Wav.PCM, 1, 8_000, 16);
    private static final byte[] DATA = Wav.chunk("data", new byte[400]);

    @TempDir
    private Path directory;

    static Stream<Arguments> broken() {
        final byte[] noise = Streams.join(Streams.ascii("RIFF"), Wav.samples(Wav.PCM, 16, Wav.noise(100, 1)));
        return Stream.of(
            broken("\"" + RIFF, noise),
            broken(": begins with \"RIFX\\x98\\x01\\x00\\x00WAVE\" (big-endian)" + RIFF, magic("RIFX")),
            broken(": begins with \"RF64\\x98\\x01\\x00\\x00AVE \"" + RIFF,
                Streams.join(Streams.ascii("RF64"), Wav.int32(408), Streams.ascii("AVE "))),
            broken(": ends at byte 8, within its header" + RIFF, Arrays.copyOf(Wav.file(), 8)),
            broken(": ends at byte 12, without a fmt chunk: expected fmt, then data", Wav.file()),
            broken(": ends at byte 36, without a data chunk: expected fmt, then data", Wav.file(FMT)),
            broken(": ends at byte 39, within a chunk's name and length: expected fmt, then data", Wav.file(FMT, new byte[3])),
            broken(ALONE, Wav.file(FMT, Wav.chunk("data", new byte[0]))),
            broken(ALONE,
                Wav.file(FMT, Wav.chunk("data", 0xffff_ffffL, new byte[0]))),
            broken(": data chunk at byte 12 without a fmt chunk before: expected fmt, then data", Wav.file(DATA, FMT)),
            broken(": second fmt chunk at byte 36: expected one", Wav.file(FMT, FMT, DATA)),
            broken(": ends at byte 444, within the data chunk at byte 36: expected 401 bytes, the length of the chunk",
                Wav.file(FMT, Wav.chunk("data", 401, new byte[400]))),
            broken(": ends at byte 444, within the data chunk at byte 36: expected 4294901758 bytes, the length of the chunk",
                Wav.file(FMT, Wav.chunk("data", 0xfffe_fffeL, new byte[400]))),
            broken(": ends at byte 444, within the data chunk at byte 36: expected 2147418110 bytes, the length of the chunk",
                Wav.file(FMT, Wav.chunk("data", 0x7ffe_fffeL, new byte[400]))),
            broken(": ends at byte 444, within the data chunk at byte 36: expected 2147483904 bytes, the length of the chunk",
                Wav.file(FMT, Wav.chunk("data", 0x8000_0100L, new byte[400]))),
            broken(": ends at byte 480, within the data chunk at byte 72: expected 402 bytes, the length of the chunk",
                Wav.rf64("RF64", 402, FMT, Wav.chunk("data", 0xffff_ffffL, new byte[400]))),
            broken(": ends at byte 480, within the data chunk at byte 72: expected 9223372036854710270 bytes, the length of the chunk",
                Wav.rf64("BW64", 0x7fff_ffff_fffe_fffeL, FMT, Wav.chunk("data", 0xffff_ffffL, new byte[400]))),
            broken(": ends at byte 32, within ds64: expected the lengths of the file and of the data",
                Arrays.copyOf(Wav.rf64("RF64", 402, FMT), 32)),
            broken(": data of 401 bytes: expected a multiple of 2 bytes, the size of one sample of each channel",
                Wav.file(FMT, Wav.chunk("data", new byte[401]))),
            broken(ALONE, Wav.file(FMT, Wav.chunk("data", 0, new byte[1]))),
            broken(ALONE, Wav.file(FMT, Wav.chunk("data", 0x7fff_f000L, new byte[1]))),
            broken(ALONE, Wav.file(FMT, Wav.chunk("data", 0, Wav.chunk("LIST", new byte[33])), Wav.chunk("id3 ", new byte[70_000]))),
            broken(ALONE, Wav.file(FMT, Wav.chunk("data", 0, Wav.chunk("LIST", 33, new byte[33])))),
            broken(ALONE, Wav.rf64("RF64", 0, FMT, Wav.chunk("data", 0xffff_ffffL, Wav.chunk("LIST", new byte[2])))),
            broken(": ends at byte 444, within chunk \"LIST\" at byte 36: expected 401 bytes, the length of the chunk",
                Wav.file(FMT, Wav.chunk("LIST", 401, new byte[400]))),
            broken(": fmt chunk of 14 bytes: expected at least 16", Wav.file(Wav.chunk("fmt ", new byte[14]), DATA)),
            broken(": ends at byte 30, within the fmt chunk: expected 16 bytes, the length of the chunk", Arrays.copyOf(Wav.file(FMT), 30)),
            broken(": format 0" + CODINGS, fmt(Wav.fmt(0, 1, 8_000, 16))),
            broken(": format 2 (Microsoft ADPCM)" + CODINGS, fmt(Wav.fmt(2, 1, 8_000, 4))),
            broken(": format 7 (mu-law)" + CODINGS, fmt(Wav.fmt(7, 1, 8_000, 8))),
            broken(": format 85 (MP3)" + CODINGS, fmt(Wav.fmt(0x55, 1, 8_000, 0))),
            broken(": format 7 (mu-law)" + CODINGS, fmt(extensible(7, 8, 8))),
            broken(": integers of 64 bits" + CODINGS, fmt(Wav.fmt(Wav.PCM, 1, 8_000, 64))),
            broken(": format 6 (A-law)" + CODINGS, fmt(Wav.fmt(6, 1, 8_000, 8))),
            broken(": integers of 12 bits" + CODINGS, fmt(Wav.fmt(Wav.PCM, 1, 8_000, 12))),
            broken(": floats of 16 bits" + CODINGS, fmt(Wav.fmt(Wav.FLOAT, 1, 8_000, 16))),
            broken(": 17 valid bits in samples of 16 bits: expected at most 16", fmt(extensible(Wav.PCM, 16, 17))),
            broken(": fmt chunk of 16 bytes: expected at least 40 for an extensible format",
                fmt(Wav.fmt(Wav.EXTENSIBLE, 1, 8_000, 16))),
            broken(": fmt chunk with an extension of 20 bytes: expected at least 22 for an extensible format",
                fmt(edited(extensible(Wav.PCM, 16, 16), 8 + 16, 20))),
            broken(": extensible format \"\\x01\\x00\\x00\\x00\\x00\\x00\\x10\\x00\\x80\\x00\\x00\\xaa\\x008\\x9br\"" + CODINGS,
                fmt(edited(extensible(Wav.PCM, 16, 16), 8 + 39, 'r'))),
            broken(": 0 channels: expected 1 to 64", fmt(Wav.fmt(Wav.PCM, 0, 8_000, 16))),
            broken(": 65 channels: expected 1 to 64", fmt(Wav.fmt(Wav.PCM, 65, 8_000, 16))),
            broken(": 0 samples a second: expected 1000 to 768000", fmt(Wav.fmt(Wav.PCM, 1, 0, 16))),
            broken(": 768001 samples a second: expected 1000 to 768000", fmt(Wav.fmt(Wav.PCM, 1, 768_001, 16))),
            broken(": 4294967295 samples a second: expected 1000 to 768000", fmt(Wav.fmt(Wav.PCM, 1, -1, 16))),
            broken(": blocks of 4 bytes: expected 2 for 1 channel of 16 bits",
                fmt(Wav.fmt(Wav.PCM, 1, 8_000, 4, 16, new byte[0]))),
            broken(": blocks of 0 bytes: expected 4 for 2 channels of 16 bits",
                fmt(Wav.fmt(Wav.PCM, 2, 8_000, 0, 16, new byte[0]))));
    }

    private static Arguments broken(final String message, final byte[] bytes) {
        return Arguments.of(message, bytes);
    }

    private static byte[] magic(final String magic) {
        return Streams.join(Streams.ascii(magic), Wav.int32(408), Streams.ascii("WAVE"), DATA);
    }

    private static byte[] fmt(final byte[] fmt) {
        return Wav.file(fmt, DATA);
    }

    private static byte[] extensible(final int tag, final int bits, final int validBits) {
        return Wav.fmt(Wav.EXTENSIBLE, 1, 8_000, bits / 8, bits, Wav.extension(tag, validBits));
    }

    private static byte[] edited(final byte[] bytes, final int at, final int value) {
        final byte[] edited = bytes.clone();
        edited[at] = (byte) value;
        return edited;
    }

    @ParameterizedTest
    @MethodSource("broken")
    void isRefusedWithOneLineThatSaysWhy(final String message, final byte[] bytes) throws IOException {
        final String path = Files.write(directory.resolve("b.wav"), bytes).toString();
        final String actual = assertThrows(StreamException.class, () -> {
            try (FrameStream stream = Input.of(path, null, 1).open()) {
                Streams.readAll(stream);
            }
        }).getMessage();
        assertEquals(path + message, message.startsWith("\"") ? path + actual.substring(actual.indexOf("\": ")) : actual);
        assertEquals(1, actual.lines().count());
    }

    /** One broken recording is enough: the directory is refused before learning starts. */
    @ParameterizedTest
    @MethodSource("broken")
    void isRefusedInADirectoryBeforeAnythingIsRead(final String message, final byte[] bytes) throws IOException {
        for (final String name : new String[] {"a_1.wav", "a_2.wav", "b_1.wav", "b_2.wav"}) {
            Files.write(directory.resolve(name), Wav.noise(8_000, 400, 1));
        }
        final Path broken = Files.write(directory.resolve("a_3.wav"), bytes);
        Streams.assertRefused(StreamException.class, () -> Input.of(directory.toString(), null, 1), broken + ": ", message);
    }

    @Test
    void whatIsFromAPipeIsRefusedToo() {
        final byte[] wav = Wav.file(FMT, Wav.chunk("LIST", 0xffff_fff0L, new byte[400]));
        Streams.assertRefused(StreamException.class, () -> Input.open("s", Streams.pieces(wav, 7), null),
            "s: ends at byte 444, within chunk \"LIST\" at byte 36: expected 4294967280 bytes, the length of the chunk");
    }
}
