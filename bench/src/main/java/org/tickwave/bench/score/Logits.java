package org.tickwave.bench.score;

/** What the outputs of a classifier say. */
public final class Logits {
    private Logits() {
    }

    /** Index of the largest value; the first index if several values are equal. */
    public static int largest(final float[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    /** Index of the largest value; the first index if several values are equal. */
    public static int largest(final double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    /** The softmax of logits. */
    public static void probabilities(final float[] logits, final double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = logits[i];
        }
        probabilities(to, to);
    }

    /** The softmax of logits. Both arrays may be one. */
    public static void probabilities(final double[] logits, final double[] to) {
        double largest = logits[0];
        for (final double logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (int i = 0; i < to.length; i++) {
            to[i] = Math.exp(logits[i] - largest);
            sum += to[i];
        }
        for (int i = 0; i < to.length; i++) {
            to[i] /= sum;
        }
    }

    /** The cross-entropy of a label, in nats. */
    static double crossEntropy(final float[] logits, final int label) {
        double largest = logits[0];
        for (final float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (final float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        return Math.log(sum) + (largest - logits[label]);
    }
}
