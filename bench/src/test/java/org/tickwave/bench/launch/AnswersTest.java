package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that the launcher gives without the program, on a machine without a JDK and Maven. */
@Execution(ExecutionMode.CONCURRENT)
class AnswersTest {
    @TempDir
    Path directory;

    private Checkout checkout;
    private Path texts;

    @BeforeEach
    void install() throws IOException {
        checkout = new Checkout(directory);
        texts = checkout.addTexts();
        Files.delete(checkout.bin.resolve("mvn"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        --help,           help.txt
        -h,               help.txt
        --version,        version.txt
        -V,               version.txt
        run --help,       help-run.txt
        run -h,           help-run.txt
        run --version,    version.txt
        run -V,           version.txt
        convert --help,   help-convert.txt
        layout --help,    help-layout.txt
        doctor --help,    help-doctor.txt
        bench --help,     help-bench.txt
        bench -h,         help-bench.txt
        bench --version,  version.txt
        """)
    void needsNoJdkAndNoBuild(final String arguments, final String text) throws IOException, InterruptedException {
        final Checkout.Result result = checkout.run(arguments.split(" "));
        assertEquals("", result.err());
        assertEquals(Files.readString(texts.resolve(text)), result.out());
        assertEquals(0, result.code());
    }

    @Test
    void everyCommandHasAText() throws IOException, InterruptedException {
        try (var all = Files.list(texts)) {
            for (final Path text : all.toList()) {
                final String name = text.getFileName().toString();
                if (name.startsWith("help-")) {
                    final String command = name.substring("help-".length(), name.lastIndexOf('.'));
                    assertEquals(Files.readString(text), checkout.run(command, "--help").out());
                }
            }
        }
    }

    @Test
    void saysThatItExpectsACommand() throws IOException, InterruptedException {
        final Checkout.Result result = checkout.run();
        assertEquals(2, result.code());
        assertEquals("", result.out());
        assertEquals(Files.readString(texts.resolve("no-command.txt")), result.err());
        assertEquals(1, result.err().lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "run", "run --frames 5 --help", "run --help --json", "--help run", "--frames", "fly --help", "bench -V", "-- --help"})
    void leavesEverythingElseToTheProgram(final String arguments) throws IOException, InterruptedException {
        checkout.addProgram();
        final Path jdk = checkout.jdk(checkout.machine.resolve("usr/lib/jvm/25"), "25");
        final Checkout.Result result = checkout.run(arguments.split(" "));
        assertEquals(List.of("java " + jdk), checkout.log(), result.out());
        assertTrue(result.out().endsWith("<" + arguments.replace(" ", ">\n<") + ">\n"), result.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "bench --help"})
    void failsIfItCannotWrite(final String arguments) throws IOException, InterruptedException {
        final Checkout.Result closed = checkout.shell(Map.of(), "\"$0\" " + arguments + " >&-");
        assertEquals(1, closed.code());
        assertEquals("tickwave: standard output is closed\n", closed.err());
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
        final Checkout.Result full = checkout.shell(Map.of(), "\"$0\" " + arguments + " >/dev/full");
        assertEquals(1, full.code());
        assertEquals("tickwave: cannot write to standard output: No space left on device\n", full.err());
    }

    /** A pipe without a reader, with SIGPIPE at its default and with SIGPIPE ignored. */
    @ParameterizedTest
    @ValueSource(strings = {"", "trap '' PIPE; "})
    void isContentWithAReaderThatHasGone(final String trap) throws IOException, InterruptedException {
        final Path pipe = checkout.machine.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        for (final String arguments : List.of("--help", "--version", "run --help")) {
            final Checkout.Result result = checkout.shell(
                Map.of(), trap + "exec 3<>pipe 4>pipe 3>&-; \"$0\" " + arguments + " >&4");
            assertEquals("", result.err(), arguments);
            assertEquals(0, result.code(), arguments);
        }
    }
}
