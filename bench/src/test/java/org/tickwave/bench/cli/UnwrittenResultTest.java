package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.model.Models;
import org.tickwave.bench.stdio.ResultWriter;
import org.tickwave.bench.stream.Streams;

/** Results that cannot be written. */
class UnwrittenResultTest {
    private static final File FULL = new File("/dev/full");
    private static final String RUN = "run --frames 3 --pace none --layers 4 --threads 1 --quiet";

    @TempDir
    private Path directory;

    @BeforeEach
    void expectADeviceThatIsFull() {
        assumeTrue(FULL.exists(), "a device that is full");
    }

    @AfterEach
    void open() {
        System.clearProperty("tickwave.closed");
    }

    /** A run of three frames of two numbers: little work for a JVM that interprets. */
    private String shortRun() throws IOException {
        final Path raw = Files.write(directory.resolve("raw"), Streams.floats(1, 2, 3, 4, 5, 6));
        return "run --input " + raw + " --format f32:2@360 --context 1 --pace none --layers 4 --threads 1";
    }

    private static Program.Ended into(final ResultWriter out, final String arguments) {
        final StringWriter err = new StringWriter();
        final int code = Tickwave.execute(out, new PrintWriter(err), arguments.split(" "));
        return new Program.Ended(code, "", err.toString());
    }

    private static Program.Ended onFullDisk(final String arguments) throws IOException, InterruptedException {
        return Program.start(new ProcessBuilder(Program.command(List.of(), arguments.split(" "))).redirectOutput(FULL)).end();
    }

