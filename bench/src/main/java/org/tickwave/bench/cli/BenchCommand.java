package org.tickwave.bench.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs JMH with the given arguments. Adds {@code -foe true}, so that a wrong answer ends the run, unless {@code -foe} is given. */
@Command(name = "bench", description = "Runs the JMH benchmarks with JMH's arguments: -h lists the arguments, -l the benchmarks.")
final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "JMH", description = "Arguments for JMH.")
    private List<String> arguments = new ArrayList<>();

    private CommandSpec spec;

    @Spec
    void spec(final CommandSpec newSpec) {
        spec = newSpec;
        spec.parser().unmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() throws IOException {
        if (arguments.equals(List.of("--version"))) {
            spec.commandLine().getOut().println(Version.line());
            return ExitCode.OK;
        }
        arguments.replaceAll(argument -> argument.equals("--help") ? "-h" : argument);
        try {
            final CommandLineOptions options = new CommandLineOptions(arguments.toArray(String[]::new));
            options.getIncludes().forEach(Pattern::compile);
            options.getExcludes().forEach(Pattern::compile);
            if (!options.shouldFailOnError().hasValue()) {
                arguments.addAll(List.of("-foe", "true"));
            }
        } catch (final CommandLineOptionException e) {
            return refuse(e.getMessage());
        } catch (final PatternSyntaxException e) {
            return refuse("'" + e.getPattern() + "': expected a regular expression: " + e.getDescription());
        }
        Main.main(arguments.toArray(String[]::new));
        return ExitCode.OK;
    }

    private int refuse(final String why) {
        spec.commandLine().getErr().println("tickwave bench: " + why + " (-h lists the options of JMH)");
        return ExitCode.USAGE;
    }
}
