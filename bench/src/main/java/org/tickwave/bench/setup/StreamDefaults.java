package org.tickwave.bench.setup;

import java.util.List;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.stream.FrameStream;

/**
 * Default settings, chosen by the kind of stream.
 *
 * @param normalise number of frames over which the numbers of a frame are normalised, at most; 0 not to normalise
 * @param rates     learning rates
 */
record StreamDefaults(int context, long normalise, Rates rates, List<Integer> layers) {
    /** Widest frame that counts as a sensor's, for which a long context is worth more than a wide layer. */
    private static final int SENSOR_WIDTH = 16;
    private static final Rates CHANGES = new Rates(1e-2f, 2e-2f);
    private static final Rates ROWS = new Rates(1e-1f, 1e-1f);
    private static final Rates RECORDINGS = new Rates(3e-4f, 3e-4f);
    private static final float GAIN = 10;
    /** A change that is normalised is in units of its number's deviation. */
    private static final float NORMALISED_GAIN = 3;

    /**
     * Learning rates of a frame. The errors of a frame that is held reach the first layer with less delay, counted in frames. So such a
     * frame may teach more.
     *
     * @param plain for frames that are held for less than {@value #HELD} ticks
     * @param held  for frames that are held longer
     */
    record Rates(float plain, float held) {
        private static final int HELD = 8;

        /** The rate of frames that are held for some ticks. */
        float of(final int hold) {
            return hold >= HELD ? held : plain;
        }
    }

    static StreamDefaults of(final FrameStream stream) {
        if (!stream.columns().isEmpty()) {
            return new StreamDefaults(1, Normaliser.ALL_FRAMES, stream.labels().isEmpty() ? CHANGES : ROWS, List.of(64, 64));
        }
        if (!stream.labels().isEmpty()) {
            return new StreamDefaults(10, Normaliser.ALL_FRAMES, RECORDINGS, List.of(128, 128, 128));
        }
        final boolean sensor = stream.width() <= SENSOR_WIDTH;
        final List<Integer> layers = sensor ? List.of(64, 64) : List.of(128);
        return stream.features() != null ? new StreamDefaults(10, Normaliser.ALL_FRAMES, CHANGES, layers)
            : new StreamDefaults(sensor ? 16 : 2, 0, CHANGES, layers);
    }

    /** @param normalises whether the changes are normalised */
    static float gain(final boolean normalises) {
        return normalises ? NORMALISED_GAIN : GAIN;
    }
}
