package org.tickwave.bench.audit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tickwave.Network;
import org.tickwave.bench.gradient.DoubleNetwork;
import org.tickwave.bench.gradient.Gap;

/** Compares the gradients that one tick learnt with the true ones. For one thread at a time. */
final class Auditor {
    private final Network network;
    private final Ages ages;
    private final float minusRate;
    private final DoubleNetwork today;
    private final DoubleNetwork met;
    /** The layers with weights, those with the newest frames first. */
    private final int[] layers;
    /** The age of the weights that {@link #met} has, of each layer. */
    private final int[] rolledBack;

    /** @param rate the rate of a tick, which was the same in all ticks */
    Auditor(final Network network, final Ages ages, final float rate) {
        this.network = network;
        this.ages = ages;
        minusRate = -rate;
        today = new DoubleNetwork(network);
        met = new DoubleNetwork(network);
        layers = IntStream.rangeClosed(network.inputs(), network.last()).boxed()
            .sorted((a, b) -> Integer.compare(ages.frameAge(a), ages.frameAge(b))).mapToInt(l -> l).toArray();
        rolledBack = new int[network.last() + 1];
    }

    /**
     * Audits the tick of a copy.
     *
     * @return for each projection a value for each {@link Reading}, or NaN where there is nothing to compare: the layer has not learnt,
     *         its frame had no target, or the true gradient is zero
     */
    float[][] audit(final AuditCopy copy) {
        final float[][] found = new float[network.projections() + 1][Reading.COUNT];
        for (final float[] values : found) {
            Arrays.fill(values, Float.NaN);
        }
        if (copy.refused) {
            return found;
        }
        begin(copy);
        for (int i = 0; i < layers.length;) {
            final int age = ages.frameAge(layers[i]);
            rollBack(copy, age);
            final float[] frame = frame(copy, age);
            final double[][] xToday = today.activations(frame);
            final double[][] xMet = met.activations(frame);
            for (; i < layers.length && ages.frameAge(layers[i]) == age; i++) {
                if (copy.tick >= ages.gate(layers[i]) && copy.taught[layers[i]]) {
                    final float[] target = copy.targets[layers[i]];
                    compare(copy, layers[i], new Truth(xToday, today.errors(xToday, target)), new Truth(xMet, met.errors(xMet, target)), found);
                }
            }
        }
        return found;
    }

    /** The activations and errors of a frame. */
    private record Truth(double[][] x, double[][] errors) {
    }

    /** Gives both networks the weights that the audited tick read. */
    private void begin(final AuditCopy copy) {
        for (int k = 1; k < copy.weights.length; k++) {
            widen(copy.weights[k], today.weights(k));
        }
        for (int l = network.inputs(); l <= network.last(); l++) {
            widen(copy.biases[l], today.biases(l));
        }
        for (final int l : layers) {
            undo(copy, today, l, 0);
        }
        for (int k = 1; k < copy.weights.length; k++) {
            System.arraycopy(today.weights(k), 0, met.weights(k), 0, copy.weights[k].length);
        }
        for (final int l : layers) {
            System.arraycopy(today.biases(l), 0, met.biases(l), 0, copy.biases[l].length);
        }
        Arrays.fill(rolledBack, 0);
    }

    private static void widen(final float[] from, final double[] to) {
        for (int i = 0; i < from.length; i++) {
            to[i] = from[i];
        }
    }

    /** Gives the second network the weights that a frame met. Frames come from the newest to the oldest. */
    private void rollBack(final AuditCopy copy, final int frameAge) {
        for (final int l : layers) {
            while (rolledBack[l] < ages.weightsAge(l, frameAge)) {
                undo(copy, met, l, ++rolledBack[l]);
            }
        }
    }

    /** Takes back what a layer learnt in the tick of an age. A tick without an error has an error of zeros. */
    private void undo(final AuditCopy copy, final DoubleNetwork of, final int layer, final int age) {
        if (copy.tick - age < ages.gate(layer)) {
            return;
        }
        final float[] error = copy.error(layer, age);
        for (final int k : ages.into(layer)) {
            final float[] x = copy.met(k, age);
            final double[] weights = of.weights(k);
            for (int i = 0, w = 0; i < error.length; i++) {
                for (int j = 0; j < x.length; j++, w++) {
                    // The engine rounds the product of rate and activation.
                    weights[w] -= (double) error[i] * (minusRate * x[j]);
                }
            }
        }
        final double[] biases = of.biases(layer);
        for (int i = 0; i < error.length; i++) {
            biases[i] -= (double) error[i] * minusRate;
        }
    }

    /** The numbers of all inputs in the tick of an age. */
    private float[] frame(final AuditCopy copy, final int age) {
        final float[] frame = new float[network.frameWidth()];
        int first = 0;
        for (int input = 0; input < network.inputs(); input++) {
            System.arraycopy(copy.x[input][age], 0, frame, first, network.width(input));
            first += network.width(input);
        }
        return frame;
    }

    private void compare(final AuditCopy copy, final int layer, final Truth now, final Truth then, final float[][] found) {
        final double[] error = doubles(copy.error(layer, 0));
        for (final int k : ages.into(layer)) {
            final int from = network.from(k);
            final double[] x = doubles(copy.met(k, 0));
            fill(found[k], Reading.RELATIVE_TODAY, Reading.COSINE_TODAY, Gap.of(error, x, now.errors[layer], now.x[from]));
            if (fill(found[k], Reading.RELATIVE_MET, Reading.COSINE_MET, Gap.of(error, x, then.errors[layer], then.x[from]))) {
                // The norm of an outer product is the product of the norms, so the common factor falls out of the share.
                found[k][Reading.FORWARD.ordinal()] = (float) Gap.relative(x, then.x[from]);
                found[k][Reading.BACKWARD.ordinal()] = (float) Gap.relative(error, then.errors[layer]);
                found[k][Reading.DELAY.ordinal()] =
                    (float) Gap.of(now.errors[layer], now.x[from], then.errors[layer], then.x[from]).relative();
            }
        }
    }

    /**
     * Writes the error and the cosine of a gradient, unless the true gradient is zero. A gradient of zeros has no direction: its cosine
     * counts as 0.
     *
     * @return false if the true gradient is zero
     */
    private static boolean fill(final float[] values, final Reading relative, final Reading cosine, final Gap gap) {
        final boolean nothing = Double.isInfinite(gap.relative()) || gap.relative() == 0 && Double.isNaN(gap.cosine());
        if (!nothing) {
            values[relative.ordinal()] = (float) gap.relative();
            values[cosine.ordinal()] = Double.isNaN(gap.cosine()) ? 0 : (float) gap.cosine();
        }
        return !nothing;
    }

    private static double[] doubles(final float[] from) {
        final double[] to = new double[from.length];
        widen(from, to);
        return to;
    }

    /** The weights that the oldest frame of the last audit met. */
    DoubleNetwork met() {
        return met;
    }
}
