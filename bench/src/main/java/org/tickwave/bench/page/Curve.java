package org.tickwave.bench.page;

import java.util.List;

/**
 * A chart of one or more lines over the same values of x.
 *
 * @param title  what the chart shows
 * @param xLabel the name of the horizontal axis, with its unit
 * @param yLabel the name of the vertical axis, with its unit
 * @param xLog   whether the horizontal axis is logarithmic
 * @param yLog   whether the vertical axis is logarithmic
 * @param x      rising values
 * @param lines  at least one
 */
public record Curve(String title, String xLabel, String yLabel, boolean xLog, boolean yLog, List<Double> x, List<Line> lines) {
    /**
     * One line of a chart.
     *
     * @param name for the legend
     * @param y    a value for each x; NaN leaves a gap
     */
    public record Line(String name, List<Double> y) {
    }
}
