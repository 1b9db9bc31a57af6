package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application's answers and alarms are right, and its thread allocates nothing. Prints the latency from the offer of a
 * reading to the receipt of its answer.
 */
@Tag("allocation")
class AeronApplicationTest {
    private static final int BATCH = 2_000;
    /** Batches to run before counting: the JVM compiles the thread's own loop once more in that time. */
    private static final int WARM = 10;
    /** Batches in a row that must allocate nothing. */
    private static final int QUIET = 5;
    private static final int ATTEMPTS = 100;
    private static final long PERIOD_NS = 50_000;

    @TempDir
    private Path temporary;

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    @Test
    @Timeout(120)
    void everyReadingIsAnsweredOnceAndNothingIsAllocated() {
        assumeTrue(ManagementFactory.getCompilationMXBean() != null, "nothing compiles here");
        final Path directory = temporary.resolve("aeron");
        AeronApplication.run(directory, errors::add, agent -> {
            try (FarEnd farEnd = new FarEnd(directory, (WARM + ATTEMPTS) * BATCH)) {
                expectNoAllocation(farEnd, agent);
                assertEquals(0, farEnd.counter(AeronForecast.UNHEARD));
                assertEquals(0, farEnd.counter(AeronForecast.MALFORMED));
                expectAnswers(farEnd);
                print(farEnd.latencyNs);
            }
        });
        assertEquals(List.of(), errors);
        assertFalse(Files.exists(directory), "the driver has deleted its directory");
    }

    private void expectNoAllocation(final FarEnd farEnd, final Thread agent) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = -1;
        int quiet = 0;
        for (int batch = 0; batch < WARM + ATTEMPTS && quiet < QUIET; batch++) {
            if (batch == WARM) {
                farEnd.latencyNs.reset();
            }
            final long before = threads.getThreadAllocatedBytes(agent.threadId());
            exchange(farEnd);
            bytes = threads.getThreadAllocatedBytes(agent.threadId()) - before;
            quiet = bytes == 0 && batch >= WARM ? quiet + 1 : 0;
        }
        assertTrue(threads.getThreadAllocatedBytes(agent.threadId()) > 0, "this JVM does not count allocated bytes");
        assertEquals(QUIET, quiet, bytes + " bytes in the last " + BATCH + " readings");
    }

    /** Sends a batch at a fixed pace, and waits for its answers. */
    private void exchange(final FarEnd farEnd) {
        final int end = farEnd.sent() + BATCH;
        long next = System.nanoTime();
        while (farEnd.answered() < end) {
            if (farEnd.sent() < end && System.nanoTime() - next >= 0 && farEnd.send()) {
                next += PERIOD_NS;
            }
            if (farEnd.take() == 0) {
                Thread.yield();
            }
            assertEquals(List.of(), errors);
        }
    }

    private static void expectAnswers(final FarEnd farEnd) {
        assertEquals(farEnd.sent(), farEnd.answered());
        farEnd.expectTheAnswersOfAPlainLoop();
        assertTrue(farEnd.alarms() >= 5, () -> farEnd.alarms() + " alarms");
        final double loss = farEnd.lossOfNoChange();
        assertTrue(loss < .2, () -> "error " + loss + " of no change");
    }

    private static void print(final Histogram latencyNs) {
        System.out.printf("Aeron, reading to answer, %,d readings:", latencyNs.getTotalCount());
        for (final double percentile : new double[] {50, 90, 99, 99.9, 100}) {
            System.out.printf("  %s %% %.1f us", percentile, latencyNs.getValueAtPercentile(percentile) / 1e3);
        }
        System.out.println();
    }
}
