package org.tickwave.bench.answer;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tickwave.Loss;
import org.tickwave.Network;
import org.tickwave.bench.score.Logits;

/** Turns the numbers of outputs that classify into probabilities. Each output has a number for each label. For one thread. */
final class LabelOutputs {
    private final Loss[] losses;
    private final float[] logits;
    private final double[] probabilities;

    LabelOutputs(final Network network, final int labels) {
        losses = IntStream.of(network.outputs()).mapToObj(network::loss).toArray(Loss[]::new);
        logits = new float[labels];
        probabilities = new double[labels];
    }

    /**
     * The probabilities of the labels.
     *
     * @param output all outputs, one after the other
     * @param to     as many numbers
     */
    void probabilities(final float[] output, final double[] to) {
        for (int o = 0; o < losses.length; o++) {
            System.arraycopy(output, o * logits.length, logits, 0, logits.length);
            if (losses[o] == Loss.SOFTMAX_CROSS_ENTROPY) {
                Logits.probabilities(logits, probabilities);
            } else {
                for (int i = 0; i < logits.length; i++) {
                    probabilities[i] = losses[o] == Loss.SQUARED_ERROR ? Math.clamp(logits[i], 0.0, 1.0) : 1 / (1 + Math.exp(-logits[i]));
                }
            }
            System.arraycopy(probabilities, 0, to, o * logits.length, logits.length);
        }
    }

    /**
     * The softmax of each output.
     *
     * @param logProbabilities of all outputs, one after the other
     * @param to               as many numbers
     */
    void softmax(final double[] logProbabilities, final double[] to) {
        final int labels = logits.length;
        for (int o = 0; o < losses.length; o++) {
            Logits.probabilities(Arrays.copyOfRange(logProbabilities, o * labels, (o + 1) * labels), probabilities);
            System.arraycopy(probabilities, 0, to, o * labels, labels);
        }
    }

    /** The label of the first output: the index of its largest number. */
    int label(final double[] all) {
        return largest(all, 0, logits.length);
    }

    /** The index of the largest of some numbers, counted from the first of them. */
    static int largest(final double[] all, final int first, final int count) {
        int largest = 0;
        for (int i = 1; i < count; i++) {
            largest = all[first + i] > all[first + largest] ? i : largest;
        }
        return largest;
    }
}
