package org.tickwave.bench.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.Printable;
import org.tickwave.safetensors.file.StrictJson;

/** Reads what the metadata of a model say about the frames of its stream. */
final class StreamMetadata {
    private static final int MOST_SAMPLES = 1 << 24;

    private StreamMetadata() {
    }

    static Features features(final StrictJson json) throws IOException {
        final String all = "sample_rate, window_samples, step_samples, fft_samples, bands and floor";
        final int[] counts = new int[5];
        final double[] floor = {0};
        json.object("", key -> {
            final String what = key + ": ";
            switch (key) {
                case "sample_rate" -> counts[0] = (int) json.whole(what, 1, Integer.MAX_VALUE);
                case "window_samples" -> counts[1] = (int) json.whole(what, 1, MOST_SAMPLES);
                case "step_samples" -> counts[2] = (int) json.whole(what, 1, MOST_SAMPLES);
                case "fft_samples" -> counts[3] = (int) json.whole(what, 1, MOST_SAMPLES);
                case "bands" -> counts[4] = (int) json.whole(what, 1, MOST_SAMPLES);
                case "floor" -> floor[0] = number(json, what, "a number above 0", value -> value > 0);
                default -> throw json.unknownKey("", key, all);
            }
        });
        if (Arrays.stream(counts).anyMatch(count -> count == 0) || floor[0] == 0) {
            throw json.refuse("incomplete: expected " + all);
        }
        if (Integer.bitCount(counts[3]) != 1 || counts[3] < counts[1]) {
            throw json.refuse("fft_samples: " + counts[3] + ": expected a power of two, at least window_samples, which is "
                + counts[1]);
        }
        return new Features(counts[0], counts[1], counts[2], counts[3], counts[4], floor[0]);
    }

    /** @param width of a frame */
    static Normaliser.State normalisation(final StrictJson json, final int width) throws IOException {
        final long[] limit = {Normaliser.ALL_FRAMES};
        final long[][] counts = {null};
        final double[][] moments = new double[2][];
        json.object("", key -> {
            final String what = key + ": ";
            switch (key) {
                case "frames" -> limit[0] = json.whole(what, 2, Long.MAX_VALUE);
                case "count" -> counts[0] = all(width, json.whole(what, 0, Long.MAX_VALUE));
                case "counts" -> counts[0] = counts(json, what, width);
                case "mean" -> moments[0] = numbers(json, what, width, "a number", value -> true);
                case "squares" -> moments[1] = numbers(json, what, width, "a number of at least 0", value -> value >= 0);
                default -> throw json.unknownKey("", key, "counts, mean and squares");
            }
        });
        if (counts[0] == null || moments[0] == null || moments[1] == null) {
            throw json.refuse("incomplete: expected counts, mean and squares");
        }
        return new Normaliser.State(limit[0], counts[0], moments[0], moments[1]);
    }

    private static long[] all(final int width, final long count) {
        final long[] counts = new long[width];
        Arrays.fill(counts, count);
        return counts;
    }

    private static long[] counts(final StrictJson json, final String what, final int width) throws IOException {
        final List<Long> found = new ArrayList<>();
        json.list(what, width, i -> found.add(json.whole(what, 0, Long.MAX_VALUE)));
        if (found.size() != width) {
            throw json.refuse(what + found.size() + " numbers: expected " + width + ", the width of a frame");
        }
        return found.stream().mapToLong(Long::longValue).toArray();
    }

    private static double[] numbers(
        final StrictJson json, final String what, final int width, final String expected, final Predicate<Double> fits)
        throws IOException {
        final List<Double> found = new ArrayList<>();
        json.list(what, width, i -> found.add(number(json, what, expected, fits)));
        if (found.size() != width) {
            throw json.refuse(what + found.size() + " numbers: expected " + width + ", the width of a frame");
        }
        return found.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double number(
        final StrictJson json, final String what, final String expected, final Predicate<Double> fits) throws IOException {
        final String text = json.number(what, expected);
        final double value = Double.parseDouble(text);
        if (!Double.isFinite(value) || !fits.test(value)) {
            throw json.refuse(what + Printable.text(text) + ": expected " + expected);
        }
        return value;
    }
}
