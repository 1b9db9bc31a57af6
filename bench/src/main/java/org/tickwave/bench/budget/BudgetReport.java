package org.tickwave.bench.budget;

import java.util.List;
import java.util.Locale;

/**
 * What was found. Its components are the keys of {@code --json}; bench/README.md explains them. A number that is not known is null or NaN.
 */
public record BudgetReport(
    Machine machine, String clock, double share, List<Timed> measured, List<Model> models, List<Cell> cells, List<Answer> answers, Live live) {

    BudgetReport with(final Live driven) {
        return new BudgetReport(machine, clock, share, measured, models, cells, answers, driven);
    }

    /** Where it was measured. */
    record Machine(String system, String jvm, int processors, int lanes, long memoryBytes) {
    }

    /** One network that was measured under one rule. */
    record Timed(
        String network, Integer depth, Integer width, String rule, int threads, long weights, long ticks, double p50Ns, double p99Ns,
        double p9999Ns, double predictedP50Ns, double error) {
    }

    /** The model of the chains under one rule. */
    record Model(
        String rule, int points, double baseNs, double handshakeNs, double layerNs, double numberNs, double multiplyAddNs,
        List<TickModel.Knee> knees, double medianError, double worstError) {
    }

    /** One network, rule, hold and frame rate. */
    record Cell(
        double fps, String network, Integer depth, Integer width, String rule, String way, int hold, double budgetNs, int threads,
        boolean measured, boolean extrapolated, long weights, long imageBytes, double p50Ns, double p99Ns, double p9999Ns, double needNs, double headroom,
        String verdict, long largestHold, double answerNs, double learntNs) {
        Verdict judged() {
            return Verdict.valueOf(verdict.toUpperCase(Locale.ROOT));
        }

        String title() {
            return rule + ", " + way;
        }
    }

    /** A chain. */
    record Size(int depth, int width) {
        @Override
        public String toString() {
            return depth + " x " + width;
        }
    }

    /** The largest chains that fit, at one frame rate, by one rule and hold. */
    record Answer(
        double fps, String rule, String way, Size widest, Size deepest, List<Size> widestByDepth, List<Size> deepestByWidth,
        HoldThatFits largestHold) {
        String title() {
            return rule + ", " + way;
        }
    }

    /** The network for which a frame may be held longest. */
    record HoldThatFits(String network, long hold) {
    }

    /** What the frame clock said. */
    record Live(
        double fps, String network, String rule, String way, int hold, int threads, String idle, double seconds, long frames,
        long lateFrames, long emptyFrames, long emptyLateFrames, double moreLateInTenThousand, double predictedP50Ns, double p50Ns, double p99Ns,
        double p9999Ns, double maxNs) {
    }
}
