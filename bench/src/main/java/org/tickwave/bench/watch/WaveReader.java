package org.tickwave.bench.watch;

import java.util.Arrays;
import org.tickwave.Waves;

/** Reads the newest ticks of both waves from the rings. For one thread. */
final class WaveReader {
    /** Parts that a vector is reduced to. */
    static final int BINS = 32;
    /** Most ticks of one look. */
    static final int TICKS = 24;
    /** With more numbers a look would take memory bandwidth from the network. */
    private static final long MOST_NUMBERS = 1L << 20;

    /** Where vectors are read from, as {@link Waves} describes. */
    interface Rings {
        boolean activation(int layer, long tick, float[] to);

        boolean delta(int layer, long tick, float[] to);

        /** The rings of an engine or of an image. */
        static Rings of(final Waves waves) {
            return new Rings() {
                @Override
                public boolean activation(final int layer, final long tick, final float[] to) {
                    return waves.activation(layer, tick, to);
                }

                @Override
                public boolean delta(final int layer, final long tick, final float[] to) {
                    return waves.delta(layer, tick, to);
                }
            };
        }
    }

    private final Rings rings;
    private final int[] widths;
    private final int inputs;
    private final int ticks;
    private final float[] vector;

    WaveReader(final Shape shape, final Rings rings) {
        this.rings = rings;
        widths = shape.layers().stream().mapToInt(Shape.Layer::width).toArray();
        inputs = shape.inputs();
        final long numbers = 2 * Arrays.stream(widths).asLongStream().sum();
        ticks = Math.clamp(MOST_NUMBERS / numbers, 2, TICKS);
        vector = new float[Arrays.stream(widths).max().orElseThrow()];
    }

    /**
     * Looks at the rings.
     *
     * @param completed ticks that are completed
     * @return null before the first tick
     */
    SeenWaves read(final long completed) {
        // The input of the tick after that may not be there yet.
        final long newest = completed - 1;
        if (newest < 0) {
            return null;
        }
        final float[][] up = new float[ticks][widths.length];
        final float[][] down = new float[ticks][widths.length];
        final float[][] upBins = new float[widths.length][];
        final float[][] downBins = new float[widths.length][];
        int first = ticks;
        // The newest first: a ring loses its oldest ticks while it is read.
        for (int row = ticks - 1; row >= 0; row--) {
            final long tick = newest - (ticks - 1 - row);
            boolean any = false;
            for (int l = 0; l < widths.length; l++) {
                any |= read(rings.activation(l, tick, vector), l, up[row], upBins);
                any |= read(l >= inputs && rings.delta(l, tick, vector), l, down[row], downBins);
            }
            if (any) {
                first = row;
            }
        }
        return new SeenWaves(newest, Arrays.copyOfRange(up, first, ticks), Arrays.copyOfRange(down, first, ticks), upBins, downBins);
    }

    private boolean read(final boolean whole, final int layer, final float[] row, final float[][] bins) {
        row[layer] = whole ? rms(widths[layer]) : Float.NaN;
        if (whole && bins[layer] == null) {
            bins[layer] = bins(widths[layer]);
        }
        return whole;
    }

    private float rms(final int width) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += (double) vector[i] * vector[i];
        }
        return (float) Math.sqrt(sum / width);
    }

    private float[] bins(final int width) {
        final float[] bins = new float[Math.min(BINS, width)];
        for (int b = 0; b < bins.length; b++) {
            final int from = (int) ((long) b * width / bins.length);
            final int to = (int) ((b + 1L) * width / bins.length);
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += Math.abs(vector[i]);
            }
            bins[b] = (float) (sum / (to - from));
        }
        return bins;
    }
}
