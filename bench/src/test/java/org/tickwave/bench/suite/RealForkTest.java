package org.tickwave.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.tickwave.bench.setup.RunFailure;

/** One real benchmark, once: JMH understands the arguments, and its file is understood. */
@Execution(ExecutionMode.CONCURRENT)
class RealForkTest {
    @TempDir
    private Path directory;

    @Test
    void aBenchmarkIsMeasured() throws IOException, RunFailure {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        // Another test may run JMH at the same time.
        final Path java = Files.writeString(directory.resolve("java"),
            "#!/usr/bin/env bash\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -Djmh.ignoreLock=true \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true));
        final Suite suite = new Suite(new PrintWriter(out), new PrintWriter(err), "0", true, true, new Suite.Setting(directory,
            java, System.getProperty("java.class.path"), () -> 0));
        final Plan plan = Plan.parse("made", "w,ours,fused pass,FusedPassBenchmark.fused,width=64,width,sample,1,8*width*width,3*width*width\n",
            new Pace(1, 0, 1, 1, 10, 1, 0), 1);
        assertEquals(0, suite.execute(plan, directory.resolve("out")), err::toString);
        final JsonObject figure = JsonParser.parseString(out.toString()).getAsJsonObject().getAsJsonArray("figures").get(0).getAsJsonObject();
        assertTrue(figure.getAsJsonObject("spread").get("median").getAsDouble() > 0, out::toString);
        assertTrue(figure.getAsJsonObject("tail").get("operations").getAsLong() > 0, out::toString);
        assertTrue(figure.get("allocated_bytes").getAsDouble() >= 0, out::toString);
    }
}
