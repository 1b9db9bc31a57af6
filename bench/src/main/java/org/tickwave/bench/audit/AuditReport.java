package org.tickwave.bench.audit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.tickwave.Network;

/**
 * The results of a run's audits.
 *
 * @param every       an audit was due after so many frames
 * @param done        number of audits
 * @param skipped     number of audits that were due, but not made: the audit before was not ready, the next tick was too near, or the
 *                    run ended
 * @param copyNs      time of each copy since the run began or went on, on the session's thread
 * @param auditNs     time of each audit since then, on a thread of its own
 * @param projections the results at each projection, in the order of the network
 * @param frames      numbers of the frames after which the audits in {@link Projection#series} were made
 * @param failure     the error that ended the audits; null if there was none
 */
public record AuditReport(
    long every, long done, long skipped, Histogram copyNs, Histogram auditNs, List<Projection> projections, long[] frames, Throwable failure) {

    /** Bytes of heap that the result of one audit at one projection takes: the float of a sample, and a double in each array of a report. */
    static final int BYTES_PER_SAMPLE = AuditCopy.HEADER_BYTES + Reading.COUNT * (Float.BYTES + 2 * Double.BYTES);

    /**
     * The results at a projection.
     *
     * @param from   name of the lower layer
     * @param to     name of the upper layer
     * @param series for each {@link Reading} a value for each audit; NaN where there was nothing to compare
     * @param sorted for each {@link Reading} the values in rising order, without NaN
     */
    public record Projection(String from, String to, double[][] series, double[][] sorted) {
        static Projection of(final String from, final String to, final int number, final List<Samples.Sample> samples) {
            final double[][] series = Arrays.stream(Reading.values()).map(reading -> samples.stream()
                .mapToDouble(sample -> sample.found()[number][reading.ordinal()]).toArray()).toArray(double[][]::new);
            return new Projection(from, to, series, Arrays.stream(series)
                .map(values -> Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray()).toArray(double[][]::new));
        }

        /** The name of the projection. */
        public String name() {
            return from + " to " + to;
        }

        /** Whether there was something to compare. */
        public boolean compared() {
            return sorted[Reading.RELATIVE_MET.ordinal()].length > 0;
        }

        /** The value below which a share of the values lie; NaN if there are none. */
        public double percentile(final Reading reading, final double percent) {
            final double[] values = sorted[reading.ordinal()];
            return values.length == 0 ? Double.NaN : values[Math.max(0, (int) Math.ceil(percent / 100 * values.length) - 1)];
        }

        public double median(final Reading reading) {
            return percentile(reading, 50);
        }

        /** The mean of the values; NaN if there are none. */
        public double mean(final Reading reading) {
            return Arrays.stream(sorted[reading.ordinal()]).average().orElse(Double.NaN);
        }
    }

    /** The projections at which there was something to compare. */
    public List<Projection> compared() {
        return projections.stream().filter(Projection::compared).toList();
    }

    /** Those of the compared projections that have the largest errors at today's weights, in the order of the network. */
    public List<Projection> worst(final int most) {
        final List<Projection> compared = compared();
        final List<Projection> worst = compared.stream()
            .sorted(Comparator.comparingDouble((Projection projection) -> projection.median(Reading.RELATIVE_TODAY)).reversed()).limit(most).toList();
        return compared.stream().filter(worst::contains).toList();
    }

    static AuditReport of(
        final Network network, final long every, final long done, final long skipped, final Histogram copyNs, final Histogram auditNs,
        final List<Samples.Sample> samples, final Throwable failure) {
        final List<Projection> projections = IntStream.rangeClosed(1, network.projections())
            .mapToObj(k -> Projection.of(network.name(network.from(k)), network.name(network.to(k)), k, samples)).toList();
        return new AuditReport(every, done, skipped, copyNs, auditNs, projections, samples.stream().mapToLong(Samples.Sample::frame).toArray(), failure);
    }
}
