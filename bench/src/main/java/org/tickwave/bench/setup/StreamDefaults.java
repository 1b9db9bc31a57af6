package org.tickwave.bench.setup;

import java.util.List;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.stream.FrameStream;

/**
 * Default settings, chosen by the kind of stream.
 *
 * @param normalise number of frames over which the numbers of a frame are normalised, at most; 0 not to normalise
 */
record StreamDefaults(int context, long normalise, float rate, List<Integer> layers) {
    /** Widest frame that counts as a sensor's, for which a long context is worth more than a wide layer. */
    private static final int SENSOR_WIDTH = 16;
    private static final float RATE = 1e-2f;
    private static final float ROW_RATE = 1e-1f;
    private static final float GAIN = 10;
    /** A change that is normalised is in units of its number's deviation. */
    private static final float NORMALISED_GAIN = 3;

    static StreamDefaults of(final FrameStream stream) {
        if (!stream.columns().isEmpty()) {
            return new StreamDefaults(1, Normaliser.ALL_FRAMES, stream.labels().isEmpty() ? RATE : ROW_RATE, List.of(64, 64));
        }
        if (!stream.labels().isEmpty()) {
            return new StreamDefaults(10, Normaliser.ALL_FRAMES, 3e-4f, List.of(128, 128, 128));
        }
        final boolean sensor = stream.width() <= SENSOR_WIDTH;
        final List<Integer> layers = sensor ? List.of(64, 64) : List.of(128);
        return stream.features() != null ? new StreamDefaults(10, Normaliser.ALL_FRAMES, RATE, layers)
            : new StreamDefaults(sensor ? 16 : 2, 0, RATE, layers);
    }

    /** @param normalises whether the changes are normalised */
    static float gain(final boolean normalises) {
        return normalises ? NORMALISED_GAIN : GAIN;
    }
}
