package org.tickwave.bench.suite;

import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.bench.forks.ForkScore;
import org.tickwave.bench.forks.JmhResult;

/**
 * What one fork measured. Its score is the median of its iterations, so that one disturbed iteration does not move the score.
 *
 * @param round       of the suite, from 0
 * @param score       in ns for an operation of JMH
 * @param bytes       allocated in an operation, in the best iteration: the last one includes the check of the answer; null if not known
 * @param counted     by the benchmark
 * @param samples     in the mode {@code sample}: ns, and how often
 */
record Fork(int round, ForkScore score, Double bytes, Counted counted, List<JmhResult.Sample> samples) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String AVERAGE = "avgt";

    /**
     * The work of an operation of JMH, as the counters of {@link org.tickwave.bench.jmh.Work} tell it.
     *
     * @param bytes null if the benchmark counts none
     * @param madds null if the benchmark counts none
     */
    record Counted(Double bytes, Double madds) {
        static final Counted NOTHING = new Counted(null, null);

        private static final double DIGITS = 1e3;

        static Counted of(final JmhResult result) {
            return result.mode().equals(AVERAGE) ? new Counted(of(result, "bytes"), of(result, "multiplyAdds")) : NOTHING;
        }

        /**
         * JMH tells the time of a counted thing and that of an operation. On several threads it also counts what a thread does while it waits
         * for the last one. So the iteration with the least work tells it best.
         */
        private static Double of(final JmhResult result, final String counter) {
            final JmhResult.Metric each = result.secondary().get(counter);
            final List<Double> times = result.primary().score().iterations();
            if (each == null || each.score().iterations().size() != times.size()) {
                return null;
            }
            final double least = IntStream.range(0, times.size()).mapToDouble(i -> times.get(i) / each.score().iterations().get(i)).min().orElse(0);
            return least == 0 ? null : (Double) (Math.rint(least * DIGITS) / DIGITS);
        }
    }

    /**
     * @param json the file that JMH wrote
     * @return null if the file holds no number
     */
    static Fork parse(final int round, final String json) {
        if (json.isBlank() || !JsonParser.parseString(json).isJsonArray()) {
            return null;
        }
        final List<JmhResult> results = JmhResult.parse(json);
        if (results.isEmpty()) {
            return null;
        }
        final JmhResult result = results.getFirst();
        final JmhResult.Metric allocated = result.secondary().get(ALLOCATED);
        return new Fork(round, byMedian(result.primary().score()), allocated == null ? null : (Double) least(allocated.score()), Counted.of(result),
            result.samples());
    }

    private static ForkScore byMedian(final ForkScore score) {
        return score.iterations().isEmpty() ? score : new ForkScore(median(score.iterations()), score.iterations());
    }

    private static double least(final ForkScore score) {
        return score.iterations().stream().mapToDouble(Double::doubleValue).min().orElse(score.score());
    }

    static double median(final List<Double> values) {
        final double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** The score of this fork, multiplied. */
    ForkScore scaled(final double scale) {
        return new ForkScore(score.score() * scale, score.iterations().stream().map(value -> value * scale).toList());
    }
}
