package org.tickwave.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tickwave.bench.forks.MadeResult;
import org.tickwave.bench.setup.RunFailure;

/** Two checkouts whose launchers build nothing, and a java that measures nothing: each of its forks writes a prepared result. */
final class Stub {
    static final String BENCHMARK = "org.x.A.tick";
    static final String LIST = "Benchmarks: \n" + BENCHMARK + "\n  param \"width\" = {64}\n";

    /**
     * "Jars" are text files: what JMH lists, what it lists without {@code -p} if that differs, and a line for each fork. The two scripts
     * start hardly any program, since that takes most of their time.
     */
    private static final String LAUNCHER = """
        #!/usr/bin/env bash
        root=${0%%/*}
        echo "built $root $* with $JAVA25_HOME, $TICKWAVE_PROFILES" >>"%s"
        if [ -f "$root/fails" ]; then echo 'building'; echo '[ERROR] E.java: broken'; exit 1; fi
        mkdir -p "$root/bench/target/lib" "$root/engine/target"
        : >"$root/bench/target/tickwave-bench-0.1.0.jar" >"$root/engine/target/tickwave-engine-0.1.0.jar"
        : >"$root/engine/target/tickwave-engine-0.1.0-sources.jar"
        for module in ${TICKWAVE_PROFILES//,/ }; do
            mkdir -p "$root/bench/$module/target/lib"
            : >"$root/bench/$module/target/tickwave-bench-$module-0.1.0.jar" >"$root/bench/$module/target/lib/lib-$module.jar"
        done
        for text in list defaults forks; do
            [ ! -f "$root/$text.txt" ] || printf '%%s\\n' "$(<"$root/$text.txt")" >"$root/bench/target/lib/$text.jar"
        done
        """;

    private static final String JAVA = """
        #!/usr/bin/env bash
        here=%s
        all="$*" file= cp= list= values=
        while [ $# -gt 0 ]; do
            case $1 in
                -cp) cp=$2 ;;
                -rff) file=$2 ;;
                -lp) list=yes ;;
                -p) values=yes ;;
            esac
            shift
        done
        jar=${cp%%%%:*} jars=${jar%%/*} side=${jars##*/}
        if [ -n "$list" ]; then if [ -z "$values" ] && [ -f "$jars/defaults.jar" ]; then list=defaults; else list=list; fi; printf '%%s\\n' "$(<"$jars/$list.jar")"; exit; fi
        echo "$all" >>"$here/$side.arguments"
        echo "$side" >>"$here/order"
        n=0
        while read -r _; do n=$((n + 1)); done <"$here/$side.arguments"
        line=$(sed -n "${n}p" "$jars/forks.jar")
        case $line in
            fail) echo 'java.lang.AssertionError: wrong answer'; exit 3 ;;
            nothing) exit 0 ;;
            signalled) exit 130 ;;
            wait) sleep 1000 & echo "$$ $!" >"$here/fifo"; wait ;;
        esac
        printf '%%s' "$line" >"$file"
        """;

    final Path directory;
    final Path root;
    final Path other;
    final Path java;
    Comparer comparer;
    List<String> profiles = List.of();
    double busy;

    /** @param directory an empty directory */
    Stub(final Path directory) throws IOException {
        this.directory = directory.toRealPath();
        root = checkout("this");
        other = checkout("other");
        java = script(this.directory.resolve("java"), JAVA.formatted(this.directory));
    }

    record Outcome(int code, String out, String err) {
    }

    Path checkout(final String name) throws IOException {
        final Path checkout = Files.createDirectories(directory.resolve(name));
        script(checkout.resolve("tickwave"), LAUNCHER.formatted(directory.resolve("builds")));
        Files.writeString(checkout.resolve("list.txt"), LIST);
        return checkout;
    }

    static Path script(final Path path, final String text) throws IOException {
        Files.writeString(path, text);
        assertTrue(path.toFile().setExecutable(true));
        return path;
    }

    /** Prepares the forks of a side: the iterations of each, or one of the words that the java of this class knows. */
    Stub forks(final Path checkout, final String mode, final String... forks) throws IOException {
        final List<String> lines = new ArrayList<>();
        for (final String fork : forks) {
            lines.add(fork.startsWith("[") ? MadeResult.of(BENCHMARK, mode, mode.equals("thrpt") ? "ops/s" : "ns/op", fork) : fork);
        }
        Files.write(checkout.resolve("forks.txt"), lines);
        return this;
    }

    Outcome compare(final boolean json, final String base, final String... arguments) throws IOException {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final PrintWriter errors = new PrintWriter(err);
        comparer = new Comparer(new PrintWriter(out), errors, "0", json, false, new Comparer.Setting(root, java, profiles, () -> busy));
        int code;
        try {
            code = comparer.execute(base, List.of(arguments));
        } catch (final RunFailure e) {
            errors.println(e.getMessage());
            code = e.exitCode();
        }
        errors.flush();
        return new Outcome(code, out.toString(), err.toString());
    }

    List<String> lines(final String file) throws IOException {
        return Files.exists(directory.resolve(file)) ? Files.readAllLines(directory.resolve(file)) : List.of();
    }

    /** Runs git, which must succeed. */
    String git(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("git", "-C", root.toString(), "-c", "user.name=test", "-c", "user.email=test@localhost",
            "-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null"));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        final Process git = builder.start();
        git.getOutputStream().close();
        final String out = new String(git.getInputStream().readAllBytes());
        assertEquals(0, git.waitFor(), out);
        return out.strip();
    }
}
