package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.bench.convert.Records;
import org.tickwave.bench.stdio.ResultWriter;
import org.tickwave.bench.stream.Streams;

class ConvertCommandTest {
    private static final int MISSING = -2048;
    private static final String DIRECTORY = "@";
    private static final byte[] THREE_FRAMES = Streams.floats(-.145f, -.065f, 0, 1, -.12f, -5.125f);
    private static final String THREE_ROWS = "MLII,V5\n-0.145,-0.065\n0,1\n-0.12,-5.125\n";

    @TempDir
    private Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private String err;

    /** Runs the command. {@code @} before a name stands for the directory of the test. */
    private int run(final String arguments) {
        final StringWriter said = new StringWriter();
        final int code = Tickwave.execute(ResultWriter.to(out), new PrintWriter(said),
            ("convert " + arguments.replaceAll("(?<= |^)" + DIRECTORY, directory + "/")).split(" "));
        err = said.toString();
        return code;
    }

    private byte[] bytes(final String name) throws IOException {
        return Files.readAllBytes(directory.resolve(name));
    }

    private String text(final String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    /** Two leads, three frames, in millivolts. */
    private void record(final String checksum) throws IOException {
        Files.write(directory.resolve("r.dat"), Records.packed(995, 1011, 1024, 1224, 1000, -1));
        Records.header(directory, "r 2 360 3; r.dat 212 200 11 1024 995 " + checksum + " 0 MLII; r.dat 212 200 11 1024 1011 2234 0 V5");
    }

    @Test
    void aRecordBecomesFloat32OrCsvAndFloat32BecomesTheSameCsv() throws IOException {
        record("3019");
        assertEquals(0, run("@r.hea @r.raw"), () -> err);
        assertArrayEquals(THREE_FRAMES, bytes("r.raw"));
        assertTrue(err.endsWith("/r.raw: 3 frames, f32:2@360: MLII in mV, V5 in mV\n"), err);
        assertEquals(0, run("@r.hea @r.csv --quiet"), () -> err);
        assertEquals("", err);
        assertEquals(THREE_ROWS, text("r.csv"));
        assertEquals(0, run("--format f32:2@360 --names MLII,V5 @r.raw @back.csv"), () -> err);
        assertEquals(THREE_ROWS, text("back.csv"));
        assertTrue(err.endsWith("/back.csv: 3 frames, f32:2@360\n"), err);
        assertEquals(0, run("--format f32:3 @r.raw @other.CSV"), () -> err);
        assertEquals("signal 0,signal 1,signal 2\n-0.145,-0.065,0\n1,-0.12,-5.125\n", text("other.CSV"));
    }

    @Test
    void standardOutputGetsTheSameBytes() throws IOException {
        record("3019");
        assertEquals(0, run("@r.hea - --to f32 --quiet"), () -> err);
        assertArrayEquals(THREE_FRAMES, out.toByteArray());
        out.reset();
        assertEquals(0, run("@r.hea - --to csv --quiet --names a,b"), () -> err);
        assertEquals(THREE_ROWS.replace("MLII,V5", "a,b"), out.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"--frames 2, 2", "--frames 9, 3", "--seconds .0055, 2", "--seconds 1e-9, 1", "--seconds 1e300, 3"})
    void aLimitEndsTheConversion(final String option, final int frames) throws IOException {
        record("3019");
        assertEquals(0, run("@r.hea @r.f32 " + option), () -> err);
        assertEquals(frames * 8, bytes("r.f32").length);
        assertTrue(err.contains(": " + frames + " frames, "), err);
    }

    @Test
    void aMissingSampleHoldsTheLastOrIsAnEmptyCellAndIsCounted() throws IOException {
        Files.write(directory.resolve("r.dat"), Records.packed(MISSING, 4, 6, MISSING, MISSING, 8));
        Records.header(directory, "r 2; r.dat 212 2 12 0 0 0 0 a; r.dat 212 2 12 0 0 0 0 b");
        assertEquals(0, run("@r.hea @r.raw --quiet"), () -> err);
        assertArrayEquals(Streams.floats(0, 2, 3, 2, 3, 4), bytes("r.raw"));
        assertTrue(err.endsWith("/r.hea: 3 numbers are missing, the first of a in frame 1: "
            + "each became the last number of its signal before, or 0\n"), err);
        assertEquals(0, run("@r.hea @r.csv --quiet"), () -> err);
        assertEquals("a,b\n,2\n3,\n,4\n", text("r.csv"));
        assertTrue(err.endsWith("the first of a in frame 1: their cells are empty\n"), err);
        assertEquals(1, err.lines().count());
    }

    /** Readers skip an empty line, so a row of one empty cell has quotes. */
    @Test
    void numbersThatAreNotFiniteAreMissingToo() throws IOException {
        Files.write(directory.resolve("n.raw"), Streams.floats(1e10f, Float.NaN, 1e-10f, Float.POSITIVE_INFINITY, .1f));
        assertEquals(0, run("--format f32:1 @n.raw @n.csv"), () -> err);
        assertEquals("signal 0\n1.0E10\n\"\"\n1.0E-10\n\"\"\n0.1\n", text("n.csv"));
        assertTrue(err.contains("2 numbers are missing"), err);
        assertEquals(0, run("--format f32:1 @n.raw @held.raw"), () -> err);
        assertArrayEquals(Streams.floats(1e10f, 1e10f, 1e-10f, 1e-10f, .1f), bytes("held.raw"));
    }

    @Test
    void namesWithSpecialCharactersHaveQuotes() throws IOException {
        Files.write(directory.resolve("r.dat"), Records.packed(1, 2, 3));
        Records.header(directory, "r 3; r.dat 212 1 12 0 0 0 0 a, b; r.dat 212 1 12 0 0 0 0 say \"x\"; r.dat 212 1 12 0 0 0 0 \u00e9\u00e9");
        assertEquals(0, run("@r.hea @r.csv"), () -> err);
        assertEquals("\"a, b\",\"say \"\"x\"\"\",\u00e9\u00e9\n1,2,3\n", text("r.csv"));
    }

    @Test
    void bytesBecomeNumbersAroundZero() throws IOException {
        Files.write(directory.resolve("b"), new byte[] {0, -1, 51});
        assertEquals(0, run("--format u8:1@30 --to csv @b @b.txt"), () -> err);
        assertEquals("signal 0\n-0.5\n0.5\n-0.3\n", text("b.txt"));
    }

    @Test
    void aWrongChecksumFailsAfterTheFileIsWritten() throws IOException {
        record("1");
        assertEquals(1, run("@r.hea @r.raw --quiet"));
        assertEquals("tickwave convert: r.dat: MLII has checksum 3019: expected 1, as the header says: the samples or the header have changed\n",
            err);
        assertArrayEquals(THREE_FRAMES, bytes("r.raw"));
        assertEquals(0, run("@r.hea @r.raw --quiet --frames 2"), () -> err);
    }

    @Test
    void aWrongInitialValueIsTold() throws IOException {
        Files.write(directory.resolve("r.dat"), Records.packed(5));
        Records.header(directory, "r 1 1 1; r.dat 212 1 12 0 6 5 0 A");
        assertEquals(0, run("@r.hea @r.raw --quiet"));
        assertEquals("tickwave convert: r.dat: A begins with sample 5: expected 6, as the header says\n", err);
    }

    @Test
    void aFileThatBreaksOffLeavesTheOldFileAndNoOther() throws IOException {
        record("3019");
        Files.write(directory.resolve("r.dat"), Records.packed(995, 1011, 1024));
        Files.writeString(directory.resolve("r.raw"), "old");
        assertEquals(1, run("@r.hea @r.raw"));
        assertEquals("tickwave convert: r.dat: ends at byte 5, within frame 2, after 1 of its 2 samples: expected whole frames\n", err);
        assertEquals("old", text("r.raw"));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of("r.dat", "r.hea", "r.raw"), files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "2 | @r.hea                          | OUTPUT",
        "2 | @r.hea -                        | OUTPUT -: expected a name that ends in .raw, .f32 or .csv, or --to f32 or --to csv",
        "2 | @r.hea @r.wav                   | /r.wav: expected a name that ends in .raw, .f32 or .csv",
        "2 | @r.hea @r.raw --to wav          | 'wav': expected f32 or csv",
        "2 | - @r.raw                        | INPUT -: expected the header of a record, a name that ends in .hea, or --format",
        "2 | @r.dat @r.raw                   | /r.dat: expected the header of a record",
        "2 | @r.hea @r.raw --frames 0        | --frames 0: expected at least 1",
        "2 | @r.hea @r.raw --seconds -1      | --seconds -1.0: expected above 0",
        "2 | @r.hea @r.raw --seconds NaN     | --seconds NaN: expected above 0",
        "2 | @r.hea @r.raw --frames 1 --seconds 1 | --frames with --seconds 1.0: expected only one of them",
        "2 | @r.dat @r.raw --format f32:2 --seconds 1 | --seconds with --format f32:2: expected @FPS after the width",
        "2 | @r.dat @r.raw --format f64:2    | format f64:2: expected f32:WIDTH@FPS or u8:WIDTH@FPS",
        "2 | @r.hea @r.raw --names a,b       | --names a,b: expected CSV as output, since float32 has no names",
        "2 | @r.hea @r.csv --names a,a       | --names a,a: expected names that are not empty and all different",
        "2 | @r.hea @r.csv --names a,        | --names",
        "2 | @r.hea @r.csv --names a,b,c     | --names a,b,c: expected 2 names, one for each number of a frame",
        "2 | @r.hea @r.raw third             | third",
        "1 | @gone.hea @r.raw                | /gone.hea: no such file: expected the header of a record (.hea), or with --format",
        "1 | @gone @r.raw --format f32:2     | /gone: no such file: expected",
        "1 | @ @r.raw --format f32:2         | a directory: expected",
        "1 | @r.hea @gone/r.raw              | /gone/r.raw: directory ",
        "1 | @r.hea @r.hea --to csv          | /r.hea: a file of the input: expected another file to write",
        "1 | @r.hea @r.dat --to csv          | /r.dat: a file of the input: expected another file to write",
        "1 | @r.hea /dev/null --to csv       | /dev/null: a device, a FIFO or a socket: expected a regular file or a new name",
        "1 | @r.dat @r.raw --format f32:2    | /r.dat: ends at byte 9, within frame 2, after 1 of its 8 bytes"})
    void aMistakeIsOneLine(final int code, final String arguments, final String expected) throws IOException {
        record("3019");
        final byte[] header = bytes("r.hea");
        assertEquals(code, run(arguments), () -> err);
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.startsWith("tickwave convert: "), err);
        assertTrue(err.contains(expected.replaceFirst("^@", directory.toString())) || err.contains(expected), err);
        assertArrayEquals(header, bytes("r.hea"));
        assertFalse(Files.exists(directory.resolve("r.raw")));
        assertEquals(0, out.size());
    }

    /** Ten minutes of a heart as somebody would download them: the bytes of the converted file are those of the real one. */
    @Test
    void aHeartComesBackToTheBit() throws IOException {
        final byte[] real = Files.readAllBytes(Streams.real("ecg_f32x2_360hz.raw"));
        final ByteBuffer numbers = ByteBuffer.wrap(real).order(ByteOrder.LITTLE_ENDIAN);
        final int[] samples = new int[real.length / Float.BYTES];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (int) Math.rint(numbers.getFloat() * 200.0) + 1_024;
        }
        Files.write(directory.resolve("100.dat"), Records.packed(samples));
        Files.writeString(directory.resolve("100.hea"), "100 2 360 " + samples.length / 2 + "\n"
            + "100.dat 212 200 11 1024 " + samples[0] + " " + Records.checksum(samples, 0, 2) + " 0 MLII\n"
            + "100.dat 212 200 11 1024 " + samples[1] + " " + Records.checksum(samples, 1, 2) + " 0 V5\n# 69 M 1085 1629 x1\n");
        assertEquals(0, run("@100.hea @100.raw --quiet"), () -> err);
        assertEquals("", err);
        assertArrayEquals(real, bytes("100.raw"));
        assertEquals(0, run("@100.hea @100.csv --quiet"), () -> err);
        final List<String> rows = Files.readAllLines(directory.resolve("100.csv"));
        assertEquals(samples.length / 2 + 1, rows.size());
        numbers.clear();
        for (final String row : rows.subList(1, rows.size())) {
            final String[] cells = row.split(",");
            assertEquals(numbers.getFloat(), (float) Double.parseDouble(cells[0]));
            assertEquals(numbers.getFloat(), (float) Double.parseDouble(cells[1]));
        }
    }
}
