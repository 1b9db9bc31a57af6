package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tickwave.kernel.AtEveryLaneWidth;
import org.tickwave.pipeline.Draw;
import org.tickwave.pipeline.Twin;

/**
 * Compares what the engine learns with the gradients of a double-precision twin. The change of the weights shows what the
 * engine learns: the rate is 0 before one tick and 1 in that tick. In tick t layer l learns from the frame of tick t - 2L + l.
 */
@AtEveryLaneWidth
class GradientTest {
    private static final double EXACT = 1e-4;
    private static final double PLAINLY_OFF = 10 * EXACT;
    private static final int DEEPEST = 6;
    private static final long SEED = 11;

    record Case(int layers, Activation hidden, Activation output, Loss loss) {
        Network network() {
            return Network.chain(Draw.widths(layers)).activation(hidden).outputActivation(output).loss(loss).build();
        }
    }

    /** Every hidden activation with every loss, and every output activation with squared error. */
    static List<Case> cases() {
        final List<Case> cases = new ArrayList<>();
        for (int layers = 1; layers <= DEEPEST; layers++) {
            for (final Activation activation : Activation.values()) {
                for (final Loss loss : Loss.values()) {
                    cases.add(new Case(layers, activation, Activation.IDENTITY, loss));
                }
                cases.add(new Case(layers, Activation.TANH, activation, Loss.SQUARED_ERROR));
            }
        }
        return cases;
    }

    static List<Case> nonlinear() {
        final List<Case> cases = new ArrayList<>();
        for (int layers = 1; layers <= DEEPEST; layers++) {
            cases.add(new Case(layers, Activation.TANH, Activation.IDENTITY, Loss.SQUARED_ERROR));
            cases.add(new Case(layers, Activation.LOGISTIC, Activation.IDENTITY, Loss.SQUARED_ERROR));
        }
        return cases;
    }

    /** An engine with random weights, its twin, and a stream: a new frame in every tick, or always the same frame. */
    private static final class Bench implements AutoCloseable {
        final Network network;
        final Engine engine;
        final Twin twin;
        final boolean constant;

        Bench(final Case of, final Rule rule, final boolean constant) {
            this.constant = constant;
            network = of.network();
            engine = Engine.open(network, new Context().rule(rule).rate(0));
            twin = new Twin(Draw.widths(of.layers), network.sigmas(), of.loss.kernel);
            final Random random = new Random(SEED);
            for (int l = 1; l <= of.layers; l++) {
                final float[] weights =
                    Draw.weights(random, network.width(l), network.width(l - 1), network.activation(l).sigma);
                final float[] biases = Draw.vector(random, network.width(l));
                engine.setWeights(l, weights, biases);
                twin.set(l, weights, biases);
            }
        }

        float[] frame(final long tick) {
            return Draw.vector(new Random(SEED * 1_000_003 + (constant ? 0 : tick)), network.width(0));
        }

        float[] target(final long tick) {
            final Random random = new Random(SEED * 1_000_033 + (constant ? 0 : tick));
            return Draw.target(random, network.width(network.layers()), network.loss().kernel);
        }

        /** Gives frames up to {@code tick}, in which alone the engine learns. */
        void learnIn(final long tick) {
            while (engine.ticks() <= tick) {
                engine.rate(engine.ticks() == tick ? 1 : 0);
                engine.input(frame(engine.ticks())).target(target(engine.ticks())).tick();
            }
        }

        double[] weightChange(final int layer) {
            final float[] now = new float[twin.weights[layer].length];
            engine.weights(layer, now);
            return change(twin.weights[layer], now);
        }

        double[] biasChange(final int layer) {
            final float[] now = new float[twin.biases[layer].length];
            engine.biases(layer, now);
            return change(twin.biases[layer], now);
        }

        private static double[] change(final double[] before, final float[] now) {
            final double[] change = Twin.widen(now);
            for (int i = 0; i < change.length; i++) {
                change[i] = before[i] - change[i];
            }
            return change;
        }

        /**
         * The relative error of what layer l learnt in {@code tick}, against the gradient of the frame that it then learns
         * from.
         */
        double error(final int layer, final long tick) {
            final long taught = tick - 2L * network.latency() + layer;
            final double[] gradient = twin.gradients(Twin.widen(frame(taught)), Twin.widen(target(taught)))[layer];
            assertTrue(Twin.norm(gradient) > EXACT, () -> "nothing to learn in layer " + layer);
            return Twin.relativeError(weightChange(layer), gradient);
        }

