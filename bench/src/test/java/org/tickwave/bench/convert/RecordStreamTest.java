package org.tickwave.bench.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;

class RecordStreamTest {
    private static final int MISSING = -2048;

    @TempDir
    private Path directory;

    private RecordStream open(final String header) throws IOException {
        return RecordStream.open("r.hea", Records.header(directory, header));
    }

    private void file(final String name, final byte[] bytes) throws IOException {
        Files.write(directory.resolve(name), bytes);
    }

    private static float[] all(final RecordStream stream) throws IOException {
        final List<float[]> frames = Streams.readAll(stream);
        final float[] all = new float[frames.size() * stream.width()];
        for (int t = 0; t < frames.size(); t++) {
            System.arraycopy(frames.get(t), 0, all, t * stream.width(), stream.width());
        }
        return all;
    }

    private void refused(final String header, final String... parts) {
        Streams.assertRefused(StreamException.class, () -> {
            try (RecordStream stream = open(header)) {
                all(stream);
            }
        }, parts);
    }

    /** More samples than a buffer has, so that pairs lie across its end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void everySampleComesBack(final int signals) throws IOException {
        final long seed = 11 + signals;
        final int[] samples = new SplittableRandom(seed).ints(signals * 9_999L, -2_047, 2_048).toArray();
        file("r.dat", Records.packed(samples));
        final StringBuilder header = new StringBuilder("r " + signals + " 360 9999");
        for (int s = 0; s < signals; s++) {
            header.append("; r.dat 212 100(7) 12 0 ").append(samples[s]).append(' ').append(Records.checksum(samples, s, signals)).append(" 0");
        }
        final float[] expected = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            expected[i] = (float) ((samples[i] - 7) / 100.0);
        }
        try (RecordStream stream = open(header.toString())) {
            assertArrayEquals(expected, all(stream), "seed " + seed);
            assertEquals(List.of(), stream.initialValues());
            assertEquals(List.of(), stream.checksums());
        }
    }

    @Test
    void theLeastAndTheGreatestSample() throws IOException {
        file("r.dat", Records.packed(-2047, 2047, -1, 0, 1));
        try (RecordStream stream = open("r 1 360 5; r.dat 212 1")) {
            assertArrayEquals(new float[] {-2047, 2047, -1, 0, 1}, all(stream));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "r.dat 212                     | 1000 | 5",
        "r.dat 212 0                   | 1000 | 5",
        "r.dat 212 0.0/uV              | 1000 | 5",
        "r.dat 212 50                  | 1000 | 20",
        "r.dat 212 .5e2                | 1000 | 20",
        "r.dat 212 200 11 1024         | 1023 | -.005",
        "r.dat 212 200(1024)/mV        | 1023 | -.005",
        "r.dat 212 200(-24)/mV 11 1024 | 176  | 1",
        "r.dat 212 -200 11 0           | 100  | -.5",
        "r.dat 212x1:0+0 100/mmHg 0    | -150 | -1.5",
        "r.dat 16 1                    | -32767 | -32767"})
    void gainBaselineAndZeroHaveDefaults(final String line, final int sample, final float expected) throws IOException {
        file("r.dat", line.contains("212") ? Records.packed(sample) : Records.shorts(sample));
        try (RecordStream stream = open("r 1; " + line)) {
            assertArrayEquals(new float[] {expected}, all(stream));
            assertEquals(250, stream.framesPerSecond());
            assertEquals(List.of("signal 0"), stream.names());
            assertEquals(line.contains("mmHg") ? "mmHg" : line.contains("uV") ? "uV" : "mV", stream.units().getFirst());
        }
    }

    @ParameterizedTest
    @CsvSource({"360, 360", "360., 360", "3.6e2, 360", "360/1(0), 360", "128/0, 128", "250.5/0.5(-1e3), 250.5", ".5, .5"})
    void aCounterFrequencyMayFollowTheSamplingFrequency(final String field, final double expected) throws IOException {
        file("r.dat", Records.packed(1, 2));
        try (RecordStream stream = open("r 1 " + field + " 2 13:5:0 25/4/1989; r.dat 212")) {
            assertEquals(expected, stream.framesPerSecond());
            assertEquals(2, all(stream).length);
        }
    }

    @Test
    void commentsEmptyLinesTabsAndReturnsAreAllowed() throws IOException {
        file("my.dat", Records.packed(1, 2, 3, 4));
        final String header = "# about\r; \r;   # more\r; r\t2  360 2\r; \r; my.dat 212 1 12 0 1 4 0 MLII, modified\r; #; "
            + "my.dat 212 1 12 0 2 6 0 MLII, modified\r; extra; # info\r";
        try (RecordStream stream = open(header)) {
            assertArrayEquals(new float[] {1, 2, 3, 4}, all(stream));
            assertEquals(List.of("MLII, modified", "MLII, modified 2"), stream.names());
            assertEquals(List.of(), stream.checksums());
        }
    }

    @Test
    void eachFileHasItsSignalsFormatAndOffset() throws IOException {
        file("a.dat", Streams.join(new byte[70_000], Records.packed(1, 2, 5, 6)));
        file("b.dat", Records.shorts(-300, 300));
        final Path sub = Files.createDirectory(directory.resolve("sub"));
        Files.write(sub.resolve("c.dat"), Records.packed(9, 10));
        try (RecordStream stream =
            open("r 4 100; a.dat 212+70000 1; a.dat 212+70000 1; b.dat 16 100; sub/c.dat 212 1 12 8")) {
            assertArrayEquals(new float[] {1, 2, -3, 1, 5, 6, 3, 2}, all(stream));
        }
    }

    @Test
    void aMissingSampleIsNoNumber() throws IOException {
        file("a.dat", Records.packed(5, MISSING, 7));
        file("b.dat", Records.shorts(MISSING, -32768, 3));
        try (RecordStream stream = open("r 2; a.dat 212 1; b.dat 16 1")) {
            assertArrayEquals(new float[] {5, -2048, Float.NaN, Float.NaN, 7, 3}, all(stream));
        }
    }

    /** A writer may fill the last pair with a zero, which is a sample of its own only if there is one signal. */
    @Test
    void aFilledPairIsNoFrame() throws IOException {
        file("r.dat", Records.packed(1, 2, 3, 0));
        try (RecordStream stream = open("r 3; r.dat 212 1; r.dat 212 1; r.dat 212 1")) {
            assertArrayEquals(new float[] {1, 2, 3}, all(stream));
        }
        try (RecordStream stream = open("r 1; r.dat 212 1")) {
            assertArrayEquals(new float[] {1, 2, 3, 0}, all(stream));
        }
        try (RecordStream stream = open("r 1 360 3; r.dat 212 1")) {
            assertArrayEquals(new float[] {1, 2, 3}, all(stream));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "4 | r 1           | r.dat: ends at byte 4, within frame 3, after 0 of its 1 samples",
        "6 | r 3           | r.dat: ends at byte 6, within frame 2, after 1 of its 3 samples",
        "5 | r 2           | r.dat: ends at byte 5, within frame 2, after 1 of its 2 samples",
        "6 | r 2 360 3     | r.dat: ends after 2 frames: expected 3, as the header says",
        "0 | r 2           | r.dat: empty: expected samples",
        "0 | r 2 360 3     | r.dat: ends after 0 frames: expected 3"})
    void aFileThatEndsTooEarlyIsRefused(final int length, final String record, final String expected) throws IOException {
        file("r.dat", Arrays.copyOf(Records.packed(1, 2, 3, 4), length));
        refused(record + "; r.dat 212".repeat(record.charAt(2) - '0'), expected);
    }

