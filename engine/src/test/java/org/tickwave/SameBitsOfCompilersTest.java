package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The interpreter alone and C1 alone, each in a JVM of its own, come to the results of {@link SameBitsTest}. */
@Execution(ExecutionMode.CONCURRENT)
class SameBitsOfCompilersTest {
    @Test
    void theInterpreterAloneComesToTheSameWeights() throws IOException, InterruptedException {
        assertEquals(SameBitsTest.END, anotherJvm("-Xint"));
    }

    @Test
    void theFirstCompilerAloneComesToTheSameWeights() throws IOException, InterruptedException {
        assertEquals(SameBitsTest.END, anotherJvm("-XX:TieredStopAtLevel=1"));
    }

    private static String anotherJvm(final String flag) throws IOException, InterruptedException {
        final Process child = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), flag,
            "--add-modules", "jdk.incubator.vector",
            "-cp", System.getProperty("java.class.path"), ShortRun.class.getName()).redirectErrorStream(true).start();
        final List<String> crcs = new ArrayList<>();
        final StringBuilder all = new StringBuilder();
        try (var reader = child.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(line -> {
                all.append(line).append('\n');
                if (line.startsWith(ShortRun.MARK)) {
                    crcs.add(line.substring(ShortRun.MARK.length()));
                }
            });
        }
        assertEquals(0, child.waitFor(), all.toString());
        return SameBitsTest.lines(crcs);
    }
}
