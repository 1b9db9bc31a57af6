package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A checkout with the launcher, and a fake machine around it. On this machine scripts stand for mvn and the JDKs, and log their calls.
 * The machine has a home directory, a root directory for the places where systems install JDKs, and only the usual tools on the PATH.
 */
final class Checkout {
    /** Older than every file that a test writes. */
    static final Instant PAST = Instant.now().minusSeconds(3600);

    private static final List<String> TOOLS = List.of(
        "bash", "cat", "dirname", "find", "head", "ln", "mkdir", "ps", "readlink", "rm", "sed", "sleep", "touch");
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    /** Links to the tools, made once. Outside of the test's temporary directory, because JUnit warns about links when it cleans up. */
    private static final Path LINKS = Path.of("target", "launcher-tools").toAbsolutePath();
    private static final Path LAUNCHER = PROJECT.resolve("tickwave");
    /** The path in a checkout to the texts that the launcher prints without the program. */
    private static final Path TEXTS = Path.of("bench", "src", "launcher");

    /** The files that date a build, in the order of their dates. */
    private static final List<String> BUILT = List.of(
        "engine/target/classes/module-info.class", "engine/target/tickwave-engine-0.1.0.jar",
        "engine/safetensors/target/classes/module-info.class", "engine/safetensors/target/tickwave-engine-safetensors-0.1.0.jar",
        "bench/target/classes/module-info.class", "bench/target/tickwave-bench-0.1.0.jar");

    /** Makes the files that mvn makes. Certain files tell it to wait for a FIFO, to change a source file, or to fail. */
    private static final String MVN = """
        #!%s
        printf 'mvn %%s|JAVA_HOME=%%s|JAVA25_HOME=%%s|%%s\\n' "$*" "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "$PWD" >>"$MACHINE/log"
        echo "a word of Maven's"
        echo "${LC_ALL:-}" >"$MACHINE/mvn-locale"
        cat >/dev/null
        if [ -p "$MACHINE/latch" ]; then echo $$ >"$MACHINE/mvn.pid"; read -r _ <"$MACHINE/latch"; fi
        if [ -f "$MACHINE/mvn-edits" ]; then touch engine/src/main/java/E.java; fi
        if [ -f "$MACHINE/mvn-fails" ]; then echo 'E.java: broken'; exit 3; fi
        directories=bench/target/lib files=bench/target/lib/some.jar
        for m in engine engine/safetensors bench; do
            directories="$directories $m/target/classes"
            files="$files $m/target/classes/module-info.class $m/target/tickwave-${m/\\//-}-0.1.0.jar"
        done
        profiles=
        for a in "$@"; do case $a in -P*) profiles=${a#-P} ;; esac; done
        for m in ${profiles//,/ }; do
            directories="$directories bench/$m/target/classes bench/$m/target/lib"
            files="$files bench/$m/target/tickwave-bench-$m-0.1.0.jar bench/$m/target/lib/some.jar"
        done
        mkdir -p $directories
        touch $files
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
        printf '%%s\\n' "$@" >"$MACHINE/java-arguments"
        for d in 0 1 2; do if [ /dev/fd/$d -ef /dev/null ]; then echo "null $d" >>"$MACHINE/java-arguments"; fi; done
        if [ -n "${LC_ALL:-}" ]; then echo "locale $LC_ALL"; fi
        if [ -n "${GLIBC_TUNABLES:-}" ]; then echo "tunables $GLIBC_TUNABLES"; fi
        for a in "$@"; do printf '<%%s>\\n' "$a"; done
        if [ -f "$MACHINE/java-reads" ]; then cat; fi
        if [ -f "$MACHINE/java-fails" ]; then exit 7; fi
        """;

    /** Supports the locales that a file lists. */
    private static final String LOCALE = """
        #!%s
        if [ "$1" = -a ]; then cat "$MACHINE/locales"; exit; fi
        name=${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}
        charmap=ANSI_X3.4-1968
        while read -r known; do
            case ${known/UTF-8/utf8} in "${name/UTF-8/utf8}") case $known in *utf8 | *UTF-8) charmap=UTF-8 ;; esac ;; esac
        done <"$MACHINE/locales"
        echo $charmap
        """;

    record Result(int code, String out, String err) {
    }

    final Path machine;
    final Path root;
    final Path bin;
    final Path home;
    final Path bash;

