package org.tickwave.bench.forks;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One result of a fork.
 *
 * @param mode      JMH's mode, such as {@code avgt}
 * @param primary   what the benchmark measures
 * @param secondary what profilers and counters measure, by name
 * @param samples   the single measurements of the mode {@code sample}; empty in other modes
 */
public record JmhResult(String mode, Metric primary, Map<String, Metric> secondary, List<Sample> samples) {
    private static final String HISTOGRAM = "rawDataHistogram";

    /** A value in the unit of the score, and how often it was measured. */
    public record Sample(double value, long count) {
    }

    /** A score with its unit. */
    public record Metric(String unit, ForkScore score) {
    }

    public boolean higherBetter() {
        return mode.equals("thrpt");
    }

    /** Reads the file that JMH writes for {@code -rf json}. Leaves out scores that are no numbers. */
    public static List<JmhResult> parse(final String json) {
        final List<JmhResult> all = new ArrayList<>();
        for (final JsonElement element : JsonParser.parseString(json).getAsJsonArray()) {
            final JsonObject result = element.getAsJsonObject();
            final Map<String, Metric> secondary = new TreeMap<>();
            result.getAsJsonObject("secondaryMetrics").asMap().forEach((name, value) -> {
                final Metric metric = metric(value.getAsJsonObject());
                if (Double.isFinite(metric.score.score())) {
                    secondary.put(name, metric);
                }
            });
            final JsonObject measured = result.getAsJsonObject("primaryMetric");
            final Metric primary = metric(measured);
            if (Double.isFinite(primary.score.score())) {
                all.add(new JmhResult(result.get("mode").getAsString(), primary, secondary, samples(measured)));
            }
        }
        return all;
    }

    private static List<Sample> samples(final JsonObject metric) {
        final List<Sample> samples = new ArrayList<>();
        if (metric.has(HISTOGRAM)) {
            for (final JsonElement fork : metric.getAsJsonArray(HISTOGRAM)) {
                for (final JsonElement iteration : fork.getAsJsonArray()) {
                    for (final JsonElement pair : iteration.getAsJsonArray()) {
                        samples.add(new Sample(pair.getAsJsonArray().get(0).getAsDouble(), pair.getAsJsonArray().get(1).getAsLong()));
                    }
                }
            }
        }
        return List.copyOf(samples);
    }

    private static Metric metric(final JsonObject metric) {
        final List<Double> iterations = new ArrayList<>();
        final boolean histogram = metric.has(HISTOGRAM);
        final JsonElement raw = metric.get(histogram ? HISTOGRAM : "rawData");
        if (raw != null) {
            for (final JsonElement fork : raw.getAsJsonArray()) {
                fork.getAsJsonArray().forEach(value -> iterations.add(histogram ? mean(value.getAsJsonArray()) : number(value)));
            }
        }
        iterations.removeIf(value -> !Double.isFinite(value));
        return new Metric(metric.get("scoreUnit").getAsString(), new ForkScore(number(metric.get("score")), List.copyOf(iterations)));
    }

    /** JMH writes what is not finite as a text, such as "+INF": the time of a counter that counted nothing. */
    private static double number(final JsonElement value) {
        return switch (value.getAsString()) {
            case "+INF", "INF" -> Double.POSITIVE_INFINITY;
            case "-INF" -> Double.NEGATIVE_INFINITY;
            default -> value.getAsDouble();
        };
    }

    /** The mean of a histogram: an array of pairs of value and count. */
    private static double mean(final JsonArray pairs) {
        double sum = 0;
        double count = 0;
        for (final JsonElement pair : pairs) {
            final double times = pair.getAsJsonArray().get(1).getAsDouble();
            sum += pair.getAsJsonArray().get(0).getAsDouble() * times;
            count += times;
        }
        return sum / count;
    }
}
