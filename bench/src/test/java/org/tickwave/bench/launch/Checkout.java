package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A checkout with the launcher in it, and a small machine around: scripts that stand for mvn and for JDKs and log how they
 * were called, a home, a root for the places where a system keeps JDKs, and nothing but the usual tools on the PATH.
 */
final class Checkout {
    /** Long enough ago that whatever a test writes is newer. */
    static final Instant PAST = Instant.now().minusSeconds(3600);

    private static final List<String> TOOLS = List.of(
        "bash", "cat", "dirname", "find", "head", "ln", "mkdir", "ps", "readlink", "rm", "sed", "sleep", "touch");
    private static final Path LAUNCHER = Path.of("..", "tickwave").toAbsolutePath().normalize();

    /** What mvn leaves; it waits for a word from a FIFO, changes a source or fails if there is a file that says so. */
    private static final String MVN = """
        #!%s
        printf 'mvn %%s|JAVA_HOME=%%s|JAVA25_HOME=%%s|%%s\\n' "$*" "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "$PWD" >>"$MACHINE/log"
        echo "a word of Maven's"
        cat >/dev/null
        if [ -p "$MACHINE/latch" ]; then echo $$ >"$MACHINE/mvn.pid"; read -r _ <"$MACHINE/latch"; fi
        if [ -f "$MACHINE/mvn-edits" ]; then touch engine/src/main/java/E.java; fi
        if [ -f "$MACHINE/mvn-fails" ]; then echo 'E.java: broken'; exit 3; fi
        for m in engine bench; do
            mkdir -p $m/target/classes
            touch $m/target/classes/module-info.class
            touch $m/target/tickwave-$m-0.1.0.jar
        done
        mkdir -p bench/target/lib
        touch bench/target/lib/some.jar
        """;

    private static final String JAVA = """
        #!%s
        home=${0%%/bin/java}
        case " $* " in
            *' -XshowSettings:properties '*)
                echo '    java.home = %s' >&2 ;;
        esac
        case " $* " in
            *' -version '*)
                printf 'Picked up JAVA_TOOL_OPTIONS: -Xint\\nopenjdk version "%s" 2026-04-21\\n' >&2
                echo examined "$home" >>"$MACHINE/log"
                exit ;;
        esac
        echo "java $home" >>"$MACHINE/log"
        echo "in $PWD"
        if [ -n "${GLIBC_TUNABLES:-}" ]; then echo "tunables $GLIBC_TUNABLES"; fi
        for a in "$@"; do printf '<%%s>\\n' "$a"; done
        if [ -f "$MACHINE/java-reads" ]; then cat; fi
        if [ -f "$MACHINE/java-fails" ]; then exit 7; fi
        """;

    record Result(int code, String out, String err) {
    }

    final Path machine;
    final Path root;
    final Path bin;
    final Path home;
    private final Path bash;

    /** @param directory empty */
    Checkout(final Path directory) throws IOException {
        final Path tool = find("bash");
        assumeTrue(tool != null, "no bash here: the launcher is not tested");
        bash = tool;
        machine = directory.toRealPath();
        root = machine.resolve("a checkout");
        bin = Files.createDirectories(machine.resolve("bin"));
        home = Files.createDirectories(machine.resolve("home"));
        for (final String name : TOOLS) {
            final Path found = find(name);
            assumeTrue(found != null, "no " + name + " here: the launcher is not tested");
            script(bin.resolve(name), "#!%s\nexec %s \"$@\"\n".formatted(bash, found));
        }
        script(bin.resolve("mvn"), MVN.formatted(bash));
        for (final String source : List.of(
            "pom.xml", "engine/pom.xml", "bench/pom.xml", "engine/src/main/java/E.java", "engine/src/main/java/F.java",
            "bench/src/main/java/B.java", "engine/src/test/java/ETest.java", "bench/src/test/java/BTest.java")) {
            final Path file = root.resolve(source);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
        script(root.resolve("tickwave"), launcher());
        try (Stream<Path> all = Files.walk(root)) {
            for (final Path path : all.toList()) {
                touch(path, PAST);
            }
        }
    }

    /** The launcher, but that it looks for JDKs, and for what the system says, in this machine's root. */
    private static String launcher() throws IOException {
        final String original = Files.readString(LAUNCHER);
        final var places = Pattern.compile("^ {8}(?=/)|(?<=\"\\$\\()(?=/usr/libexec)|(?<=offered=)(?=/sys/)", Pattern.MULTILINE).matcher(original);
        assertEquals(6, places.results().count(), "places outside of home that the launcher looks in");
        return places.replaceAll("$0\"\\$MACHINE\"");
    }

    private static Path find(final String tool) {
        for (final String directory : List.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")) {
            if (Files.isExecutable(Path.of(directory, tool))) {
                return Path.of(directory, tool);
            }
        }
        return null;
    }

    void script(final Path path, final String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        assertEquals(true, path.toFile().setExecutable(true));
    }

    /** A JDK with a release file. */
    Path jdk(final Path directory, final String version) throws IOException {
        jdkWithoutRelease(directory, version);
        Files.writeString(directory.resolve("release"), "IMPLEMENTOR=\"17\"\nJAVA_VERSION=\"" + version + "\"\nX=\"25\"\n");
        return directory;
    }

    Path jdkWithoutRelease(final Path directory, final String version) throws IOException {
        script(directory.resolve("bin/java"), JAVA.formatted(bash, directory, version));
        script(directory.resolve("bin/javac"), "");
        return directory;
    }

    static void touch(final Path path, final Instant time) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(time));
    }

    Process start(final Map<String, String> environment, final Path directory, final List<String> command)
        throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", bin.toString(), "HOME", home.toString(), "MACHINE", machine.toString()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    Process start(final String... arguments) throws IOException {
        return start(Map.of(), machine, command(arguments));
    }

    Result run(final Map<String, String> environment, final String... arguments) throws IOException, InterruptedException {
        return result(start(environment, machine, command(arguments)));
    }

    Result run(final String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    private List<String> command(final String... arguments) {
        final List<String> command = new ArrayList<>(List.of(root.resolve("tickwave").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Small outputs, which fit in a pipe. */
    static Result result(final Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        final String out = new String(process.getInputStream().readAllBytes());
        final String err = new String(process.getErrorStream().readAllBytes());
        return new Result(process.waitFor(), out, err);
    }

    /** The lines that mvn and java logged since the last call. */
    List<String> log() throws IOException {
        final Path log = machine.resolve("log");
        final List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        Files.deleteIfExists(log);
        return lines;
    }

    long builds() throws IOException {
        return log().stream().filter(line -> line.startsWith("mvn ")).count();
    }

    /** Makes what was built older, in its order, and gives the time after it. */
    Instant age() throws IOException {
        final Map<Integer, String> built = new TreeMap<>(Map.of(
            1, "engine/target/classes/module-info.class", 2, "engine/target/tickwave-engine-0.1.0.jar",
            3, "bench/target/classes/module-info.class", 4, "bench/target/tickwave-bench-0.1.0.jar"));
        for (final Map.Entry<Integer, String> entry : built.entrySet()) {
            touch(root.resolve(entry.getValue()), PAST.plusSeconds(entry.getKey()));
        }
        return PAST.plusSeconds(10);
    }

    boolean locked() {
        return Files.isSymbolicLink(root.resolve(".tickwave-build.lock"));
    }
}
