package org.tickwave.bench.jmh;

import java.util.Random;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Loss;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.sound.LogMel;
import org.tickwave.bench.stream.Features;

/**
 * The cost of computing the features of a sound frame, compared with a tick of the default network for labelled speech on one
 * thread. The features should not take longer than the tick.
 */
public class SoundBenchmark extends Timed {
    /** Number of generated samples. Windows start at any of them. */
    private static final int SAMPLES = 1 << 16;
    private static final double TOLERANCE = 1e-5;

    /** A sound of two tones and noise. */
    @State(Scope.Benchmark)
    public static class Sound {
        /** Samples per second. Other useful values are 16000 and 44100. */
        @Param("8000")
        public int rate;

        LogMel logMel;
        float[] frame;
        private float[] samples;
        private int at;

        @Setup
        public void setUp() {
            logMel = new LogMel(Features.of(rate));
            frame = new float[logMel.features().bands()];
            samples = new float[SAMPLES];
            final Random random = new Random(1);
            for (int i = 0; i < SAMPLES; i++) {
                final double seconds = (double) i / rate;
                samples[i] = (float) (.3 * Math.sin(2 * Math.PI * 210 * seconds) + .1 * Math.sin(2 * Math.PI * 1_730 * seconds)
                    + .01 * random.nextGaussian());
            }
            verify();
        }

        /** Moves the window by one step, fills it up and computes the features, as a stream does. */
        void next() {
            final float[] window = logMel.window();
            final int step = logMel.features().stepSamples();
            System.arraycopy(window, step, window, 0, window.length - step);
            System.arraycopy(samples, at, window, window.length - step, step);
            at += step;
            if (at > SAMPLES - step) {
                at = 0;
            }
            logMel.apply(frame);
        }

        @TearDown
        public void verify() {
            for (int i = 0; i < 4; i++) {
                next();
            }
            final double[] expected = PlainLogMel.of(logMel.features(), logMel.window());
            for (int b = 0; b < frame.length; b++) {
                Expect.near("band " + b, expected[b], frame[b], TOLERANCE);
            }
        }
    }

    /** The default network for labelled speech. Each tick takes a new frame, and all layers learn. */
    @State(Scope.Benchmark)
    public static class Speech {
        private static final int[] WIDTHS = {400, 128, 128, 128, 10};
        private static final int FIRST_WEIGHTS = WIDTHS[0] * WIDTHS[1];
        private static final int WEIGHTS = IntStream.range(1, WIDTHS.length).map(l -> WIDTHS[l] * WIDTHS[l - 1]).sum();
        private static final int FRAMES = 64;
        private static final float RATE = 1e-6f;

        Engine engine;
        private float[][] frames;
        private float[][] targets;
        private int next;

        @Setup
        public void setUp() {
            final Network network = Network.chain(WIDTHS).activation(Activation.LEAKY_RELU)
                .loss(Loss.SOFTMAX_CROSS_ENTROPY).build();
            engine = Engine.open(network, context());
            final Random random = new Random(2);
            frames = new float[FRAMES][WIDTHS[0]];
            targets = new float[FRAMES][WIDTHS[WIDTHS.length - 1]];
            for (int i = 0; i < FRAMES; i++) {
                for (int j = 0; j < WIDTHS[0]; j++) {
                    frames[i][j] = (float) random.nextGaussian();
                }
                targets[i][random.nextInt(targets[i].length)] = 1;
            }
            verify();
        }

        private static Context context() {
            return new Context().rule(Rule.diffusion()).rate(RATE).seed(1);
        }

        void tick() {
            engine.input(frames[next]).target(targets[next]);
            engine.tick();
            next = (next + 1) % FRAMES;
        }

        @TearDown
        public void tearDown() {
            verify();
            engine.close();
        }

        private void verify() {
            Steady.verify(engine, frames[0], targets[0]);
            engine.rate(RATE);
        }
    }

    @Benchmark
    public float[] features(final Sound sound, final Work counted) {
        sound.next();
        counted.add((long) sound.logMel.features().stepSamples() * Float.BYTES, 0);
        return sound.frame;
    }

    @Benchmark
    public void tick(final Speech speech, final Work counted) {
        speech.tick();
        counted.add(2L * Float.BYTES * Speech.WEIGHTS, 3L * Speech.WEIGHTS - Speech.FIRST_WEIGHTS);
    }
}
