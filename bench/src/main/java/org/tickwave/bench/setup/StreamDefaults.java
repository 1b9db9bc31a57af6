package org.tickwave.bench.setup;

import java.util.List;
import org.tickwave.bench.stream.FrameStream;

/** What a stream suggests where settings leave the choice to it. */
record StreamDefaults(int context, float gain, float rate, List<Integer> layers) {
    /** Up to so many numbers a frame it is a sensor's, and its history says more than its neighbours. */
    private static final int NARROW = 16;
    private static final float RATE = 1e-2f;

    static StreamDefaults of(final FrameStream stream) {
        if (!stream.labels().isEmpty()) {
            return new StreamDefaults(10, 1, 3e-4f, List.of(128, 128, 128));
        }
        final boolean narrow = stream.width() <= NARROW;
        final List<Integer> layers = narrow ? List.of(64, 64) : List.of(128);
        return stream.features() != null
            ? new StreamDefaults(10, 1, RATE, layers) : new StreamDefaults(narrow ? 16 : 2, 10, RATE, layers);
    }
}
