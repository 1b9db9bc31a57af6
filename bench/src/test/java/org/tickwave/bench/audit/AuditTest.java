package org.tickwave.bench.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.ArchiveException;
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
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 1, 1, copy -> {
            await(slow);
            return found(.5f);
        }, System::nanoTime)) {
            for (int f = 1; f <= 10; f++) {
                frame(engine, audit);
                audit.ticked(f, Double.POSITIVE_INFINITY);
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
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 1, 1, copy -> found(0), System::nanoTime)) {
            audit.practise();
            for (int f = 1; f <= 5; f++) {
                frame(engine, audit);
                audit.ticked(f, 0);
            }
            final AuditReport report = audit.finish(() -> false);
            assertEquals(0, report.done());
            assertEquals(5, report.skipped());
            assertEquals(0, report.copyNs().getTotalCount());
            assertTrue(report.compared().isEmpty());
        }
    }

    /** A clock that goes on by a step at each reading, so that everything takes one step. */
    private static final class StepClock implements LongSupplier {
        private long ns;
        private long step;

        @Override
        public long getAsLong() {
            return ns += step;
        }
    }

    /** Copies that took 100 us for a while do not end the audits of a run that has 50 us for each. */
    @Test
    void auditsGoOnAfterASlowSpell() {
        final StepClock clock = new StepClock();
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 1, 1, copy -> found(0), clock)) {
            clock.step = 10_000;
            audit.practise();
            for (int f = 1; f <= 250; f++) {
                final boolean slow = f <= 50;
                clock.step = slow ? 100_000 : 10_000;
                frame(engine, audit);
                audit.ticked(f, slow ? Double.POSITIVE_INFINITY : 50_000);
                while (!audit.ready()) {
                    Thread.onSpinWait();
                }
            }
            final long skipped = audit.finish(() -> false).skipped();
            assertTrue(skipped > 10 && skipped < 100, skipped + " skipped");
        }
    }

    /** The first copies run in the interpreter. */
    @Test
    void atLeastThreeCopiesArePractised() {
        final StepClock clock = new StepClock();
        clock.step = 1_000_000_000;
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 1, 1, copy -> found(0), clock)) {
            audit.practise();
            // One reading at the begin, and two for each copy.
            assertEquals(1 + 2 * 3, clock.ns / clock.step - 1);
        }
    }

    /** All arrays of a copy, and of the targets. A wide layer far below the output has a long ring. */
    @Test
    void theHeapThatIsAskedForHoldsAllArrays() {
        final Network deep = Network.chain(100_000, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2).build();
        for (final Rule rule : List.of(Rule.aligned(), Rule.diffusion(), Rule.parse("window:3"))) {
            final Ages ages = new Ages(deep, rule);
            final AuditCopy copy = new AuditCopy(deep, ages);
            long floats = Arrays.stream(copy.weights).mapToLong(values -> values.length * 5L).sum();
            for (final float[][][] rings : List.of(copy.x, copy.errors)) {
                floats += Arrays.stream(rings).filter(Objects::nonNull).flatMap(Arrays::stream).mapToLong(values -> values.length).sum();
            }
            final long results = 4_096L * deep.projections() * Reading.COUNT * (Float.BYTES + 2 * Double.BYTES);
            final long bytes = Audit.heapBytes(deep, rule);
            assertTrue(bytes > floats * Float.BYTES + results, bytes + " bytes under " + rule);
            assertTrue(bytes < floats * Float.BYTES + 1.5 * results, bytes + " bytes under " + rule);
        }
    }

    @Test
    void onlyEveryNthFrameIsAudited() {
        try (Engine engine = open(); Audit audit = new Audit(engine, RULE, 0, 7, 1)) {
            for (int f = 1; f <= 20; f++) {
                frame(engine, audit);
                if (audit.due(f, 0)) {
                    audit.ticked(f, Double.POSITIVE_INFINITY);
                }
            }
            final AuditReport report = audit.finish(() -> false);
            assertEquals(2, report.done() + report.skipped());
            assertEquals(7, report.frames()[0]);
        }
    }

    /** Runs frames of three ticks each. Returns in which tick of each frame an audit was due, as a decimal digit. */
    private String dueTicks(final Audit audit, final Engine engine, final int frames, final double leftNs) {
        final StringBuilder due = new StringBuilder();
        for (int f = 1; f <= frames; f++) {
            for (int k = 0; k < 3; k++) {
                frame(engine, audit);
                if (audit.due(f, k)) {
                    due.append(k);
                    audit.ticked(f, leftNs);
                }
            }
        }
        return due.toString();
    }

    /** A tick that had no time does not block the others: the first tick after a pause is slow. */
    @Test
    void theTicksOfAHoldTakeTurns() {
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 2, 3, copy -> found(0), System::nanoTime)) {
            audit.practise();
            assertEquals("01201", dueTicks(audit, engine, 10, 0));
        }
    }

    /** Otherwise some ticks would never be audited if, say, every second audit is skipped. */
    @Test
    void aTickKeepsItsTurnWhileTheAuditBeforeIsAtWork() {
        final CountDownLatch slow = new CountDownLatch(1);
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 1, 3, copy -> {
            await(slow);
            return found(0);
        }, System::nanoTime)) {
            assertEquals("01111", dueTicks(audit, engine, 5, Double.POSITIVE_INFINITY));
            slow.countDown();
        }
    }

    /** Ctrl-C: the end of the run does not wait for the audit, and gets nothing from that audit any more. */
    @Test
    void aDroppedAuditCountsAsSkipped() {
        final CountDownLatch never = new CountDownLatch(1);
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 1, 1, copy -> {
            await(never);
            return found(0);
        }, System::nanoTime)) {
            frame(engine, audit);
            audit.ticked(1, Double.POSITIVE_INFINITY);
            final AuditReport report = audit.finish(() -> true);
            assertEquals(0, report.done());
            assertEquals(1, report.skipped());
            never.countDown();
            assertEquals(0, report.frames().length);
        }
    }

    @Test
    void anInterruptBeforeTheEndDropsNothing() {
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 1, 1, copy -> found(0), System::nanoTime)) {
            frame(engine, audit);
            audit.ticked(1, Double.POSITIVE_INFINITY);
            Thread.currentThread().interrupt();
            final AuditReport report = audit.finish(() -> false);
            assertTrue(Thread.interrupted());
            assertEquals(1, report.done());
        }
    }

    @Test
    void anErrorEndsTheAuditsOnly() {
        final IllegalStateException bug = new IllegalStateException("a bug");
        try (Engine engine = open(); Audit audit = new Audit(engine, new Ages(NETWORK, RULE), 1, 1, copy -> {
            throw bug;
        }, System::nanoTime)) {
            for (int f = 1; f <= 3; f++) {
                frame(engine, audit);
                audit.ticked(f, Double.POSITIVE_INFINITY);
            }
            final AuditReport report = audit.finish(() -> false);
            assertSame(bug, report.failure());
            assertEquals(0, report.done());
            assertEquals(3, report.skipped());
        }
    }

    @Test
    void tooManySamplesAreThinnedEvenly() {
        final Samples samples = new Samples(2, 8);
        for (int f = 0; f < 100; f++) {
            samples.add(new Samples.Sample(f, found(0)));
        }
        assertArrayEquals(new long[] {0, 16, 32, 48, 64, 80, 96}, samples.kept().stream().mapToLong(Samples.Sample::frame).toArray());
    }

    /** The samples are thinned before the archive and after it. */
    @Test
    void samplesGoOn() {
        final Samples whole = new Samples(2, 8);
        Samples pieces = new Samples(2, 8);
        for (int f = 0; f < 100; f++) {
            final Samples.Sample sample = new Samples.Sample(f, found(f));
            whole.add(sample);
            if (f % 13 == 0) {
                final Archive archive = Archive.writing();
                pieces.copy().keep(archive);
                pieces = new Samples(2, 8);
                pieces.keep(Archive.reading(archive.written()));
            }
            pieces.add(sample);
        }
        assertEquals(7, pieces.kept().size());
        for (int i = 0; i < 7; i++) {
            assertEquals(whole.kept().get(i).frame(), pieces.kept().get(i).frame());
            assertArrayEquals(whole.kept().get(i).found()[2], pieces.kept().get(i).found()[2]);
        }
    }

    @Test
    void samplesOfAnotherNetworkAreRefused() {
        final Archive archive = Archive.writing();
        final Samples samples = new Samples(2, 8);
        for (int f = 0; f < 5; f++) {
            samples.add(new Samples.Sample(f, found(f)));
        }
        samples.keep(archive);
        assertThrows(ArchiveException.class, () -> new Samples(2, 4).keep(Archive.reading(archive.written())));
        assertThrows(ArchiveException.class, () -> {
            final Archive reading = Archive.reading(archive.written());
            new Samples(1, 8).keep(reading);
            reading.end();
        });
    }

    /** Two audits follow one engine: one sees all frames, the other is replaced after every third frame. */
    @Test
    void anAuditGoesOn() {
        final List<List<float[]>> targets = List.of(new ArrayList<>(), new ArrayList<>());
        final List<boolean[]> taught = new ArrayList<>();
        try (Engine engine = open(); Audit whole = audit(engine, targets.get(0), new ArrayList<>())) {
            Audit pieces = audit(engine, targets.get(1), taught);
            for (int f = 1; f <= 20; f++) {
                if (f % 3 == 0) {
                    final Audit next = audit(engine, targets.get(1), taught);
                    goOn(pieces, next);
                    pieces.close();
                    pieces = next;
                }
                final float[] target = f % 3 == 0 ? null : RandomNetworks.targets(random, NETWORK);
                engine.input(RandomNetworks.numbers(random, NETWORK.frameWidth()));
                whole.fed(target);
                pieces.fed(target);
                for (int k = 0; k < 2; k++) {
                    engine.tick();
                    for (final Audit audit : List.of(whole, pieces)) {
                        if (audit.due(f, k)) {
                            audit.ticked(f, f == 8 ? -1 : Double.POSITIVE_INFINITY);
                        }
                        awaitReady(audit);
                    }
                }
            }
            final AuditReport expected = whole.finish(() -> false);
            final AuditReport report = pieces.finish(() -> false);
            assertEquals(pieces.newest(), report.projections().getFirst().series()[0][report.frames().length - 1]);
            assertEquals(9, expected.done());
            assertEquals(1, expected.skipped());
            assertEquals(9, report.done());
            assertEquals(1, report.skipped());
            assertArrayEquals(expected.frames(), report.frames());
            assertArrayEquals(expected.projections().getFirst().series(), report.projections().getFirst().series());
            assertTrue(taught.stream().anyMatch(layers -> !layers[2]), "no audit met a frame without a target");
            assertEquals(9, targets.get(1).size());
            for (int i = 0; i < 9; i++) {
                assertArrayEquals(targets.get(0).get(i), targets.get(1).get(i), "audit " + i);
            }
            pieces.close();
        }
    }

    /** Every second frame; a frame is held for two ticks. The result of an audit is the first target. */
    private static Audit audit(final Engine engine, final List<float[]> targets, final List<boolean[]> taught) {
        return new Audit(engine, new Ages(NETWORK, RULE), 2, 2, copy -> {
            targets.add(new float[] {copy.targets[2][0], copy.targets[2][1], copy.tick});
            taught.add(copy.taught.clone());
            return found(copy.targets[2][0]);
        }, System::nanoTime);
    }

    private static void goOn(final Audit before, final Audit next) {
        final Archive small = Archive.writing();
        before.keep(small);
        final Archive large = Archive.writing();
        before.results().keep(large);
        next.keep(Archive.reading(small.written()));
        final AuditResults results = next.results();
        results.keep(Archive.reading(large.written()));
        next.goOn(results);
    }

    private static void awaitReady(final Audit audit) {
        while (!audit.ready()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void percentilesLeaveOutWhatWasNotCompared() {
        final Samples samples = new Samples(2, 100);
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
