package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program in a separate JVM. */
final class Program {
    /** After this time the program is killed, so that the test does not wait for ever. */
    private static final int LIMIT_SECONDS = 90;
    private static final String JVM_SAYS = "WARNING: Using incubator modules";
    /**
     * Starts a program that SIGINT ends. A shell that is not interactive starts a command in the background, for example Maven, with
     * SIGINT ignored, and each child inherits that. The env of macOS has no such option.
     */
    private static final List<String> WITH_SIGINT = List.of("env", "--default-signal=INT");

    private final Process process;
    private final BufferedReader out;
    private final BufferedReader err;

    /** Asked when the first program is started. */
    private static final class Sigint {
        private static final boolean CAN_BE_RESET = canBeReset();
        private static final boolean IS_IGNORED = isIgnored();

        private static boolean canBeReset() {
            final List<String> probe = new ArrayList<>(WITH_SIGINT);
            probe.add("true");
            try {
                return new ProcessBuilder(probe).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
            } catch (final IOException e) {
                return false;
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Only Linux tells. The mask has bit n - 1 for signal n, and SIGINT is signal 2. */
        private static boolean isIgnored() {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
                return lines.filter(line -> line.startsWith("SigIgn:")).anyMatch(
                    line -> (Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16) & 2) != 0);
            } catch (final IOException e) {
                return false;
            }
        }
    }

    /** Exit code, standard output and standard error of a program that has ended. */
    record Ended(int code, String out, String err) {
        long lines() {
            return err.lines().count();
        }
    }

    private Program(final Process process) {
        this.process = process;
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        err = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).exceptionally(e -> process.destroyForcibly());
    }

    /** The command that starts the program, with additional flags for the JVM. Its ticks are interpreted: one for each frame. */
    static List<String> command(final List<String> flags, final String... arguments) {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules", "jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow", "-Xint",
            "-Djmh.ignoreLock=true", "-cp", System.getProperty("java.class.path")));
        command.addAll(flags);
        command.add(Tickwave.class.getName());
        command.addAll(List.of(arguments));
        if (arguments.length > 0 && arguments[0].equals("run") && !command.contains("--hold")) {
            command.addAll(List.of("--hold", "1"));
        }
        return command;
    }

    /** Starts the program in a locale with English messages. */
    static Program start(final ProcessBuilder builder) throws IOException {
        builder.environment().put("LC_ALL", "C");
        if (Sigint.CAN_BE_RESET) {
            builder.command().addAll(0, WITH_SIGINT);
        }
        return new Program(builder.start());
    }

    static Program start(final String... arguments) throws IOException {
        return start(new ProcessBuilder(command(List.of(), arguments)));
    }

    /** Writes to the program's standard input, which stays open. */
    void write(final byte[] bytes) throws IOException {
        process.getOutputStream().write(bytes);
        process.getOutputStream().flush();
    }

    /** Reads standard error up to a line that contains the text. Null if there is no such line. */
    String awaitLine(final String part) throws IOException {
        String line = err.readLine();
        while (line != null && !line.contains(part)) {
            line = err.readLine();
        }
        return line;
    }

    /** Reads the header of {@code --answers -} and some answers from standard output. */
    void awaitAnswers(final int count) throws IOException {
        for (int i = 0; i <= count; i++) {
            assertNotNull(out.readLine(), "standard output ended");
        }
    }

    /** Sends SIGINT, as Ctrl-C does. Skips the test where the program ignores SIGINT. */
    void interrupt() throws IOException, InterruptedException {
        if (!Sigint.CAN_BE_RESET && Sigint.IS_IGNORED) {
            kill();
            assumeTrue(false, "this JVM was started with SIGINT ignored, and its children ignore SIGINT too: run Maven in the foreground");
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    long pid() {
        return process.pid();
    }

    boolean running() {
        return process.isAlive();
    }

    /** Sends SIGKILL, and waits until the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for the end of the program. Its standard error must fit in a pipe. */
    Ended end() throws IOException, InterruptedException {
        try {
            final StringWriter printed = new StringWriter();
            out.transferTo(printed);
            final String said = err.lines().filter(line -> !line.startsWith(JVM_SAYS)).map(line -> line + "\n").collect(Collectors.joining());
            return new Ended(process.waitFor(), printed.toString(), said);
        } finally {
            process.destroyForcibly();
        }
    }
}