    @Test
    void filesOfOtherLengthsAreRefused() throws IOException {
        file("a.dat", Records.packed(1, 2, 3));
        file("b.dat", Records.packed(1, 2));
        refused("r 2; a.dat 212; b.dat 212", "b.dat: ends after 2 frames, but a.dat goes on: expected files of the same length");
        refused("r 2; b.dat 212; a.dat 212", "b.dat: ends after 2 frames, but a.dat goes on");
        refused("r 1; a.dat 212+9", "a.dat: ends at byte 5: expected 9 bytes before the first sample");
    }

    @Test
    void theEndStaysTheEnd() throws IOException {
        file("r.dat", Records.packed(1, 2, 3));
        try (RecordStream stream = open("r 1; r.dat 212 1")) {
            assertEquals(3, all(stream).length);
            assertFalse(stream.read(new float[1]));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "r 2 360 2 | 1 4 | 2 6 | 0 | 0",
        "r 2 360 2 | 9 4 | 2 6 | 1 | 0",
        "r 2 360 2 | 1 5 | 2 7 | 0 | 2",
        "r 2 360 2 | 1 65540 | 2 -65530 | 0 | 0",
        "r 2 360 0 | 9 9 | 9 9 | 0 | 0",
        "r 2       | 9 9 | 9 9 | 0 | 0",
        "r 2 360 1 | 1 9 | 2 9 | 0 | 2"})
    void whatTheHeaderSaysOfTheSamplesIsChecked(final String record, final String first, final String other, final int initial,
        final int checksums) throws IOException {
        file("r.dat", Records.packed(1, 2, 3, 4));
        try (RecordStream stream = open(record + "; r.dat 212 1 12 0 " + first + " 0 A; r.dat 212 1 12 0 " + other + " 0 B")) {
            all(stream);
            assertEquals(initial, stream.initialValues().size(), () -> stream.initialValues().toString());
            assertEquals(checksums, stream.checksums().size(), () -> stream.checksums().toString());
        }
    }

