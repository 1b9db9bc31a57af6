package org.tickwave.bench.forks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs JMH in processes of its own.
 *
 * @param children runs the processes
 * @param java     the program that runs JMH
 * @param flags    flags of the JVM
 */
public record Jmh(Children children, Path java, List<String> flags) {
    private static final int LINES = 20;
    private static final String NOISE = "# .*|Iteration +[0-9]+: [0-9].*|\\s+at .*|\\s+\\.\\.\\. [0-9]+ .*";

    /** Runs JMH to its end. */
    public Children.Ended run(final String classPath, final List<String> arguments) throws IOException, Interrupted {
        final List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, "org.openjdk.jmh.Main"));
        command.addAll(arguments);
        return children.run(new ProcessBuilder(command).redirectErrorStream(true));
    }

    /** Maven's errors. Without any: the last lines, but no settings and good iterations of JMH, and no frames of a stack trace. */
    public static String cause(final String log) {
        final List<String> lines = log.lines().filter(line -> !line.isBlank() && !line.matches(NOISE)).toList();
        final List<String> errors = lines.stream().filter(line -> line.startsWith("[ERROR]")).toList();
        return errors.isEmpty() ? lines.stream().skip(Math.max(0, lines.size() - LINES)).collect(Collectors.joining("\n"))
            : errors.stream().limit(LINES).collect(Collectors.joining("\n"));
    }
}
