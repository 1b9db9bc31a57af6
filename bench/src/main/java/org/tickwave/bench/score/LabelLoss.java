package org.tickwave.bench.score;

import org.tickwave.Loss;

/** The losses of an output whose target is 1 at a label and 0 elsewhere. */
final class LabelLoss {
    private LabelLoss() {
    }

    /** Nats for the softmax's cross-entropy; for other losses a mean over the labels. */
    static double of(final Loss loss, final float[] answer, final int label) {
        return switch (loss) {
            case SOFTMAX_CROSS_ENTROPY -> Logits.crossEntropy(answer, label);
            case SQUARED_ERROR -> squaredError(answer, label);
            case LOGISTIC_CROSS_ENTROPY -> logistic(answer, label);
        };
    }

    private static double squaredError(final float[] answer, final int label) {
        double sum = 0;
        for (int i = 0; i < answer.length; i++) {
            final double error = (double) answer[i] - (i == label ? 1 : 0);
            sum += error * error;
        }
        return sum / answer.length;
    }

    private static double logistic(final float[] logits, final int label) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            final double logit = i == label ? -logits[i] : logits[i];
            sum += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
        }
        return sum / logits.length;
    }
}