    /** @param directory an empty directory */
    Checkout(final Path directory) throws IOException {
        final Path tool = find("bash");
        assumeTrue(tool != null, "no bash here: the launcher is not tested");
        bash = tool;
        machine = directory.toRealPath();
        root = machine.resolve("a checkout");
        bin = Files.createDirectories(machine.resolve("bin"));
        home = Files.createDirectories(machine.resolve("home"));
        linkTools();
        script(bin.resolve("mvn"), MVN.formatted(bash));
        for (final String source : List.of(
            "pom.xml", "engine/pom.xml", "engine/safetensors/pom.xml", "bench/pom.xml", "engine/src/main/java/E.java",
            "engine/src/main/java/F.java", "engine/safetensors/src/main/java/S.java", "bench/src/main/java/B.java",
            "engine/src/test/java/ETest.java", "engine/safetensors/src/test/java/STest.java", "bench/src/test/java/BTest.java")) {
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

    private static synchronized void linkTools() throws IOException {
        Files.createDirectories(LINKS);
        for (final String name : TOOLS) {
            final Path found = find(name);
            assumeTrue(found != null, "no " + name + " here: the launcher is not tested");
            if (!Files.exists(LINKS.resolve(name))) {
                Files.createSymbolicLink(LINKS.resolve(name), found);
            }
        }
    }

    /** Puts a tool of the real machine on the PATH. */
    void addTool(final String name) throws IOException {
        final Path found = find(name);
        if (found != null) {
            script(bin.resolve(name), "#!%s\nexec %s \"$@\"\n".formatted(bash, found));
        }
    }

    void addLocales(final String... names) throws IOException {
        Files.write(machine.resolve("locales"), List.of(names));
        script(bin.resolve("locale"), LOCALE.formatted(bash));
    }

    /** Copies the project's texts into this checkout. Without the texts the launcher starts the program for every answer. */
    Path addTexts() throws IOException {
        final Path texts = Files.createDirectories(root.resolve(TEXTS));
        try (Stream<Path> all = Files.list(PROJECT.resolve(TEXTS))) {
            for (final Path text : all.toList()) {
                Files.copy(text, texts.resolve(text.getFileName()));
            }
        }
        return texts;
    }

    /** The text of the launcher, changed so that it looks for JDKs and system settings in this machine's root. */
    private static String launcher() throws IOException {
        final String original = Files.readString(LAUNCHER);
        final var places = Pattern.compile("^ {8}(?=/)|(?<=\"\\$\\()(?=/usr/libexec)|(?<=offered=)(?=/sys/)", Pattern.MULTILINE).matcher(original);
        assertEquals(6, places.results().count(), "places outside of home that the launcher looks in");
        return places.replaceAll("$0\"\\$MACHINE\"");
    }

    static Path find(final String tool) {
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
        assertEquals(true, path.toFile().setExecutable(true, false));
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
        builder.environment().putAll(Map.of("PATH", bin + ":" + LINKS, "HOME", home.toString(), "MACHINE", machine.toString()));
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

    /** Runs the launcher in a checkout that it cannot write to. Root can write everywhere, so root changes to another user first. */
    Result runReadOnly(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = command(arguments);
        final var before = Files.getPosixFilePermissions(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            if (Files.isWritable(root)) {
                final Path setpriv = find("setpriv");
                assumeTrue(setpriv != null, "root can write everywhere, and there is no setpriv");
                Files.setPosixFilePermissions(machine, PosixFilePermissions.fromString("rwxrwxrwx"));
                Files.deleteIfExists(machine.resolve("java-arguments"));
                command.addAll(0, List.of(setpriv.toString(), "--reuid=65534", "--regid=65534", "--clear-groups"));
            }
            return result(start(Map.of(), machine, command));
        } finally {
            Files.setPosixFilePermissions(root, before);
        }
    }

    /** Makes the files that mvn makes, as if it had run long ago. */
    void addBuild(final String... profiles) throws IOException {
        final List<String> files = new ArrayList<>(BUILT);
        files.add("bench/target/lib/some.jar");
        for (final String profile : profiles) {
            files.add("bench/" + profile + "/target/tickwave-bench-" + profile + "-0.1.0.jar");
            files.add("bench/" + profile + "/target/lib/some.jar");
        }
        for (final String file : files) {
            Files.createDirectories(root.resolve(file).getParent());
            touch(Files.write(root.resolve(file), new byte[0]), PAST.plusSeconds(BUILT.size() + 1));
        }
        age();
    }

    /** The files that a build has made. */
    List<Path> built() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(root::relativize).filter(path -> path.toString().contains("/target/") && path.toString().contains("."))
                .sorted().toList();
        }
    }

    /**
     * Makes the checkout look built and puts the real program into it. The jar of bench refers to the class path of the tests, so
     * nothing is copied.
     */
    void addProgram() throws IOException {
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, Stream.of(
            System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString()).collect(Collectors.joining(" ")));
        addBuild();
        for (final String module : List.of("engine", "engine/safetensors", "bench")) {
            final Path jar = root.resolve(module + "/target/tickwave-" + module.replace('/', '-') + "-0.1.0.jar");
            new JarOutputStream(Files.newOutputStream(jar), module.equals("bench") ? manifest : new Manifest()).close();
        }
        age();
    }

    /** Runs a line of bash in which {@code $0} is the launcher. */
    Result shell(final Map<String, String> environment, final String line) throws IOException, InterruptedException {
        return result(start(environment, machine, List.of(bash.toString(), "-c", line, root.resolve("tickwave").toString())));
    }

    /** The arguments of the program, and which of its descriptors lead to /dev/null. */
    List<String> javaArguments() throws IOException {
        return Files.readAllLines(machine.resolve("java-arguments"));
    }

    private List<String> command(final String... arguments) {
        final List<String> command = new ArrayList<>(List.of(root.resolve("tickwave").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The result of a process whose output fits in a pipe. */
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

    /** Sets the built files to older times, in the order of the build. Returns a time after them. */
    Instant age() throws IOException {
        for (int i = 0; i < BUILT.size(); i++) {
            touch(root.resolve(BUILT.get(i)), PAST.plusSeconds(i + 1));
        }
        return PAST.plusSeconds(10);
    }

    boolean locked() {
        return Files.exists(root.resolve(".tickwave-build.lock"), LinkOption.NOFOLLOW_LINKS);
    }
}