        double biasError(final int layer, final long tick) {
            final long taught = tick - 2L * network.latency() + layer;
            final double[] delta = twin.deltas(Twin.widen(frame(taught)), Twin.widen(target(taught)))[layer];
            return Twin.relativeError(biasChange(layer), delta);
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    /** Without this test the twin could be wrong. */
    @ParameterizedTest
    @MethodSource("cases")
    void theTwinAgreesWithFiniteDifferences(final Case of) {
        try (Bench bench = new Bench(of, Rule.aligned(), false)) {
            final double[] frame = Twin.widen(bench.frame(1));
            final double[] target = Twin.widen(bench.target(1));
            final double[][] gradients = bench.twin.gradients(frame, target);
            final double[][] deltas = bench.twin.deltas(frame, target);
            for (int l = 1; l <= of.layers; l++) {
                final int layer = l;
                assertTrue(Twin.relativeError(differences(bench.twin, bench.twin.weights[l], frame, target), gradients[l]) < 1e-6,
                    () -> "weights into layer " + layer);
                assertTrue(Twin.relativeError(differences(bench.twin, bench.twin.biases[l], frame, target), deltas[l]) < 1e-6,
                    () -> "biases of layer " + layer);
            }
        }
    }

    private static double[] differences(
        final Twin twin, final double[] parameters, final double[] frame, final double[] target) {
        final double step = 1e-6;
        final double[] slopes = new double[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            final double kept = parameters[i];
            parameters[i] = kept + step;
            final double above = twin.loss(frame, target);
            parameters[i] = kept - step;
            final double below = twin.loss(frame, target);
            parameters[i] = kept;
            slopes[i] = (above - below) / (2 * step);
        }
        return slopes;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void alignedLearnsTheGradientOfOneFrameInEveryLayer(final Case of) {
        try (Bench bench = new Bench(of, Rule.aligned(), false)) {
            final long tick = 3L * of.layers + 1;
            bench.learnIn(tick);
            for (int l = 1; l <= of.layers; l++) {
                final double error = bench.error(l, tick);
                final String where = "layer " + l + " of " + bench.network + ": relative error ";
                assertTrue(error < EXACT, () -> where + error);
                final double biasError = bench.biasError(l, tick);
                assertTrue(biasError < EXACT, () -> where + biasError + " of the biases");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void diffusionUnderConstantInputIsExactFromTick2LMinusLOn(final Case of) {
        for (int first = 1; first <= of.layers; first++) {
            try (Bench bench = new Bench(of, Rule.diffusion(), true)) {
                final long tick = 2L * of.layers - first;
                bench.learnIn(tick);
                for (int l = 1; l <= of.layers; l++) {
                    if (l < first) {
                        assertEquals(0, Twin.norm(bench.weightChange(l)), "layer " + l + " in tick " + tick);
                        assertEquals(0, Twin.norm(bench.biasChange(l)), "layer " + l + " in tick " + tick);
                    } else {
                        final double error = bench.error(l, tick);
                        final String where = "layer " + l + " of " + bench.network + ", tick " + tick + ": relative error ";
                        assertTrue(error < EXACT, () -> where + error);
                    }
                }
            }
        }
    }

    /** Shows why the layers must not learn before that tick. */
    @ParameterizedTest
    @MethodSource("nonlinear")
    void diffusionUnderConstantInputIsNotExactBeforeTick2LMinusL(final Case of) {
        try (Bench bench = new Bench(of, Rule.diffusion(), true)) {
            final double[][] deltas = bench.twin.deltas(Twin.widen(bench.frame(0)), Twin.widen(bench.target(0)));
            bench.learnIn(0);
            for (long t = 0; t < 2L * of.layers; t++) {
                for (int l = 1; l <= of.layers; l++) {
                    final float[] delta = new float[bench.network.width(l)];
                    assertTrue(bench.engine.waves().delta(l, t, delta));
                    final double error = Twin.relativeError(Twin.widen(delta), deltas[l]);
                    final boolean exact = t >= 2L * of.layers - l;
                    final String where = "layer " + l + ", tick " + t + ": relative error " + error;
                    assertTrue(exact ? error < EXACT : error > PLAINLY_OFF, where);
                }
                bench.engine.rate(0);
                bench.engine.tick();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("nonlinear")
    void aWindowIsExactInItsUpperLayersAndInNoOther(final Case of) {
        for (int ticks = 1; ticks < 2 * of.layers; ticks++) {
            try (Bench bench = new Bench(of, Rule.window(ticks), false)) {
                final long tick = 3L * of.layers + 1;
                bench.learnIn(tick);
                for (int l = 1; l <= of.layers; l++) {
                    final double error = bench.error(l, tick);
                    final boolean exact = l >= of.layers - (ticks - 1) / 2;
                    final String where = "window:" + ticks + ", layer " + l + ": relative error " + error;
                    assertTrue(exact ? error < EXACT : error > PLAINLY_OFF, where);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("nonlinear")
    void theWidestWindowIsAligned(final Case of) {
        try (Bench wide = new Bench(of, Rule.window(2 * of.layers - 1), false);
            Bench aligned = new Bench(of, Rule.aligned(), false)) {
            wide.learnIn(3L * of.layers);
            aligned.learnIn(3L * of.layers);
            for (int l = 1; l <= of.layers; l++) {
                assertArrayEquals(aligned.weightChange(l), wide.weightChange(l));
            }
        }
    }
}
