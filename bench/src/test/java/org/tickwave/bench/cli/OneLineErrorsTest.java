package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.tickwave.bench.stream.StreamException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class OneLineErrorsTest {
    private final StringWriter err = new StringWriter();

    private int run(final Exception failure, final String... arguments) {
        final OneLineErrors errors = new OneLineErrors();
        return new CommandLine(new Failing(failure)).setErr(new PrintWriter(err))
            .setParameterExceptionHandler(errors).setExecutionExceptionHandler(errors).execute(arguments);
    }

    private void expect(final String line, final Exception failure) {
        assertEquals(1, run(failure));
        assertEquals(line + System.lineSeparator(), err.toString());
    }

    @Test
    void mistakeOnTheCommandLineEndsWithTwo() {
        assertEquals(2, run(null, "--frmaes", "3"));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().startsWith("failing: "), err::toString);
        assertTrue(err.toString().contains("--frmaes"), err::toString);
    }

    @Test
    void brokenStreamEndsWithOne() {
        expect("failing: a.y4m: cut in frame 3", new StreamException("a.y4m: cut\n   in frame 3"));
    }

    @Test
    void missingFileIsNamed() {
        expect("failing: a.y4m: there is no such file", new UncheckedIOException(new NoSuchFileException("a.y4m")));
    }

    @Test
    void forbiddenFileIsNamed() {
        expect("failing: a.y4m: access is denied", new AccessDeniedException("a.y4m"));
    }

    @Test
    void reasonOfTheFileSystemIsTold() {
        expect("failing: a.y4m: Is a directory", new FileSystemException("a.y4m", null, "Is a directory"));
    }

    @Test
    void aNameThatNoFileCanHaveIsTold() {
        expect("failing: a?: expected the name of a file: Malformed input",
            new InvalidPathException("a?", "Malformed input"));
    }

    @Test
    void anInternalErrorKeepsItsStackTraceAlsoIfItIsABadArgument() {
        assertEquals(1, run(new IllegalArgumentException("index 7: expected 0 to 6")));
        assertTrue(err.toString().contains("index 7: expected 0 to 6"), err::toString);
        assertTrue(err.toString().contains("\tat "), err::toString);
    }

    @Test
    void ourOwnMistakeKeepsItsStackTrace() {
        assertEquals(1, run(new IllegalStateException("oops")));
        assertTrue(err.toString().contains("\tat "), err::toString);
    }

    @Test
    void failureWithoutAMessageKeepsItsStackTrace() {
        assertEquals(1, run(new IOException()));
        assertTrue(err.toString().contains("\tat "), err::toString);
    }

    @Command(name = "failing")
    private record Failing(Exception failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }
}