    @Test
    void aChecksumIsCheckedOnlyOfAWholeRecord() throws IOException {
        file("r.dat", Records.packed(1, 2));
        try (RecordStream stream = open("r 1 360 2; r.dat 212 1 12 0 1 99 0 A")) {
            stream.read(new float[1]);
            assertEquals(List.of(), stream.checksums());
            stream.read(new float[1]);
            assertEquals(List.of("r.dat: A has checksum 3: expected 99, as the header says: the samples or the header have changed"),
                stream.checksums());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "~~                          | r.hea: no record line: expected a WFDB header",
        "# only                      | r.hea: no record line",
        "multi/3 2 360 45; a 15; b 30 | line 1: record multi has several segments (/3): expected a record of one segment",
        "r/1 2 360                   | record r has several segments (/1)",
        "r                           | line 1: no number of signals: expected a number from 1 to 65536",
        "r x                         | line 1: number of signals x: expected",
        "r 0 360                     | line 1: number of signals 0: expected 1 to 65536",
        "r 65537                     | number of signals 65537: expected 1 to 65536",
        "r -1                        | number of signals -1: expected",
        "r 1 0; r.dat 212            | sampling frequency 0: expected a number above 0",
        "r 1 1e999; r.dat 212        | sampling frequency 1e999: expected a number above 0",
        "r 1 -5; r.dat 212           | sampling frequency -5: expected a number above 0",
        "r 1 36O; r.dat 212          | sampling frequency 36O: expected a number, such as 360 or 360/1(0)",
        "r 1 360/; r.dat 212         | sampling frequency 360/: expected",
        "r 1 360 1.5; r.dat 212      | number of samples 1.5: expected a whole number",
        "r 1 360 9999999999999999999; r.dat 212 | number of samples 9999999999999999999: expected",
        "# c; ; r 2 360; r.dat 212   | line 3: 2 signals, but the lines of 1: expected a line for each signal",
        "r 1; r.dat                  | line 2: no format: expected a number, such as 212",
        "r 1; r.dat abc              | line 2: format abc: expected a number, such as 212",
        "r 1; r.dat 80               | line 2: signal 0 has format 80: expected format 212 or 16",
        "r 1; ~ 0                    | line 2: signal 0 has format 0: expected format 212 or 16",
        "r 2; r.dat 212; r.dat 516   | line 3: signal 1 has format 516: expected format 212 or 16",
        "r 1; r.dat 212x4            | line 2: signal 0 has 4 samples a frame: expected one",
        "r 1; r.dat 212:3            | line 2: signal 0 has a skew of 3 samples: expected no skew",
        "r 1; r.dat 212 x            | line 2: ADC gain x: expected gain, baseline and units, such as 200 or 200(1024)/mV",
        "r 1; r.dat 212 nan          | ADC gain nan: expected",
        "r 1; r.dat 212 1e999        | ADC gain 1e999: expected a gain",
        "r 1; r.dat 212 1e-40        | ADC gain 1e-40: expected a gain that gives numbers below 3e38",
        "r 1; r.dat 212 200(1.5)     | baseline 1.5: expected a whole number of 32 bits",
        "r 1; r.dat 212 200 12 zero  | ADC zero zero: expected a whole number",
        "r 1; r.dat 212 200 12 0 2147483648 | initial value 2147483648: expected a whole number of 32 bits",
        "r 1; r.dat 212 200 12 0 0 x | checksum x: expected a whole number",
        "r 1; gone.dat 212           | line 2: signal file gone.dat: no such file: expected a regular file",
        "r 1; . 212                  | line 2: signal file .: not a regular file",
        "r 1; /dev/null 212          | signal file /dev/null: not a regular file",
        "r 2; a.dat 212; a.dat 16    | line 3: a.dat has another format or byte offset than in line 2",
        "r 2; a.dat 212+1; a.dat 212 | line 3: a.dat has another format or byte offset",
        "r 3; a.dat 212; b.dat 212; a.dat 212 | line 4: a.dat is named in an earlier line, too"})
    void aHeaderThatCannotBeReadIsRefused(final String header, final String expected) {
        refused(header, "r.hea", expected);
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        final Path header = Files.write(directory.resolve("r.hea"), new byte[] {'r', ' ', 1});
        Streams.assertRefused(StreamException.class, () -> RecordStream.open("r.hea", header),
            "r.hea, line 1: \\x01 at character 3: expected the text of a WFDB header");
        Files.write(header, new byte[(1 << 20) + 1]);
        Streams.assertRefused(StreamException.class, () -> RecordStream.open("r.hea", header), "r.hea: more than 1048576 bytes");
    }
}
