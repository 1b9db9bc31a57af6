package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tickwave.kernel.AtEveryLaneWidth;
import org.tickwave.kernel.Lanes;

/**
 * Results depend neither on the lane width nor on the machine, nor on whether the interpreter, C1 or C2 ran the kernels. If one
 * of these numbers changes, every result changes.
 */
@AtEveryLaneWidth
class SameBitsTest {
    private static final int BITS = Lanes.LANES * Float.SIZE;
    /** Runs of each network in this JVM: the first is interpreted, the last is compiled. */
    private static final int RUNS = 400;

    private static final String START = """
        10-16-5 2599c32c
        5-35-9-3 ac1b9ff0
        IDENTITY 54baecbd
        TANH 54baecbd
        LOGISTIC 54baecbd
        RELU bd31559f
        LEAKY_RELU bd31559f
        SOFTMAX 54baecbd
        LOGISTIC_LOSS 54baecbd
        """;

    private static final String END = """
        10-16-5 17f0db4b
        5-35-9-3 af375a62
        IDENTITY 320e30d4
        TANH f950e33e
        LOGISTIC 7998b20d
        RELU d73abb4a
        LEAKY_RELU 28935121
        SOFTMAX d6e23070
        LOGISTIC_LOSS 750d9d0f
        """;

    @Test
    void startWeightsAreWhatTheyAlwaysWere() {
        assertEquals(START, lines(ShortRun.all().stream().map(run -> run.name + " " + run.start()).toList()));
    }

    @Test
    void weightsAfterFortyTicksAreWhatTheyAlwaysWere() {
        assertEquals(END, lines(ShortRun.all().stream().map(run -> run.name + " " + run.end()).toList()));
    }

    @Test
    void weightsDoNotChangeWhileTheKernelsAreCompiled() {
        for (final ShortRun run : ShortRun.all()) {
            final String first = run.end();
            for (int i = 1; i < RUNS; i++) {
                assertEquals(first, run.end(), run.name + ", run " + i);
            }
        }
    }

    @Test
    void theInterpreterAloneComesToTheSameWeights() throws IOException, InterruptedException {
        assertEquals(END, anotherJvm("-Xint"));
    }

    @Test
    void theFirstCompilerAloneComesToTheSameWeights() throws IOException, InterruptedException {
        assertEquals(END, anotherJvm("-XX:TieredStopAtLevel=1"));
    }

    private static String lines(final List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static String anotherJvm(final String flag) throws IOException, InterruptedException {
        final Process child = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), flag,
            "-XX:MaxVectorSize=" + BITS / Byte.SIZE, "--add-modules", "jdk.incubator.vector",
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
        return lines(crcs);
    }
}
