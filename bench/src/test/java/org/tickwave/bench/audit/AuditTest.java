package org.tickwave.bench.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.net.RandomNetworks;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuditTest {
    private static final Network NETWORK = Network.chain(3, 4, 2).build();
    private static final Rule RULE = Rule.aligned();

    private final Random random = new Random(1);

    private static Engine open() {
        return Engine.open(NETWORK, new Context().rule(RULE).rate(0).history(Audit.history(NETWORK, RULE)));
    }

    private void frame(final Engine engine, final Audit audit) {
        final float[] target = RandomNetworks.targets(random, NETWORK);
        engine.input(RandomNetworks.numbers(random, NETWORK.frameWidth()));
        engine.target(target);
        audit.fed(target);
        engine.tick();
    }

    private static void await(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static float[][] found(final float value) {
        final float[][] found = new float[3][Reading.COUNT];
        Arrays.stream(found).forEach(values -> Arrays.fill(values, value));
        return found;
    }

    /** The first audit does not end before the tenth frame. The nine audits in between are skipped, and no frame waits. */
    @Test
    void anAuditThatIsNotReadyIsSkipped() {
        final CountDownLatch slow = new CountDownLatch(1);
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 1, copy -> {
            await(slow);
            return found(.5f);
        })) {
            for (int f = 1; f <= 10; f++) {
                frame(engine, audit);
                audit.completed(f, Double.POSITIVE_INFINITY);
            }
            assertTrue(Double.isNaN(audit.newest()));
            slow.countDown();
            final AuditReport report = audit.finish(() -> false);
            assertEquals(1, report.done());
            assertEquals(9, report.skipped());
            assertEquals(1, report.copyNs().getTotalCount());
            assertArrayEquals(new long[] {1}, report.frames());
            assertEquals(.5, report.projections().getFirst().median(Reading.DELAY), 0);
            assertEquals(.5, audit.newest(), 0);
            assertNull(report.failure());
        }
    }

    @Test
    void aCopyThatWouldMakeATickLateIsNotMade() {
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 1, copy -> found(0))) {
            audit.practise();
            for (int f = 1; f <= 5; f++) {
                frame(engine, audit);
                audit.completed(f, 0);
            }
            final AuditReport report = audit.finish(() -> false);
            assertEquals(0, report.done());
            assertEquals(5, report.skipped());
            assertEquals(0, report.copyNs().getTotalCount());
            assertTrue(report.compared().isEmpty());
        }
    }

    @Test
    void onlyEveryNthFrameIsAudited() {
        try (Engine engine = open(); Audit audit = new Audit(engine, RULE, 0, 7)) {
            for (int f = 1; f <= 20; f++) {
                frame(engine, audit);
                audit.completed(f, Double.POSITIVE_INFINITY);
            }
            final AuditReport report = audit.finish(() -> false);
            assertEquals(2, report.done() + report.skipped());
            assertEquals(7, report.frames()[0]);
        }
    }

    /** Ctrl-C: the end of the run does not wait for the audit, and gets nothing from that audit any more. */
    @Test
    void aDroppedAuditCountsAsSkipped() {
        final CountDownLatch never = new CountDownLatch(1);
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 1, copy -> {
            await(never);
            return found(0);
        })) {
            frame(engine, audit);
            audit.completed(1, Double.POSITIVE_INFINITY);
            final AuditReport report = audit.finish(() -> true);
            assertEquals(0, report.done());
            assertEquals(1, report.skipped());
            never.countDown();
            assertEquals(0, report.frames().length);
        }
    }

    @Test
    void anInterruptBeforeTheEndDropsNothing() {
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 1, copy -> found(0))) {
            frame(engine, audit);
            audit.completed(1, Double.POSITIVE_INFINITY);
            Thread.currentThread().interrupt();
            final AuditReport report = audit.finish(() -> false);
            assertTrue(Thread.interrupted());
            assertEquals(1, report.done());
        }
    }

    @Test
    void anErrorEndsTheAuditsOnly() {
        final IllegalStateException bug = new IllegalStateException("a bug");
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 1, copy -> {
            throw bug;
        })) {
            for (int f = 1; f <= 3; f++) {
                frame(engine, audit);
                audit.completed(f, Double.POSITIVE_INFINITY);
            }
            final AuditReport report = audit.finish(() -> false);
            assertSame(bug, report.failure());
            assertEquals(0, report.done());
            assertEquals(3, report.skipped());
        }
    }

    @Test
    void tooManySamplesAreThinnedEvenly() {
        final Samples samples = new Samples(8);
        for (int f = 0; f < 100; f++) {
            samples.add(new Samples.Sample(f, found(0)));
        }
        assertArrayEquals(new long[] {0, 16, 32, 48, 64, 80, 96}, samples.kept().stream().mapToLong(Samples.Sample::frame).toArray());
    }

    @Test
    void percentilesLeaveOutWhatWasNotCompared() {
        final Samples samples = new Samples(100);
        for (int f = 1; f <= 10; f++) {
            samples.add(new Samples.Sample(f, found(f <= 5 ? Float.NaN : f)));
        }
        final AuditReport.Projection projection = AuditReport.Projection.of("a", "b", 1, samples.kept());
        assertEquals(8, projection.median(Reading.FORWARD), 0);
        assertEquals(10, projection.percentile(Reading.FORWARD, 99), 0);
        assertEquals(8, projection.mean(Reading.COSINE_MET), 0);
        assertTrue(projection.compared());
    }
}
