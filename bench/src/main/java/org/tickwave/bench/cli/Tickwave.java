package org.tickwave.bench.cli;

import java.io.PrintWriter;
import java.util.List;
import org.tickwave.bench.stdio.ResultWriter;
import org.tickwave.kernel.VectorApi;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The program behind the launcher: runs one of the commands. */
@Command(name = "tickwave", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND",
    description = "Trains a neural network on a live stream. In each tick all layers work at once.",
    subcommands = {RunCommand.class, WatchCommand.class, ConvertCommand.class, LayoutCommand.class, BenchCommand.class, PaperCommand.class, BudgetCommand.class, DoctorCommand.class})
public final class Tickwave {
    private Tickwave() {
    }

    public static void main(final String[] args) {
        final ResultWriter out = ResultWriter.standardOutput();
        // JMH prints on System.out.
        System.setOut(out.asPrintStream());
        System.exit(execute(out, new PrintWriter(System.err, true), args));
    }

    static int execute(final PrintWriter out, final PrintWriter err, final String... args) {
        try {
            VectorApi.expect();
        } catch (final IllegalStateException e) {
            // The launcher sets the flag. A user who runs java directly may not.
            err.println("tickwave: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        final CommandLine all = commandLine().setOut(out).setErr(err);
        final int code = all.execute(args);
        return out instanceof final ResultWriter result && result.failure() != null ? unwritten(all, result, err, code) : code;
    }

    /**
     * The exit code if the output could not be written. A failed command keeps its exit code. A pipe without a reader is no failure
     * of {@code --help} and {@code --version}.
     */
    private static int unwritten(final CommandLine all, final ResultWriter out, final PrintWriter err, final int code) {
        ParseResult parsed = all.getParseResult();
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        ResultWriter.tellFailure(out, err, parsed.commandSpec().qualifiedName());
        final boolean help = parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested()
            || all.getParseResult().originalArgs().equals(List.of("bench", "--version"));
        return code != CommandLine.ExitCode.OK || help && out.readerGone() ? code : CommandLine.ExitCode.SOFTWARE;
    }

    static CommandLine commandLine() {
        final OneLineErrors errors = new OneLineErrors();
        return new CommandLine(new Tickwave()).setParameterExceptionHandler(errors).setExecutionExceptionHandler(errors);
    }
}
