package org.tickwave.bench.suite;

import java.util.Map;
import org.tickwave.bench.forks.Combination;

/**
 * One figure of a plan: a benchmark with a value for each of its parameters, and its place in the charts.
 *
 * @param group  the chart; figures of one group are compared where x is equal
 * @param role   whose time it is
 * @param series name of the line in the chart
 * @param what   what JMH runs
 * @param params all parameters, also those that JMH does not get
 * @param axis   the parameter that is x; empty if the group has one place only
 * @param x      value of that parameter; 0 without an axis
 * @param scale  JMH's score is multiplied by this
 * @param bytes  read and written by an operation of the figure; null if the benchmark counts them, or does not know
 * @param madds  multiply-adds of an operation of the figure; null if the benchmark counts them, or does not know
 */
record Entry(
    String group, Role role, String series, Measurement what, Map<String, String> params, String axis, double x, double scale, Double bytes,
    Double madds) {

    /**
     * What a fork measures. Several figures may share it.
     *
     * @param mode    JMH's mode: {@code avgt}, or {@code sample} for the percentiles
     * @param threads of JMH, all of which run the benchmark at the same time
     */
    record Measurement(Combination combination, String mode, int threads) {
        @Override
        public String toString() {
            return combination + (mode.equals(SAMPLE) ? " (each operation)" : "") + (threads == 1 ? "" : " (on " + threads + " threads at once)");
        }
    }

    static final String SAMPLE = "sample";

    boolean sampled() {
        return what.mode().equals(SAMPLE);
    }

    /** Figures of one place are compared with each other, and run beside each other. */
    String place() {
        return group + " " + axis + " " + x + " " + what.mode();
    }
}
