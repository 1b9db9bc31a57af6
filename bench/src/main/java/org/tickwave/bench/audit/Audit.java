package org.tickwave.bench.audit;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;

/**
 * Audits a run: in every so many frames, compares the gradient that was learnt in one tick with sequential backprop in double
 * precision. The session's thread copies weights and waves between two ticks. Another thread does the rest. The run computes the same
 * bits as without an audit.
 *
 * <p>If a frame is held for several ticks, the audits take the ticks of the hold in turn. The ticks differ: a frame has not
 * reached all layers in the first tick, and may have reached all of them in the last one.
 *
 * <p>An audit is skipped if the one before is not ready, or if the copy would make the next tick late.
 */
public final class Audit implements Kept, AutoCloseable {
    private static final int DIGITS = 3;
    private static final int PRACTICE = 1_000;
    private static final int LEAST_PRACTICE = 3;
    private static final long PRACTICE_NS = 50_000_000;
    /** A copy begins only if there is so many times the time that it should take. */
    private static final int MARGIN = 2;
    /** The weight of a new copy in the expected time. */
    private static final double WEIGHT = 1 / 8.0;
    /** The expected time falls by this factor when there is no time for a copy. Otherwise one slow copy could be the last one. */
    private static final double FALL = .98;
    /** A copy that another program interrupted counts as so many times the expected time, at most. */
    private static final int SLOWEST = 4;
    /** The copy and two networks in double precision. */
    private static final int BYTES_PER_WEIGHT = Float.BYTES + 2 * Double.BYTES;

    /** What the audit's thread does with a copy. */
    interface Work {
        float[][] audit(AuditCopy copy);
    }

    private final Engine engine;
    private final long every;
    private final int hold;
    private final Work work;
    private final LongSupplier nanoTime;
    private final AuditCopy copy;
    private final Targets targets;
    private final AuditThread thread;
    private final Histogram copyNs = new Histogram(DIGITS);
    private double expectedNs;
    private double leastNs = Double.POSITIVE_INFINITY;
    private long skipped;
    /** The newest frame that had its audit, or whose audit was skipped. */
    private long newestFrame;
    /** Counts the ticks of a hold that had their turn. */
    private long turns;
    /** Audits that were done before the run went on. */
    private long doneBefore;

    /** The lock of this object guards this field and the next two. The audit's thread writes them, the session's thread reads them. */
    private AuditResults results;
    private final Histogram auditNs = new Histogram(DIGITS);
    private boolean ended;
    private volatile double newest = Double.NaN;

    /**
     * Allocates all memory that copies need.
     *
     * @param engine has made no tick, or goes on from a checkpoint; its network has no cycles, its context has the {@link #history}
     * @param rate   the rate of a tick, as the engine uses it from the first tick to the last
     * @param every  number of frames between two audits
     * @param hold   number of ticks for which a frame is held
     */
    public Audit(final Engine engine, final Rule rule, final float rate, final long every, final int hold) {
        this(engine, new Ages(engine.network(), rule), every, hold, new Auditor(engine.network(), new Ages(engine.network(), rule), rate)::audit,
            System::nanoTime);
    }

    Audit(final Engine engine, final Ages ages, final long every, final int hold, final Work work, final LongSupplier nanoTime) {
        this.engine = engine;
        this.every = every;
        this.hold = hold;
        this.work = work;
        this.nanoTime = nanoTime;
        copy = new AuditCopy(engine.network(), ages);
        targets = new Targets(ages.oldestFrameAge(), engine.network().targetWidth());
        results = new AuditResults(engine.network().projections());
        thread = new AuditThread(this::audit);
    }

    /** Ticks of past waves that an engine must keep for an audit. */
    public static int history(final Network network, final Rule rule) {
        return new Ages(network, rule).history();
    }

    /** Bytes of heap that an audit takes, at most: copies of the weights and of past waves and targets, and the results. */
    public static long heapBytes(final Network network, final Rule rule) {
        final Ages ages = new Ages(network, rule);
        final long weights = IntStream.rangeClosed(1, network.projections())
            .mapToLong(k -> (long) network.width(network.from(k)) * network.width(network.to(k)) * BYTES_PER_WEIGHT).sum();
        return weights + AuditCopy.ringBytes(network, ages) + Targets.bytes(ages.oldestFrameAge(), network.targetWidth())
            + (long) Samples.most(network.projections()) * network.projections() * AuditReport.BYTES_PER_SAMPLE;
    }

