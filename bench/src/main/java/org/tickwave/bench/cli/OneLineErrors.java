package org.tickwave.bench.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.stream.Printable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A user's mistake is one line on stderr, without a stack trace. The exit code is 2 if the command line alone shows the mistake,
 * and 1 if a file, its bytes or the machine shows it. Any other exception is an internal error and keeps its stack trace.
 */
public final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(final ParameterException mistake, final String[] args) {
        final CommandLine command = mistake.getCommandLine();
        final String name = command.getCommandSpec().qualifiedName();
        final String unknown = mistake instanceof MissingParameterException && !command.getUnmatchedArguments().isEmpty()
            ? "; unknown: '" + String.join("', '", command.getUnmatchedArguments()) + "'" : "";
        final String commands = String.join(", ", command.getSubcommands().keySet());
        if (commands.isEmpty()) {
            print(command, mistake.getMessage() + unknown + " (try '" + name + " --help')");
        } else if (mistake instanceof final UnmatchedArgumentException unmatched) {
            print(command, "'" + unmatched.getUnmatched().getFirst() + "': expected one of " + commands);
        } else {
            print(command, "expected a command: " + commands + " (try '" + name + " --help')");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public int handleExecutionException(
        final Exception failure, final CommandLine command, final ParseResult parsed) throws Exception {
        final String message = message(failure);
        if (message == null) {
            throw failure;
        }
        print(command, message);
        return failure instanceof final RunFailure e ? e.exitCode() : command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** The message for the user; null for an internal error. */
    private static String message(final Exception failure) {
        return switch (failure) {
            case final UncheckedIOException e -> message(e.getCause());
            case final NoSuchFileException e -> e.getFile() + ": there is no such file";
            case final AccessDeniedException e -> e.getFile() + ": access is denied";
            case final FileSystemException e -> e.getReason() == null ? e.getFile() : e.getFile() + ": " + e.getReason();
            case final IOException e -> e.getMessage();
            case final RunFailure e -> e.getMessage();
            case final InvalidPathException e -> Printable.text(e.getInput()) + ": expected the name of a file: " + e.getReason();
            default -> null;
        };
    }

    private static void print(final CommandLine command, final String message) {
        final String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + line);
        command.getErr().flush();
    }
}
