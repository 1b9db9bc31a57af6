package org.tickwave.bench.ceiling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tickwave.bench.peer.Skipped;

/**
 * A C compiler that takes gcc's options.
 *
 * @param command the compiler and its first arguments
 * @param chosen  whether the user has named it
 */
record CCompiler(List<String> command, boolean chosen) {
    private static final List<String> OPTIONS = List.of("-std=gnu11", "-O3", "-march=native", "-fPIC", "-shared", "-pthread", "-o");

    /** What {@code CC} names, else gcc. */
    static CCompiler ofEnvironment(final Map<String, String> environment) {
        final String named = environment.getOrDefault("CC", "").strip();
        return named.isEmpty() ? new CCompiler(List.of("gcc"), false) : new CCompiler(List.of(named.split("\\s+")), true);
    }

    /**
     * Compiles a source for this machine.
     *
     * @return a shared library beside the source
     * @throws Skipped               if the user has named no compiler and there is no gcc
     * @throws IllegalStateException if the compiler cannot be started, or does not compile the source
     */
    Path compile(final Path source) {
        final Path library = source.resolveSibling(source.getFileName() + ".so");
        final List<String> all = new ArrayList<>(command);
        all.addAll(OPTIONS);
        all.addAll(List.of(library.toString(), source.toString()));
        final Process process = start(all);
        try {
            final String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            final int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException(named() + firstError(printed, code) + "\n" + String.join(" ", all) + "\n" + printed);
            }
            return library;
        } catch (final IOException e) {
            throw new IllegalStateException(named() + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(named() + "interrupted", e);
        } finally {
            process.destroy();
        }
    }

    private Process start(final List<String> all) {
        try {
            return new ProcessBuilder(all).redirectErrorStream(true).start();
        } catch (final IOException e) {
            if (chosen) {
                throw new IllegalStateException(named() + "cannot be started: expected a C compiler", e);
            }
            throw new Skipped("C is left out: " + command.getFirst() + " is missing: expected gcc, or a C compiler that CC names");
        }
    }

    private String named() {
        return (chosen ? "CC=" : "") + String.join(" ", command) + ": ";
    }

    /** The line that names the first error. */
    private static String firstError(final String printed, final int code) {
        return printed.lines().filter(line -> line.contains("error")).findFirst()
            .or(() -> printed.lines().filter(line -> !line.isBlank()).findFirst()).orElse("exit code " + code);
    }
}
