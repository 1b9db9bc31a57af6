package org.tickwave.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The speed of the fused pass with each vector width. A JVM uses one width only, so each width is timed in a JVM of its own.
 *
 * @param bits   width that a run uses by default
 * @param better the width to use; null if no width could be timed
 * @param gain   speed of the better width relative to the default; 1 if both are the same, null if either was not timed
 * @param widths results for 128, 256 and 512 bits
 */
record LaneWidths(int bits, Integer better, Double gain, List<Width> widths) {
    static final List<Integer> ALL = List.of(128, 256, 512);
    /** A smaller gain may be noise. */
    private static final double SIGNIFICANT_GAIN = 1.03;

    /**
     * The result for one width.
     *
     * @param bits   width of a vector
     * @param here   whether this machine supports the width; null if unknown
     * @param why    the reason why the width was not timed; null if it was timed
     * @param passNs nanoseconds of a pass over a square layer, by the layer's width; null if not timed
     */
    record Width(int bits, Boolean here, String why, Map<Integer, Double> passNs) {
        /** Product of all times, so that every layer counts the same. */
        double time() {
            return Math.exp(passNs.values().stream().mapToDouble(Math::log).sum());
        }
    }

    static LaneWidths measure(final int defaultBits, final FusedTimer timer, final Consumer<String> progress) {
        final List<Width> widths = new ArrayList<>();
        for (final int bits : ALL) {
            progress.accept("the fused pass with " + bits + "-bit vectors");
            widths.add(timer.time(bits));
        }
        return of(defaultBits, widths);
    }

    static LaneWidths of(final int defaultBits, final List<Width> widths) {
        Width usual = null;
        Width best = null;
        for (final Width width : widths) {
            if (width.passNs != null) {
                usual = width.bits == defaultBits ? width : usual;
                best = best == null || width.time() < best.time() ? width : best;
            }
        }
        if (best == null) {
            return new LaneWidths(defaultBits, null, null, List.copyOf(widths));
        }
        final double gain = usual == null ? Double.NaN : Math.pow(usual.time() / best.time(), 1.0 / usual.passNs.size());
        if (usual == null || gain >= SIGNIFICANT_GAIN) {
            return new LaneWidths(defaultBits, best.bits, usual == null ? null : (Double) gain, List.copyOf(widths));
        }
        return new LaneWidths(defaultBits, defaultBits, 1.0, List.copyOf(widths));
    }
}
