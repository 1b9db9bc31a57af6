package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.RandomWiring;

/**
 * All state that decides the next tick is in the image: bands and a source that begin with a copy of an image at rest go on with the
 * same bits, with another cut, in mid-wave, with settings pending.
 */
class AllStateInTheImageTest {
    private static final int LAYERS = 4;
    private static final int STOPS = 40;
    private static final int AFTERWARDS = 30;

    /** An image and its threads' objects, all run by the test's thread. */
    private static final class Net {
        private final Image image;
        private final Settings settings;
        private final Source source;
        private final Bands bands;

        /** @param from the net whose image is copied; null to begin anew */
        Net(final ImageLayout layout, final Arena arena, final int cuts, final Net from) {
            image = Image.create(layout, arena, 1);
            if (from == null) {
                final Sigma[] sigmas = new Sigma[LAYERS + 1];
                Arrays.fill(sigmas, Sigma.TANH);
                image.startWeights(1, sigmas);
                new Settings(image).start(.1f, true);
            } else {
                image.segment().copyFrom(from.image.segment());
            }
            settings = new Settings(image);
            final Progress progress = new Progress(image);
            final Cut cut = Cut.into(layout.geometry(), cuts, Cut.CACHE_BYTES);
            source = new Source(image, progress, cut.sweptLast(), settings, Integer::toString);
            final Layer[] layers = new Layer[LAYERS + 1];
            for (int l = 1; l <= LAYERS; l++) {
                layers[l] = new Layer(image, l, Sigma.TANH, OutputError.Loss.SQUARED_ERROR, 1f);
            }
            bands = new Bands(cut, layers, image, progress, source, 0, new Wait(progress, new NoOpIdleStrategy(), 0, 0));
        }

        /** What an embedder may do between two commits, then a commit. */
        void step(final Random random) {
            change(random);
            if (source.committed() == 0 || !settings.heldOpaque() || random.nextInt(3) > 0) {
                source.newFrame().give(source.committed(), Draw.vector(random, image.layout().geometry().width(0)));
                if (random.nextInt(4) > 0) {
                    source.newTarget().give(source.committed(), Draw.vector(random, image.layout().geometry().width(LAYERS)));
                }
            }
            source.commit(1 + random.nextInt(3));
            bands.finish();
        }

        void change(final Random random) {
            switch (random.nextInt(6)) {
                case 0 -> settings.rate(random.nextFloat());
                case 1 -> settings.learning(false, source.committed());
                case 2, 3 -> settings.learning(true, source.committed());
                case 4 -> settings.restart(source.committed());
                default -> {
                    if (random.nextInt(5) == 0) {
                        source.reset();
                        image.clearWaves(source.committed());
                        settings.restart(source.committed());
                    }
                }
            }
        }
    }

    static Stream<Wiring> rules() {
        return Stream.of(Wiring.chain(LAYERS), Wiring.chain(LAYERS).window(4), Wiring.chain(LAYERS).aligned(),
            RandomWiring.withFeedback(Feedback.RANDOM, Wiring.chain(LAYERS).aligned(), 1, 2),
            RandomWiring.withFeedback(Feedback.SIGN_SYMMETRIC, Wiring.chain(LAYERS)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aCopyGoesOnWithTheSameBits(final Wiring wiring) {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final ImageLayout layout = new ImageLayout(Rig.geometry(Draw.widths(LAYERS), wiring));
        for (int stop = 0; stop < STOPS; stop++) {
            try (Arena arena = Arena.ofConfined()) {
                final Net whole = new Net(layout, arena, 1 + random.nextInt(LAYERS), null);
                for (int i = 0; i < stop; i++) {
                    whole.step(random);
                }
                whole.change(random);
                final Net copy = new Net(layout, arena, 1 + random.nextInt(LAYERS), whole);
                final long afterwards = random.nextLong();
                final Random same = new Random(afterwards);
                final Random again = new Random(afterwards);
                for (int i = 0; i < AFTERWARDS; i++) {
                    whole.step(same);
                    copy.step(again);
                }
                final String where = "byte that differs after stop " + stop + ", seed " + seed;
                assertEquals(-1, whole.image.segment().mismatch(copy.image.segment()), where);
            }
        }
    }
}
