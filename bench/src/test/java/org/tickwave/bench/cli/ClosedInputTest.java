package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.bench.stream.Streams;

/** The launcher tells the program that standard input was closed. The program then reads nothing from descriptor 0. */
@Execution(ExecutionMode.CONCURRENT)
class ClosedInputTest {
    @TempDir
    private Path directory;

    private Program.Ended run(final Path file, final String options) throws IOException, InterruptedException {
        return Program.start(new ProcessBuilder(Program.command(List.of("-Dtickwave.closed=0,2"),
            ("run --pace none --layers 4 --threads 1 --quiet --json " + options).split(" "))).redirectInput(file.toFile())).end();
    }

    @ParameterizedTest
    @CsvSource({"-, ''", "/dev/stdin, '/dev/stdin: '"})
    void nothingIsLearntFromItAndNothingSaved(final String input, final String name) throws IOException, InterruptedException {
        final Path frames = Files.write(directory.resolve("frames"), Streams.floats(new float[40]));
        final Path model = directory.resolve("m");
        final Program.Ended ended = run(frames, "--input " + input + " --format f32:2@360 --save " + model);
        assertEquals("tickwave run: " + name + "standard input is closed\n", ended.err());
        assertEquals(1, ended.code());
        assertEquals("", ended.out());
        assertFalse(Files.exists(model));
    }

    @Test
    void noModelIsLoadedFromIt() throws IOException, InterruptedException {
        final Path model = directory.resolve("m");
        Commands.output(("run --frames 20 --pace none --layers 4 --quiet --save " + model).split(" "));
        final Program.Ended ended = run(model, "--frames 20 --load /dev/stdin");
        assertTrue(ended.err().contains("/dev/stdin: standard input is closed"), ended.err());
        assertEquals(1, ended.code());
    }
}
