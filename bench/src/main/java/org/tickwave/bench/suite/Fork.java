package org.tickwave.bench.suite;

import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import org.tickwave.bench.forks.ForkScore;
import org.tickwave.bench.forks.JmhResult;

/**
 * What one fork measured. Its score is the median of its iterations, so that one disturbed iteration does not move the score.
 *
 * @param round       of the suite, from 0
 * @param score       in ns for an operation of JMH
 * @param bytes       allocated in an operation, in the best iteration: the last one includes the check of the answer; null if not known
 * @param samples     in the mode {@code sample}: ns, and how often
 */
record Fork(int round, ForkScore score, Double bytes, List<JmhResult.Sample> samples) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

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
        return new Fork(round, byMedian(result.primary().score()), allocated == null ? null : (Double) least(allocated.score()), result.samples());
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
