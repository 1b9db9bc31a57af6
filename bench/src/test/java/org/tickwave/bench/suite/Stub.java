package org.tickwave.bench.suite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tickwave.bench.forks.MadeResult;
import org.tickwave.bench.peer.Skipped;
import org.tickwave.bench.setup.RunFailure;

/** A suite whose forks measure nothing: each writes a prepared result. */
final class Stub {
    static final String PLAN = """
        # two places, three roles
        w,ours,tick,A.ours,width=64|128,width,avgt,1,8*width,3*width
        w,peer,BLAS,A.peer,width=64|128,width,avgt,1/2,,
        w,ceiling,passes,A.pass,:width=64|128,width,avgt,2,8*width,
        tails,ours,tick,A.ours,width=64,,sample,1,,
        """;
    static final Pace PACE = new Pace(4, 0, 1, 1, 1, 1, 0);
    private static final String SAMPLED = "[{\"mode\": \"sample\", \"primaryMetric\": {\"score\": 2.5, \"scoreUnit\": \"ns/op\","
        + " \"rawDataHistogram\": [[[[2, 150], [4, 50]]]]}, \"secondaryMetrics\": {}}]";

    private static final String JAVA = """
        #!/usr/bin/env bash
        here=%s
        before= params= mode= name= file=
        for a; do
            case $before in -rff) file=$a ;; -p) params="$params $a" ;; -bm) mode=$a ;; esac
            case $a in ^*) name=${a##*.}; name=${name%%%%\\\\*} ;; esac
            before=$a
        done
        key="$name$params $mode"
        echo "$key" >>"$here/order"
        n=0 lines=()
        [ ! -f "$here/count-$key" ] || read -r n <"$here/count-$key"
        echo $((n + 1)) >"$here/count-$key"
        [ ! -f "$here/forks/$key" ] || mapfile -t lines <"$here/forks/$key"
        line=${lines[n]:-}
        case $line in
            wrong) printf '# Warmup\\n\\njava.lang.IllegalStateException: weight 3 is 1.0: expected 2.0\\n\\tat A.b(A.java:1)\\n'; exit 1 ;;
            skip) printf '<failure>\\n\\n%s: libx.so.0 is missing: expected libx0\\n'; exit 1 ;;
            nothing) exit 0 ;;
            signalled) exit 130 ;;
            wait) sleep 1000 & echo "$$ $!" >"$here/fifo"; wait ;;
        esac
        [ -n "$line" ] || mapfile -t lines <"$here/default-$mode"
        [ -n "$line" ] || line=${lines[0]}
        printf '%%s' "$line" >"$file"
        """;

    final Path directory;
    final Path out;
    String text = PLAN;
    Pace pace = PACE;
    String classPath;
    Suite suite;

    /** @param directory an empty directory */
    Stub(final Path directory) throws IOException {
        this.directory = directory.toRealPath();
        out = this.directory.resolve("out");
        Files.createDirectories(this.directory.resolve("forks"));
        final Path java = this.directory.resolve("java");
        Files.writeString(java, JAVA.formatted(this.directory, Skipped.class.getName()));
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(this.directory.resolve("default-avgt"), result("[10.0]"));
        Files.writeString(this.directory.resolve("default-sample"), SAMPLED);
        classPath = Files.writeString(this.directory.resolve("a.jar"), "classes").toString();
    }

    record Outcome(int code, String out, String err) {
    }

    private static String result(final String iterations) {
        return MadeResult.of("org.tickwave.bench.jmh.A.x", "avgt", "ns/op", iterations);
    }

    /** Prepares the forks of a benchmark: the iterations of each, or one of the words that the java of this class knows. */
    Stub forks(final String key, final String... forks) throws IOException {
        final List<String> lines = new ArrayList<>();
        for (final String fork : forks) {
            lines.add(fork.startsWith("[") ? result(fork) : fork);
        }
        Files.write(directory.resolve("forks").resolve(key + " avgt"), lines);
        return this;
    }

    Outcome run(final boolean json) throws IOException {
        final StringWriter printed = new StringWriter();
        final StringWriter err = new StringWriter();
        final PrintWriter errors = new PrintWriter(err);
        suite = new Suite(new PrintWriter(printed), errors, "0", json, false,
            new Suite.Setting(directory, directory.resolve("java"), classPath, () -> 0));
        int code;
        try {
            code = suite.execute(Plan.parse("made", text, pace, 2), out);
        } catch (final RunFailure e) {
            errors.println(e.getMessage());
            code = e.exitCode();
        }
        errors.flush();
        return new Outcome(code, printed.toString(), err.toString());
    }

    /** The forks in the order in which they ran. */
    List<String> order() throws IOException {
        return Files.exists(directory.resolve("order")) ? Files.readAllLines(directory.resolve("order")) : List.of();
    }

    JsonObject json() throws IOException {
        return JsonParser.parseString(Files.readString(out.resolve("suite.json"))).getAsJsonObject();
    }
}
