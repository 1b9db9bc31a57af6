package org.tickwave.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The widths of vectors, and how fast the fused pass is with each. A JVM has one width: so each is measured in one of its own.
 *
 * @param bits   that a run has unless told otherwise
 * @param better the width that is fastest over all layers, or null if none could be timed
 * @param gain   times as fast as the one that a run has; 1 if that is the better one, null if either was not timed
 * @param widths 128, 256 and 512 bits
 */
record LaneWidths(int bits, Integer better, Double gain, List<Width> widths) {
    static final List<Integer> ALL = List.of(128, 256, 512);
    /** So that widths do not change places by chance. */
    private static final double MUCH = 1.03;

    /**
     * One width.
     *
     * @param bits   of a vector
     * @param here   whether this machine has it; null where that could not be found out
     * @param why    it was not timed, or null
     * @param passNs nanoseconds of a pass over a square layer, by its neurons; null if not timed
     */
    record Width(int bits, Boolean here, String why, Map<Integer, Double> passNs) {
        double time() {
            return Math.exp(passNs.values().stream().mapToDouble(Math::log).sum());
        }
    }

    static LaneWidths measure(final int own, final FusedTimer timer, final Consumer<String> progress) {
        final List<Width> widths = new ArrayList<>();
        for (final int bits : ALL) {
            progress.accept("the fused pass with " + bits + "-bit vectors");
            widths.add(timer.time(bits));
        }
        return of(own, widths);
    }

    static LaneWidths of(final int own, final List<Width> widths) {
        Width usual = null;
        Width best = null;
        for (final Width width : widths) {
            if (width.passNs != null) {
                usual = width.bits == own ? width : usual;
                best = best == null || width.time() < best.time() ? width : best;
            }
        }
        if (best == null) {
            return new LaneWidths(own, null, null, List.copyOf(widths));
        }
        final double gain = usual == null ? Double.NaN : Math.pow(usual.time() / best.time(), 1.0 / usual.passNs.size());
        if (usual == null || gain >= MUCH) {
            return new LaneWidths(own, best.bits, usual == null ? null : (Double) gain, List.copyOf(widths));
        }
        return new LaneWidths(own, own, 1.0, List.copyOf(widths));
    }
}
