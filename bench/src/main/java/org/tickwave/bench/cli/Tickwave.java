package org.tickwave.bench.cli;

import java.io.PrintWriter;
import org.tickwave.kernel.VectorApi;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind the launcher: runs one of the commands. */
@Command(name = "tickwave", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND",
    description = "Backpropagation as two waves, ticked through all layers at once.",
    subcommands = {RunCommand.class, LayoutCommand.class, BenchCommand.class, DoctorCommand.class})
public final class Tickwave {
    private Tickwave() {
    }

    public static void main(final String[] args) {
        System.exit(execute(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }

    static int execute(final PrintWriter out, final PrintWriter err, final String... args) {
        try {
            VectorApi.expect();
        } catch (final IllegalStateException e) {
            // The launcher sets the flag. A user who runs java directly may not.
            err.println("tickwave: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        return commandLine().setOut(out).setErr(err).execute(args);
    }

    static CommandLine commandLine() {
        final OneLineErrors errors = new OneLineErrors();
        return new CommandLine(new Tickwave()).setParameterExceptionHandler(errors).setExecutionExceptionHandler(errors);
    }
}
