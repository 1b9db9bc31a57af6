package org.tickwave.bench.run;

import java.util.List;
import org.tickwave.bench.stream.Source;

/** What a stream suggests where settings leave the choice to it. */
record Defaults(int context, float gain, float rate, List<Integer> layers) {
    /** Up to so many numbers a frame it is a sensor's, and its history says more than its neighbours. */
    private static final int NARROW = 16;
    private static final float RATE = 1e-2f;

    static Defaults of(final Source source) {
        if (!source.labels().isEmpty()) {
            return new Defaults(10, 1, 3e-4f, List.of(128, 128, 128));
        }
        final boolean narrow = source.width() <= NARROW;
        final List<Integer> layers = narrow ? List.of(64, 64) : List.of(128);
        return source.features() != null
            ? new Defaults(10, 1, RATE, layers) : new Defaults(narrow ? 16 : 2, 10, RATE, layers);
    }
}
