package org.tickwave.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tickwave.bench.gradient.DoubleNetwork;

/**
 * Compares a peer with textbook backprop in double precision: both train with the same frames from the peer's present weights, and must have
 * the same weights and biases afterwards. Not for {@link TickStep}, which learns a frame while newer frames are under way.
 */
public final class PeerCheck {
    /** Frames that both train with, rounded up to whole batches. */
    static final int FRAMES = 100;
    private static final double TOLERANCE = 1e-4;
    /** Of what changed: in a deep network weights change less than by the tolerance of their size. */
    private static final double CHANGE_TOLERANCE = 1e-2;
    /** What a hundred roundings of a weight add up to, of its size. */
    private static final double ROUNDING = 5e-7;
    /** The least change of a layer's weights, of their size: well above the rounding, so that a layer that does not learn is detected. */
    private static final double LEAST_CHANGE = 20 * ROUNDING;
    /** By the square roots of width and depth: a hundred frames change weights by a hundredth or so, and deep networks stay stable. */
    private static final double RATE = 0.03;
    /** Rounding decides about the slope of a neuron whose sum is this near to zero, so such frames are left out. */
    private static final double KINK = 5e-6;
    private static final double LEAK = 0.01;
    private static final int TRIES_PER_FRAME = 100;

    private final TrainingStep step;
    private final Chain chain;
    private final DoubleNetwork reference;
    private final float rate;
    private final int batch;
    private final int frames;

    private PeerCheck(final TrainingStep step, final Chain chain, final int batch) {
        this.step = step;
        this.chain = chain;
        this.batch = batch;
        frames = (FRAMES + batch - 1) / batch * batch;
        reference = new DoubleNetwork(chain.network());
        int widest = 0;
        for (int l = 0; l <= chain.last(); l++) {
            widest = Math.max(widest, chain.width(l));
        }
        rate = (float) (RATE / Math.sqrt((double) widest * chain.last()));
    }

    /**
     * Verifies a peer. Changes its weights and its rate.
     *
     * @param step  with no frame of an unfinished batch
     * @param batch frames of a batch. The reference, too, computes what all of them teach before it changes its weights by the sum
     * @throws IllegalStateException if the weights or biases of a layer differ from the reference's by more than 1e-4 of their size, or the
     *                               changes of the weights by more than 1e-2 of theirs
     */
    public static void verify(final TrainingStep step, final Chain chain, final int batch) {
        new PeerCheck(step, chain, batch).verify();
    }

    private void verify() {
        final double[][] start = new double[chain.last() + 1][];
        for (int l = 1; l <= chain.last(); l++) {
            copy(weights(l), reference.weights(l));
            copy(biases(l), reference.biases(l));
            start[l] = reference.weights(l).clone();
        }
        step.rate(rate);
        train();
        for (int l = 1; l <= chain.last(); l++) {
            final double change = distance(start[l], reference.weights(l)) / size(start[l]);
            if (!(change >= LEAST_CHANGE)) {
                throw new IllegalStateException("layer " + l + ": the reference's weights changed by " + change
                    + " of their size: expected at least " + LEAST_CHANGE + ", else a peer that does not learn is not detected");
            }
            compare("weights differ", l, TOLERANCE * size(reference.weights(l)), reference.weights(l), weights(l));
            compare("changes of the weights differ", l, (CHANGE_TOLERANCE * change + ROUNDING) * size(start[l]), reference.weights(l), weights(l));
            compare("biases differ", l, TOLERANCE * size(reference.biases(l)), reference.biases(l), biases(l));
        }
    }

    private void train() {
        final Random random = new Random(Chain.SEED);
        final List<Runnable> lessons = new ArrayList<>();
        final int mostTries = TRIES_PER_FRAME * frames;
        int trained = 0;
        for (int tries = 0; tries < mostTries && trained < frames; tries++) {
            final float[] frame = noise(random, chain.width(0));
            final float[] target = noise(random, chain.width(chain.last()));
            final double[][] x = reference.activations(frame);
            if (!atKink(x)) {
                final double[][] errors = reference.errors(x, target);
                lessons.add(() -> learn(x, errors));
                step.step(frame, target);
                trained++;
                if (lessons.size() == batch) {
                    lessons.forEach(Runnable::run);
                    lessons.clear();
                }
            }
        }
        if (trained < frames) {
            throw new IllegalStateException(trained + " of " + mostTries + " frames are far enough from a kink: expected " + frames);
        }
    }

    private static float[] noise(final Random random, final int count) {
        final float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 2 * random.nextFloat() - 1;
        }
        return numbers;
    }

    private boolean atKink(final double[][] x) {
        for (int l = 1; l < chain.last(); l++) {
            for (final double v : x[l]) {
                if (v < KINK && v > -LEAK * KINK) {
                    return true;
                }
            }
        }
        return false;
    }

    private void learn(final double[][] x, final double[][] errors) {
        for (int l = 1; l <= chain.last(); l++) {
            final double[] weights = reference.weights(l);
            final double[] biases = reference.biases(l);
            for (int i = 0, w = 0; i < biases.length; i++) {
                final double part = rate * errors[l][i];
                for (int j = 0; j < x[l - 1].length; j++, w++) {
                    weights[w] -= part * x[l - 1][j];
                }
                biases[i] -= part;
            }
        }
    }

    private void compare(final String what, final int layer, final double most, final double[] expected, final float[] actual) {
        final double[] wide = new double[actual.length];
        copy(actual, wide);
        final double error = distance(expected, wide);
        if (!(error <= most)) {
            throw new IllegalStateException("layer " + layer + ": after " + frames + " frames the " + what + " from the reference by " + error
                + ": expected at most " + most);
        }
    }

    private static void copy(final float[] from, final double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i];
        }
    }

    private static double size(final double[] numbers) {
        return distance(numbers, new double[numbers.length]);
    }

    private static double distance(final double[] a, final double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    private float[] weights(final int layer) {
        final float[] weights = new float[reference.weights(layer).length];
        step.weights(layer, weights);
        return weights;
    }

    private float[] biases(final int layer) {
        final float[] biases = new float[reference.biases(layer).length];
        step.biases(layer, biases);
        return biases;
    }
}
