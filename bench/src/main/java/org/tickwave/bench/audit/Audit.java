package org.tickwave.bench.audit;

import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;

/**
 * Audits a run: after every so many frames, compares the gradient that was learnt in the newest tick with sequential backprop in double
 * precision. The session's thread copies weights and waves between two ticks. Another thread does the rest. The run computes the same
 * bits as without an audit.
 *
 * <p>An audit is skipped if the one before is not ready, or if the copy would make the next tick late.
 */
public final class Audit implements AutoCloseable {
    private static final int DIGITS = 3;
    private static final int PRACTICE = 1_000;
    private static final long PRACTICE_NS = 50_000_000;
    /** A copy begins only if there is so many times the time that it should take. */
    private static final int MARGIN = 2;
    /** The weight of a new copy in the expected time. */
    private static final double WEIGHT = 1 / 8.0;
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
    private final Work work;
    private final AuditCopy copy;
    private final Targets targets;
    private final AuditThread thread;
    private final Histogram copyNs = new Histogram(DIGITS);
    private double expectedNs;
    private long skipped;

    /** The lock of this object guards the following fields. */
    private final Samples samples;
    private final Histogram auditNs = new Histogram(DIGITS);
    private boolean ended;
    private volatile double newest = Double.NaN;

    /**
     * Allocates all memory that copies need.
     *
     * @param engine has made no tick; its network has no cycles, its context has the {@link #history}
     * @param rate   the rate of a tick, as the engine uses it from the first tick to the last
     * @param every  number of frames between two audits
     */
    public Audit(final Engine engine, final Rule rule, final float rate, final long every) {
        this(engine, new Ages(engine.network(), rule), every, new Auditor(engine.network(), new Ages(engine.network(), rule), rate)::audit);
    }

    Audit(final Engine engine, final Ages ages, final long every, final Work work) {
        this.engine = engine;
        this.every = every;
        this.work = work;
        copy = new AuditCopy(engine.network(), ages);
        targets = new Targets(ages.oldestFrame(), engine.network().targetWidth());
        samples = new Samples(Samples.most(engine.network().projections()));
        thread = new AuditThread(this::audit);
    }

    /** Ticks of past waves that an engine must keep for an audit. */
    public static int history(final Network network, final Rule rule) {
        return new Ages(network, rule).history();
    }

    /** Bytes of heap that an audit takes for copies of a network's weights. */
    public static long heapBytes(final Network network) {
        return IntStream.rangeClosed(1, network.projections())
            .mapToLong(k -> (long) network.width(network.from(k)) * network.width(network.to(k)) * BYTES_PER_WEIGHT).sum();
    }

    /** Makes copies until the JVM has compiled them, and learns how long one takes. Before the first tick. */
    public void practise() {
        final long beginNs = System.nanoTime();
        expectedNs = Double.POSITIVE_INFINITY;
        for (int i = 0; i == 0 || i < PRACTICE && System.nanoTime() - beginNs < PRACTICE_NS; i++) {
            final long fromNs = System.nanoTime();
            copy.take(engine, targets, 0);
            expectedNs = Math.min(expectedNs, System.nanoTime() - fromNs);
        }
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
     * Audits the newest tick if an audit is due. The engine is at rest. For the session's thread.
     *
     * @param frames number of the newest frame
     * @param leftNs time until the next tick
     */
    public void completed(final long frames, final double leftNs) {
        if (frames % every != 0) {
            return;
        }
        if (leftNs < MARGIN * expectedNs || !thread.ready()) {
            skipped++;
            return;
        }
        final long fromNs = System.nanoTime();
        copy.take(engine, targets, frames);
        thread.begin();
        final long ns = System.nanoTime() - fromNs;
        copyNs.recordValue(ns);
        expectedNs += WEIGHT * (Math.min(ns, SLOWEST * expectedNs) - expectedNs);
    }

    /** Runs on the audit's thread. */
    private void audit() {
        final long fromNs = System.nanoTime();
        final float[][] found = work.audit(copy);
        synchronized (this) {
            if (!ended) {
                samples.add(new Samples.Sample(copy.frame, found));
                newest = worst(found);
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
            final long done = auditNs.getTotalCount();
            // A copy whose audit was dropped or has failed counts as skipped.
            return AuditReport.of(engine.network(), every, done, skipped + copyNs.getTotalCount() - done, copyNs, auditNs, samples.kept(), thread.failure());
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
