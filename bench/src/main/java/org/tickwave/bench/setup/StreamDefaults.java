package org.tickwave.bench.setup;

import java.util.List;
import org.tickwave.bench.stream.FrameStream;

/** Default settings, chosen by the kind of stream. */
record StreamDefaults(int context, float gain, float rate, List<Integer> layers) {
    /** Widest frame that counts as a sensor's, for which a long context is worth more than a wide layer. */
    private static final int SENSOR_WIDTH = 16;
    private static final float RATE = 1e-2f;

    static StreamDefaults of(final FrameStream stream) {
        if (!stream.labels().isEmpty()) {
            return new StreamDefaults(10, 1, 3e-4f, List.of(128, 128, 128));
        }
        final boolean sensor = stream.width() <= SENSOR_WIDTH;
        final List<Integer> layers = sensor ? List.of(64, 64) : List.of(128);
        return stream.features() != null
            ? new StreamDefaults(10, 1, RATE, layers) : new StreamDefaults(sensor ? 16 : 2, 10, RATE, layers);
    }
}
