package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tickwave.kernel.AtEveryLaneWidth;

/**
 * Results depend neither on the lane width nor on the machine, nor on whether the interpreter or C2 ran the kernels. If one of these
 * numbers changes, every result changes.
 */
@AtEveryLaneWidth
class SameBitsTest {
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

    static final String END = """
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

    static String lines(final List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
