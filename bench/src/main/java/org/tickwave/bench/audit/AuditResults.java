package org.tickwave.bench.audit;

import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;

/** What the audits of a run have found. For one thread at a time. */
public final class AuditResults implements Kept {
    private final Samples samples;
    private long done;
    private long skipped;
    private double newest = Double.NaN;

    AuditResults(final int projections) {
        this(new Samples(projections));
    }

    private AuditResults(final Samples samples) {
        this.samples = samples;
    }

    /** A copy. It shares the results of single audits, which do not change. */
    AuditResults copy() {
        final AuditResults copy = new AuditResults(samples.copy());
        copy.done = done;
        copy.skipped = skipped;
        copy.newest = newest;
        return copy;
    }

    /** @param worst the error at today's weights, at the worst projection; NaN without one */
    void add(final Samples.Sample sample, final double worst) {
        samples.add(sample);
        newest = worst;
        done++;
    }

    /** @param count audits that were due, but not made */
    void skipped(final long count) {
        skipped = count;
    }

    Samples samples() {
        return samples;
    }

    long done() {
        return done;
    }

    long skipped() {
        return skipped;
    }

    double newest() {
        return newest;
    }

    @Override
    public void keep(final Archive archive) {
        archive.section("audit");
        done = archive.of(done);
        skipped = archive.of(skipped);
        newest = archive.of(newest);
        samples.keep(archive);
    }
}
