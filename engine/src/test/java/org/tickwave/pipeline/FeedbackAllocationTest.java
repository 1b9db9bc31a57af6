package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.RandomWiring;
import org.tickwave.layout.Wiring;

/** Once the kernels are compiled, a tick with any feedback allocates nothing. */
@Tag("allocation")
class FeedbackAllocationTest {
    private static final int TICKS = 5_000;
    /** After a batch that allocates nothing a later one may allocate again, while the compiler puts a tick into one method. */
    private static final int WARM = 10;
    private static final int QUIET = 5;
    private static final int ATTEMPTS = 40;

    @ParameterizedTest
    @CsvSource({"RANDOM, false", "SIGN_SYMMETRIC, false", "TRANSPOSE, true"})
    void aTickAllocatesNothing(final Feedback feedback, final boolean direct) {
        final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Wiring wiring =
            RandomWiring.withFeedback(feedback, Wiring.chain(3).aligned(), direct ? new int[] {1, 2} : new int[0]);
        try (GraphNet net = new GraphNet(wiring, 1, 1)) {
            net.commit(1);
            net.finish();
            long bytes = 0;
            int quiet = 0;
            for (int batch = 0; batch < WARM + ATTEMPTS && quiet < QUIET; batch++) {
                final long before = thread.getCurrentThreadAllocatedBytes();
                net.source.commit(TICKS);
                net.finish();
                bytes = thread.getCurrentThreadAllocatedBytes() - before;
                quiet = bytes < TICKS && batch >= WARM ? quiet + 1 : 0;
            }
            assertTrue(thread.getCurrentThreadAllocatedBytes() > 0, "this JVM does not count allocated bytes");
            assertEquals(QUIET, quiet, bytes + " bytes in the last " + TICKS + " ticks");
        }
    }
}
