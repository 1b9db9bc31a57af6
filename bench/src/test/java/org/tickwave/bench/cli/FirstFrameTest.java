package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that wait for the first frame. The stream stays open during each test. */
@Execution(ExecutionMode.CONCURRENT)
class FirstFrameTest {
    private static final String HEADER = "no complete header has arrived";
    private static final String FRAME = "no whole frame has come";
    private static final String WRITER = "no program has opened the FIFO for writing";

    @TempDir
    private Path directory;

    private Path fifo() throws IOException, InterruptedException {
        final Path fifo = directory.resolve("fifo");
        assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "mkfifo");
        return fifo;
    }

    private static Program run(final String options) throws IOException {
        return Program.start(("run --layers 4 --threads 1 " + options).split(" "));
    }

    private static void expectNoFrame(final Program program, final String name, final String missing)
        throws IOException, InterruptedException {
        final Program.Ended ended = program.end();
        expectNoFrame(new Outcome(ended.code(), ended.out(), ended.err()), name, missing);
    }

    private static void expectNoFrame(final Outcome outcome, final String name, final String missing) {
        assertEquals("tickwave run: " + name + ": no frame within --seconds 0.5: " + missing + "\n", outcome.err());
        assertEquals(1, outcome.exit());
        assertEquals("", outcome.out());
    }

    @Test
    void theLimitOfWallTimeEndsTheWaitForAProgramThatOpensAFifo() throws IOException, InterruptedException {
        final Path fifo = fifo();
        expectNoFrame(run("--seconds .5 --quiet --json --input " + fifo), fifo.toString(), WRITER);
    }

    @Test
    void theLimitOfWallTimeEndsTheWaitForAHeaderOnStandardInput() throws IOException, InterruptedException {
        final Program program = run("--seconds .5 --quiet --json --pace none --input -");
        program.write("YUV4MPEG2 W16 H1".getBytes(StandardCharsets.US_ASCII));
        expectNoFrame(program, "standard input", HEADER);
    }

    /** In this JVM: a writer holds the FIFO open until the run has ended. */
    @ParameterizedTest
    @CsvSource({
        "none, '', " + HEADER, "none, 'YUV4MPEG2 W16 H16 F30:1 Cmono\nFRAME\nxxxx', " + FRAME, "live --format f32:2@360, xxx, " + FRAME})
    @Timeout(60)
    void theLimitOfWallTimeEndsTheWaitForAHeaderOrAFrame(final String pace, final String begin, final String missing)
        throws IOException, InterruptedException {
        final Path fifo = fifo();
        try (FileChannel writer = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            writer.write(ByteBuffer.wrap(begin.getBytes(StandardCharsets.US_ASCII)));
            expectNoFrame(Outcome.run("--json --layers 4 --threads 1 --hold 1 --seconds .5 --input " + fifo + " --pace " + pace),
                fifo.toString(), missing);
        }
    }

    @Test
    void aWaitForAProgramThatOpensAFifoIsToldAndCtrlCEndsIt() throws IOException, InterruptedException {
        final Path fifo = fifo();
        expectInterruptible(run("--json --input " + fifo), fifo + ": " + WRITER);
    }

    @Test
    void aWaitForTheFirstFrameIsToldAndCtrlCEndsIt() throws IOException, InterruptedException {
        expectInterruptible(run("--json --format f32:2@360 --input -"), "standard input: " + FRAME);
    }

    @Test
    @Tag("soak")
    void aWaitForTheFirstFrameOfAStreamWithoutAPaceIsToldAndCtrlCEndsIt() throws IOException, InterruptedException {
        expectInterruptible(run("--json --format f32:2@360 --input - --pace none"), "standard input: " + FRAME);
    }

    private static void expectInterruptible(final Program program, final String awaited) throws IOException, InterruptedException {
        assumeTrue(new ProcessBuilder("sh", "-c", "kill -0 $$").start().waitFor() == 0, "a shell with kill");
        final String line = program.awaitLine("waiting for");
        if (line != null) {
            program.interrupt();
        }
        final Program.Ended ended = program.end();
        assertNotNull(line, "no line about the wait: " + ended.err());
        assertEquals("waiting for " + awaited + " yet", line);
        assertEquals(130, ended.code(), ended.err());
        assertEquals("", ended.out());
        assertTrue(ended.err().isEmpty(), ended.err());
    }
}
