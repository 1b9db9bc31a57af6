package org.tickwave.bench.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands of the program, for tests. */
public final class Commands {
    private Commands() {
    }

    /** The standard output of a command, which must succeed. */
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

    /** The names of all commands. */
    public static Set<String> names() {
        return new TreeSet<>(Tickwave.commandLine().getSubcommands().keySet());
    }

    /** The options and parameters of a command. */
    public static CommandSpec spec(final String command) {
        return Tickwave.commandLine().getSubcommands().get(command).getCommandSpec();
    }

    /** Parses a command line without running it. Throws an exception if the command line is wrong. */
    public static void parse(final List<String> args) {
        Tickwave.commandLine().parseArgs(args.toArray(String[]::new));
    }

    private static Stream<String> named(final CommandLine command) {
        return command.getCommandSpec().options().stream().flatMap(option -> Arrays.stream(option.names()))
            .filter(name -> name.startsWith("--"));
    }
}
