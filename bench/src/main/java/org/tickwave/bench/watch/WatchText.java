package org.tickwave.bench.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.terminal.Terminal;

/**
 * Sights as text. On a terminal: a line of numbers, then both waves with the layers across; the first row of a wave shows the parts of each
 * layer, and each row below is a tick older. Each lighter shade is a magnitude four times as small. Elsewhere: one line.
 */
final class WatchText {
    private static final String BLOCKS = "\u00b7\u2591\u2592\u2593\u2588";
    private static final String ASCII = ".:+*#";
    /** Five colours of the 256, from dark to bright. */
    private static final int[] UP = {236, 24, 31, 38, 51};
    private static final int[] DOWN = {236, 94, 136, 172, 214};
    private static final double STEP = 4;
    private static final int DARKEST = 4;
    private static final int MOST_CELLS = 8;
    /** Ticks below the newest one. */
    private static final int ROWS = 7;

    private final Terminal terminal;
    private final Shape shape;
    private final String shades;
    private final int cells;
    private final int shown;

    WatchText(final Shape shape, final Terminal terminal) {
        this.shape = shape;
        this.terminal = terminal;
        shades = terminal.blocks() ? BLOCKS : ASCII;
        final int layers = shape.layers().size();
        cells = Math.clamp((terminal.columns() - 1) / layers - 1, 1, MOST_CELLS);
        shown = Math.max(1, Math.min(layers, (terminal.columns() - 1) / (cells + 1)));
    }

    /** The numbers in one line. */
    static String line(final Sight sight) {
        final StringBuilder line = new StringBuilder(sight.state().words());
        if (sight.frames() >= 0) {
            line.append("  ").append(Units.count(sight.frames())).append(" frames");
        }
        line.append("  ").append(Units.count(sight.ticks())).append(" ticks");
        if (!Double.isNaN(sight.ticksPerSecond())) {
            line.append("  ").append(Units.count(Math.round(sight.ticksPerSecond()))).append(" ticks/s");
        }
        if (!Double.isNaN(sight.tickNs())) {
            line.append("  tick ").append(Units.time(sight.tickNs()));
        }
        if (!Double.isNaN(sight.budgetNs())) {
            line.append("  budget ").append(Units.time(sight.budgetNs()));
        }
        if (sight.late() >= 0) {
            line.append("  late ").append(Units.count(sight.late()));
        }
        if (!Double.isNaN(sight.lossLately())) {
            line.append(String.format(Locale.ROOT, "  loss %.4g, over all %.4g", sight.lossLately(), sight.lossOverall()));
        }
        return line.toString();
    }

    /** The lines of a terminal, without ends of lines. There are always as many. */
    List<String> screen(final Sight sight) {
        final List<String> lines = new ArrayList<>();
        lines.add(cut(shape.title() + "  " + shape.network() + "  " + shape.rule() + "  hold " + shape.hold()));
        lines.add(cut(line(sight)));
        final SeenWaves waves = sight.waves();
        wave(lines, "forward wave: activations", waves == null ? null : waves.up(), waves == null ? null : waves.upBins(), UP);
        wave(lines, "backward wave: errors", waves == null ? null : waves.down(), waves == null ? null : waves.downBins(), DOWN);
        return lines;
    }

    private String cut(final String line) {
        return line.substring(0, Math.min(line.length(), terminal.columns() - 1));
    }

    private void wave(final List<String> lines, final String heading, final float[][] ticks, final float[][] bins, final int[] inks) {
        lines.add(cut(heading));
        for (int row = -1; row < ROWS; row++) {
            final int tick = ticks == null ? -1 : ticks.length - 2 - row;
            if (row == -1) {
                lines.add(bins == null ? "" : row(bins, largest(bins), inks));
            } else if (tick >= 0) {
                final float[][] means = new float[ticks[tick].length][];
                for (int l = 0; l < means.length; l++) {
                    means[l] = Float.isNaN(ticks[tick][l]) ? null : new float[] {ticks[tick][l]};
                }
                lines.add(row(means, largest(ticks), inks));
            } else {
                lines.add("");
            }
        }
    }

    private static double largest(final float[][] all) {
        double most = 0;
        for (final float[] some : all) {
            for (int i = 0; some != null && i < some.length; i++) {
                most = some[i] > most ? some[i] : most;
            }
        }
        return most;
    }

    /** One cell group for each layer. If there are too many layers, some are left out, but never the first or the last. */
    private String row(final float[][] layers, final double most, final int[] inks) {
        final StringBuilder text = new StringBuilder();
        int ink = -1;
        for (int i = 0; i < shown; i++) {
            final int layer = shown == 1 ? layers.length - 1 : (int) ((long) i * (layers.length - 1) / (shown - 1));
            text.append(i == 0 ? "" : " ");
            for (int c = 0; c < cells; c++) {
                final int shade = layers[layer] == null ? -1 : shade(part(layers[layer], c), most);
                if (terminal.color() && shade >= 0 && inks[shade] != ink) {
                    ink = inks[shade];
                    text.append("\033[38;5;").append(ink).append('m');
                }
                text.append(shade < 0 ? ' ' : shades.charAt(shade));
            }
        }
        return text.append(ink >= 0 ? "\033[0m" : "").toString();
    }

    /** The mean of those values that a cell stands for. */
    private double part(final float[] values, final int cell) {
        final int from = cell * values.length / cells;
        final int to = Math.max(from + 1, (cell + 1) * values.length / cells);
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }

    private static int shade(final double value, final double most) {
        return value > 0 ? Math.clamp(DARKEST - (long) (Math.log(most / value) / Math.log(STEP)), 0, DARKEST) : 0;
    }
}