    /** Runs the program with its output in a FIFO whose only reader has closed it. */
    private Program.Ended withoutReader(final String arguments) throws IOException, InterruptedException {
        final Path fifo = directory.resolve("fifo");
        assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "mkfifo");
        final List<String> command = new ArrayList<>(
            List.of("sh", "-c", "exec 3<>\"$0\" 4>\"$0\" 3<&-; exec \"$@\" >&4 4>&-", fifo.toString()));
        command.addAll(Program.command(List.of(), arguments.split(" ")));
        return Program.start(new ProcessBuilder(command)).end();
    }

    private static void expectFailure(final Program.Ended ended, final String reason) {
        assertEquals(1, ended.code(), ended.err());
        assertEquals(1, ended.lines(), ended.err());
        assertTrue(ended.err().matches("tickwave( [a-z]+)?: the result could not be written: " + reason + "\\R"), ended.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "run --help", "--version", "layout 3-3", "layout 3-3 --json", RUN, RUN + " --json",
        "bench --version"})
    void aFullDiskFailsACommandInOneLine(final String arguments) throws IOException {
        expectFailureOnFullDisk(arguments);
    }

    /** Their own tests read what these two print from the same writer. */
    @ParameterizedTest
    @Tag("soak")
    @ValueSource(strings = {"doctor --short --quiet --json", "paper --short --quiet --json"})
    void aFullDiskFailsALongCommandInOneLine(final String arguments) throws IOException {
        expectFailureOnFullDisk(arguments);
    }

    private static void expectFailureOnFullDisk(final String arguments) throws IOException {
        try (FileOutputStream full = new FileOutputStream(FULL)) {
            expectFailure(into(ResultWriter.to(full), arguments), "No space left on device");
        }
    }

    /** More bytes than the buffer of the command holds, and less. */
    @ParameterizedTest
    @CsvSource({"f32, 2", "csv, 2", "f32, 40_000", "csv, 40_000"})
    void convertTellsOfAFullDiskAndOfAClosedOutputOnceAndOfAReaderThatHasGoneNever(final String kind, final String frames)
        throws IOException {
        final Path raw = Files.write(directory.resolve("r"), new byte[Float.BYTES * Integer.parseInt(frames.replace("_", ""))]);
        final String arguments = "convert --format f32:1 --to " + kind + " " + raw + " -";
        try (FileOutputStream full = new FileOutputStream(FULL)) {
            expectFailure(into(ResultWriter.to(full), arguments), "No space left on device");
        }
        final Pipe pipe = Pipe.open();
        pipe.source().close();
        try (OutputStream sink = Channels.newOutputStream(pipe.sink())) {
            final Program.Ended ended = into(ResultWriter.to(sink), arguments);
            assertEquals("", ended.err());
            assertEquals(1, ended.code());
        }
        System.setProperty("tickwave.closed", "1");
        expectFailure(into(ResultWriter.standardOutput(), arguments), "standard output is closed");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void convertEndsWhenItsReaderHasGoneThoughItsInputNeverEnds() throws IOException {
        final Path zeros = Path.of("/dev/zero");
        assumeTrue(Files.exists(zeros), "an input that never ends");
        final Pipe pipe = Pipe.open();
        pipe.source().close();
        try (OutputStream sink = Channels.newOutputStream(pipe.sink())) {
            final Program.Ended ended = into(ResultWriter.to(sink), "convert --format f32:1 --to f32 " + zeros + " -");
            assertEquals("", ended.err());
            assertEquals(1, ended.code());
        }
    }

    @Test
    void whatWasLearntIsSavedAllTheSame() throws IOException, InterruptedException {
        final Path model = directory.resolve("m");
        expectFailure(onFullDisk(shortRun() + " --quiet --save " + model), "No space left on device");
        assertEquals(4, Models.read(model).network().width(1));
    }

    @Test
    void whatJmhPrintsIsAResult() throws IOException, InterruptedException {
        expectFailure(onFullDisk("bench -l"), "No space left on device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "layout 3-3", RUN + " --json"})
    void aClosedStandardOutputFailsInOneLine(final String arguments) {
        System.setProperty("tickwave.closed", "1");
        expectFailure(into(ResultWriter.standardOutput(), arguments), "standard output is closed");
    }

    @Test
    void theLauncherSaysThatStandardOutputIsClosed() throws IOException {
        System.setProperty("tickwave.closed", "0,1");
        expectFailure(into(ResultWriter.standardOutput(), shortRun() + " --quiet"), "standard output is closed");
    }

    @ParameterizedTest
    @CsvSource({"--help, 0", "--version, 0", "layout --help, 0", "run --version, 0", "bench --version, 0", "layout 3-3, 1",
        RUN + ", 1", RUN + " --json, 1"})
    void aReaderThatHasGoneAwayIsNoMistakeToTell(final String arguments, final int code) throws IOException {
        final Pipe pipe = Pipe.open();
        pipe.source().close();
        try (OutputStream sink = Channels.newOutputStream(pipe.sink())) {
            final Program.Ended ended = into(ResultWriter.to(sink), arguments);
            assertEquals("", ended.err());
            assertEquals(code, ended.code());
        }
    }

    private void expectNothingToTell(final String arguments, final int code) throws IOException, InterruptedException {
        final Program.Ended ended = withoutReader(arguments);
        assertEquals("", ended.err());
        assertEquals(code, ended.code());
    }

    @Test
    void aReaderOfStandardOutputThatHasGoneAwayIsNoMistakeToTell() throws IOException, InterruptedException {
        expectNothingToTell("bench -l", 1);
    }

    @Test
    @Tag("soak")
    void aReaderOfHelpOnStandardOutputThatHasGoneAwayIsNoMistake() throws IOException, InterruptedException {
        expectNothingToTell("--help", 0);
    }

    @Test
    void aFailedCommandKeepsItsMessageAndItsExitCode() throws IOException {
        final Path cut = Files.write(directory.resolve("cut"), new byte[8 * 20 + 3]);
        try (FileOutputStream full = new FileOutputStream(FULL)) {
            final Program.Ended ended = into(ResultWriter.to(full),
                "run --input " + cut + " --format f32:2@360 --pace none --layers 4 --threads 1 --quiet");
            assertEquals(1, ended.code(), ended.err());
            assertEquals(2, ended.lines(), ended.err());
            assertTrue(ended.err().contains("ends at byte 163") && ended.err().contains("No space left"), ended.err());
        }
    }

    @Test
    void afterCtrlCTheUserIsToldToo() throws IOException, InterruptedException {
        assumeTrue(new ProcessBuilder("sh", "-c", "kill -0 $$").start().waitFor() == 0, "a shell with kill");
        final Path answers = Fifo.of(directory.resolve("answers"));
        final Program program = Program.start(new ProcessBuilder(Program.command(List.of(), ("run --input - --format f32:2@360"
            + " --context 1 --pace none --layers 4 --threads 1 --json --answers " + answers).split(" "))).redirectOutput(FULL));
        program.write(Streams.floats(1, 2));
        try (BufferedReader lines = Files.newBufferedReader(answers)) {
            lines.readLine();
            assertNotNull(lines.readLine(), "the answer to the frame");
            program.interrupt();
        }
        final Program.Ended ended = program.end();
        assertEquals(130, ended.code(), ended.err());
        assertTrue(ended.err().endsWith("tickwave run: the result could not be written: No space left on device\n"), ended.err());
    }

    /** A JVM that interprets tells that it has not compiled the kernels. */
    @Test
    void progressThatCannotBeWrittenFailsNoRun() throws IOException, InterruptedException {
        final Program.Ended ended = Program.start(
            new ProcessBuilder(Program.command(List.of(), (shortRun() + " --json").split(" "))).redirectError(FULL)).end();
        assertEquals(0, ended.code());
        assertEquals(3, JsonParser.parseString(ended.out()).getAsJsonObject().get("frames").getAsLong());
    }

    @Test
    void aResultIsUtf8WhateverTheLocale() throws IOException, InterruptedException {
        final Path table = Files.writeString(directory.resolve("t.csv"), "a,state\n1,nein\n2,z\u00e9ro\n3,nein\n");
        final Program.Ended ended = Program.start(new ProcessBuilder(Program.command(List.of("-Dstdout.encoding=US-ASCII"),
            ("run --layers 4 --pace none --threads 1 --quiet --json --label state --input " + table).split(" ")))).end();
        assertEquals(0, ended.code(), ended.err());
        assertEquals("[\"nein\",\"z\u00e9ro\"]", JsonParser.parseString(ended.out()).getAsJsonObject().get("labels").toString());
    }
}
