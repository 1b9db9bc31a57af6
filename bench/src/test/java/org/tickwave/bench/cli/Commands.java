package org.tickwave.bench.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The commands there are, for tests. */
public final class Commands {
    private Commands() {
    }

    /** What a command that succeeds prints on standard output. */
    public static String output(final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exit = Tickwave.execute(new PrintWriter(out), new PrintWriter(err), args);
        if (exit != 0) {
            throw new IllegalStateException(String.join(" ", args) + ": exit code " + exit + ": " + err);
        }
        return out.toString();
    }

    /** Every long option of every command. */
    public static List<String> options() {
        final CommandLine all = Tickwave.commandLine();
        return Stream.concat(Stream.of(all), all.getSubcommands().values().stream()).flatMap(Commands::named).toList();
    }

    /** Every long option of one command. */
    public static List<String> options(final String command) {
        return named(Tickwave.commandLine().getSubcommands().get(command)).toList();
    }

    private static Stream<String> named(final CommandLine command) {
        return command.getCommandSpec().options().stream().flatMap(option -> Arrays.stream(option.names()))
            .filter(name -> name.startsWith("--"));
    }
}
