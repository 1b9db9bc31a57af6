package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands in a JVM of their own and in a locale, as the launcher does. A JVM whose locale is not UTF-8 cannot create or pass
 * a name that is not ASCII, so a shell creates the names with printf.
 */
final class InUtf8 {
    private static final int LONGEST_SECONDS = 120;

    private InUtf8() {
    }

    /**
     * Runs a script in a directory.
     *
     * @param locale locale of the program
     * @param script shell script; "$@" stands for the program, whose commands are separated by {@link InTurn#THEN}
     * @return what each command did
     */
    static List<Outcome> run(final Path directory, final String locale, final String script) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
        final List<String> command = new ArrayList<>(List.of("/bin/bash", "-c", script, "bash",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules", "jdk.incubator.vector",
            "-Xint", "-XX:+UseSerialGC", "-Dstdout.encoding=UTF-8",
            "-cp", absolute(System.getProperty("java.class.path")), InTurn.class.getName()));
        final Path out = directory.resolveSibling("out");
        final Path err = directory.resolveSibling("err");
        final ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
            .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("LC_ALL", locale);
        final Process process = builder.start();
        try {
            process.getOutputStream().close();
            assertTrue(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS), "it still runs");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), Files.readString(err, StandardCharsets.UTF_8));
        return List.of(new Gson().fromJson(Files.readString(out, StandardCharsets.UTF_8), Outcome[].class));
    }

    private static String absolute(final String classPath) {
        final List<String> parts = new ArrayList<>();
        for (final String part : classPath.split(File.pathSeparator)) {
            parts.add(Path.of(part).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, parts);
    }
}