    /** Makes copies until the JVM has compiled them, and learns how long one takes. Before the first tick. */
    public void practise() {
        final long beginNs = nanoTime.getAsLong();
        for (int i = 0; i < LEAST_PRACTICE || i < PRACTICE && nanoTime.getAsLong() - beginNs < PRACTICE_NS; i++) {
            final long fromNs = nanoTime.getAsLong();
            copy.take(engine, targets, 0);
            leastNs = Math.min(leastNs, nanoTime.getAsLong() - fromNs);
        }
        expectedNs = leastNs;
    }

    /**
     * Records a frame that the next tick takes. For the session's thread.
     *
     * @param target the targets of all outputs; null if the frame has no target
     */
    public void fed(final float[] target) {
        targets.fed(engine.ticks(), target);
    }

    /**
     * Whether an audit of the newest tick is due. For the session's thread.
     *
     * @param frames     number of the newest frame
     * @param tickOfHold number of the newest tick among those of the frame, from 0
     */
    public boolean due(final long frames, final int tickOfHold) {
        return frames % every == 0 && frames > newestFrame && tickOfHold == turns % hold;
    }

    /**
     * Audits the newest tick, unless the audit before is not ready or the time is short. The engine is at rest. For the session's thread.
     *
     * @param frames number of the newest frame
     * @param leftNs time that a copy may take
     */
    public void ticked(final long frames, final double leftNs) {
        newestFrame = frames;
        if (!thread.ready()) {
            // The tick of the hold keeps its turn. Otherwise some ticks would never have an audit, if every second audit is skipped.
            skipped++;
            return;
        }
        turns++;
        if (leftNs < MARGIN * expectedNs) {
            skipped++;
            expectedNs = Math.max(leastNs, FALL * expectedNs);
            return;
        }
        final long fromNs = nanoTime.getAsLong();
        copy.take(engine, targets, frames);
        thread.begin();
        final long ns = nanoTime.getAsLong() - fromNs;
        copyNs.recordValue(ns);
        leastNs = Math.min(leastNs, ns);
        expectedNs += WEIGHT * (Math.min(ns, SLOWEST * expectedNs) - expectedNs);
    }

    /** Whether no audit is at work. */
    boolean ready() {
        return thread.ready();
    }

    /** Runs on the audit's thread. */
    private void audit() {
        final long fromNs = System.nanoTime();
        final float[][] found = work.audit(copy);
        synchronized (this) {
            if (!ended) {
                newest = worst(found);
                results.add(new Samples.Sample(copy.frame, found), newest);
                auditNs.recordValue(System.nanoTime() - fromNs);
            }
        }
    }

    private static double worst(final float[][] found) {
        return IntStream.range(1, found.length).mapToDouble(k -> found[k][Reading.RELATIVE_TODAY.ordinal()])
            .filter(value -> !Double.isNaN(value)).max().orElse(Double.NaN);
    }

    /** The error of the newest audit at today's weights, at the worst projection; NaN without one. For any thread. */
    public double newest() {
        return newest;
    }

    /**
     * Ends the audits, and waits for the last one.
     *
     * @param dropped whether not to wait for the last audit; asked at first, and after each interrupt
     */
    public AuditReport finish(final BooleanSupplier dropped) {
        thread.finish(dropped);
        synchronized (this) {
            ended = true;
            final AuditResults found = counted();
            return AuditReport.of(engine.network(), every, found.done(), found.skipped(), copyNs, auditNs, found.samples().kept(), thread.failure());
        }
    }

    /** A copy of the results. An audit that is not done, was dropped or has failed counts as skipped. */
    private AuditResults counted() {
        final AuditResults counted = results.copy();
        counted.skipped(skipped + doneBefore + copyNs.getTotalCount() - counted.done());
        return counted;
    }

    /** A copy of the results so far, for any thread. For the session's thread. */
    public synchronized AuditResults results() {
        return counted();
    }

    /** Goes on after results that another process has found. Called before the first audit, after {@link #keep}. */
    public synchronized void goOn(final AuditResults before) {
        results = before;
        doneBefore = before.done();
        skipped = before.skipped();
        newest = before.newest();
    }

    /** Keeps or restores all but the {@link #results}. For the session's thread, between two frames. */
    @Override
    public void keep(final Archive archive) {
        newestFrame = archive.of(newestFrame);
        turns = archive.of(turns);
        targets.keep(archive);
    }

    @Override
    public void close() {
        thread.close();
    }
}
