package org.tickwave.bench.jmh;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
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
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SoundBenchmark {
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
                if (!(Math.abs(frame[b] - expected[b]) <= TOLERANCE)) {
                    throw new IllegalStateException("band " + b + " is " + frame[b] + ": expected " + expected[b]);
                }
            }
        }
    }

    /** The default network for labelled speech. Each tick takes a new frame, and all layers learn. */
    @State(Scope.Benchmark)
    public static class Speech {
        private static final int[] WIDTHS = {400, 128, 128, 128, 10};
        private static final int FRAMES = 64;
        /** Largest relative error of the output from float32 rounding. */
        private static final double OUTPUT_TOLERANCE = 1e-4;

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
            return new Context().rule(Rule.diffusion()).rate(1e-6f).seed(1);
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

        /** Expects the output that the weights give for a frame, and then expects that ticks change the weights of all layers. */
        private void verify() {
            final int layers = WIDTHS.length - 1;
            final float[][] before = new float[layers + 1][];
            engine.learning(false);
            engine.reset();
            double[] x = new double[WIDTHS[0]];
            Arrays.setAll(x, i -> frames[0][i]);
            for (int l = 1; l <= layers; l++) {
                before[l] = new float[WIDTHS[l] * WIDTHS[l - 1]];
                engine.weights(l, before[l]);
                x = forward(l, before[l], x);
            }
            engine.input(frames[0]);
            engine.advance(layers);
            final float[] output = new float[x.length];
            engine.waves().activation(layers, engine.ticks(), output);
            for (int i = 0; i < x.length; i++) {
                if (!(Math.abs(output[i] - x[i]) <= OUTPUT_TOLERANCE * Math.max(1, Math.abs(x[i])))) {
                    throw new IllegalStateException("output " + i + " is " + output[i] + ": expected " + x[i]);
                }
            }
            engine.learning(true);
            engine.reset();
            for (int t = 0; t < 4 * layers; t++) {
                tick();
            }
            for (int l = 1; l <= layers; l++) {
                final float[] after = before[l].clone();
                engine.weights(l, after);
                if (Arrays.equals(before[l], after)) {
                    throw new IllegalStateException("layer " + l + " has learnt nothing");
                }
            }
        }

        private double[] forward(final int layer, final float[] weights, final double[] x) {
            final float[] biases = new float[WIDTHS[layer]];
            engine.biases(layer, biases);
            final double[] y = new double[biases.length];
            for (int i = 0; i < y.length; i++) {
                double sum = biases[i];
                for (int j = 0; j < x.length; j++) {
                    sum += (double) weights[i * x.length + j] * x[j];
                }
                y[i] = layer < WIDTHS.length - 1 && sum < 0 ? .01 * sum : sum;
            }
            return y;
        }
    }

    @Benchmark
    public float[] features(final Sound sound) {
        sound.next();
        return sound.frame;
    }

    @Benchmark
    public void tick(final Speech speech) {
        speech.tick();
    }
}
