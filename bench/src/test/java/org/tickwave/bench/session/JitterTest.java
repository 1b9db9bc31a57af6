package org.tickwave.bench.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class JitterTest {
    @ParameterizedTest
    @EnumSource(Idle.class)
    void eachMeasurementRecordsEveryTickOnce(final Idle idle) {
        final Jitter jitter = new Jitter(100_000, idle, 1_000_000);
        jitter.measure();
        assertEquals(10, jitter.delayNs().getTotalCount());
        jitter.measure();
        assertEquals(20, jitter.delayNs().getTotalCount());
    }

    @Test
    void aTickIsNotMeasuredBeforeItIsDue() {
        final Jitter jitter = new Jitter(1_000_000, Idle.SPIN, 10_000_000);
        final long from = System.nanoTime();
        jitter.measure();
        assertTrue(System.nanoTime() - from >= 9_000_000, "the last of ten ticks is due nine budgets after the first");
    }

    @ParameterizedTest
    @EnumSource(Idle.class)
    void stopEndsAMeasurementThatWaits(final Idle idle) throws InterruptedException {
        final Jitter jitter = new Jitter(1e15, idle, Long.MAX_VALUE);
        final Thread measures = Thread.ofPlatform().daemon().start(jitter::measure);
        while (jitter.delayNs().getTotalCount() == 0) {
            Thread.onSpinWait();
        }
        jitter.stop();
        measures.join();
        assertEquals(1, jitter.delayNs().getTotalCount());
        jitter.measure();
        assertEquals(1, jitter.delayNs().getTotalCount(), "a later measurement ends at once");
    }
}
