package org.tickwave.bench.forks;

/** Results of JMH, made up for tests. */
public final class MadeResult {
    private MadeResult() {
    }

    /** What JMH writes for a fork. */
    public static String of(final String benchmark, final String mode, final String unit, final String iterations) {
        double sum = 0;
        final String[] values = iterations.replaceAll("[\\[\\] ]", "").split(",");
        for (final String value : values) {
            sum += Double.parseDouble(value);
        }
        return ("[{\"benchmark\": \"%s\", \"mode\": \"%s\", \"params\": {\"width\": \"64\"}, \"primaryMetric\": {\"score\": %s,"
            + " \"scoreError\": \"NaN\", \"scoreUnit\": \"%s\", \"rawData\": [%s]}, \"secondaryMetrics\": {\"gc.alloc.rate.norm\":"
            + " {\"score\": 0.5, \"scoreUnit\": \"B/op\", \"rawData\": [[0.0, 1.0]]}}}]")
            .formatted(benchmark, mode, sum / values.length, unit, iterations);
    }
}
