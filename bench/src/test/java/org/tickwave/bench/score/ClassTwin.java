package org.tickwave.bench.score;

import java.util.ArrayList;
import java.util.List;
import org.tickwave.bench.stream.Recording;

/** The scalar twin of {@link ClassScores}: keeps all frames, and computes the scores afterwards. */
final class ClassTwin {
    /** A frame and its answers; null answers if the guard refused them. */
    record Heard(int pass, Recording of, float[] network, float[] backprop) {
        boolean good() {
            return network != null;
        }

        float[] answer(final Predictor by) {
            return by == Predictor.NETWORK ? network : backprop;
        }
    }

    /** The frames of each recording, in the order heard. */
    private final List<List<Heard>> recordings = new ArrayList<>();
    private final int labels;
    private boolean finished;

    ClassTwin(final int labels) {
        this.labels = labels;
    }

    void add(final Heard heard) {
        if (recordings.isEmpty() || recordings.getLast().getLast().of() != heard.of()) {
            recordings.add(new ArrayList<>());
        }
        recordings.getLast().add(heard);
    }

    void finish() {
        finished = true;
    }

    static double[] probabilities(final float[] logits) {
        final double[] of = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < of.length; i++) {
            of[i] = Math.exp(logits[i]);
            sum += of[i];
        }
        for (int i = 0; i < of.length; i++) {
            of[i] /= sum;
        }
        return of;
    }

    private static int largest(final double[] values) {
        int largest = 0;
        for (int i = 0; i < values.length; i++) {
            // Values within 1e-9 tie: the tests' answers differ by far more, and rounding by far less.
            largest = values[i] > values[largest] + 1e-9 ? i : largest;
        }
        return largest;
    }

    double meanLoss(final Predictor by) {
        return recordings.stream().flatMap(List::stream).filter(heard -> heard.good() && !heard.of().heldOut())
            .mapToDouble(heard -> -Math.log(probabilities(heard.answer(by))[heard.of().index()])).average().orElse(Double.NaN);
    }

    private int classOf(final int recording, final Predictor by) {
        return switch (by) {
            case COMMONEST -> commonest(recording);
            case LAST -> recording == 0 ? -1 : recordings.get(recording - 1).getFirst().of().index();
            default -> {
                final double[] sums = new double[labels];
                for (final Heard heard : recordings.get(recording)) {
                    for (int i = 0; heard.good() && i < labels; i++) {
                        sums[i] += Math.log(probabilities(heard.answer(by))[i]);
                    }
                }
                yield largest(sums);
            }
        };
    }

    private int classOf(final int recording, final int frame, final Predictor by) {
        return switch (by) {
            case COMMONEST -> commonest(recording);
            case LAST -> frame > 0 ? recordings.get(recording).getFirst().of().index() : classOf(recording, Predictor.LAST);
            default -> largest(probabilities(recordings.get(recording).get(frame).answer(by)));
        };
    }

    private int commonest(final int before) {
        final double[] taught = new double[labels];
        for (final List<Heard> recording : recordings.subList(0, before)) {
            taught[recording.getFirst().of().index()] += recording.getFirst().of().heldOut() ? 0 : 1;
        }
        return largest(taught);
    }

    private boolean hasAnswers(final int recording) {
        return recordings.get(recording).getFirst().of().heldOut() && recordings.get(recording).stream().anyMatch(Heard::good);
    }

    private boolean whole(final int recording) {
        return hasAnswers(recording) && (finished || recording < recordings.size() - 1);
    }

    /** The held-out recordings that count: those in the second half of the last pass that has an answer there. */
    private List<Integer> counted() {
        final List<Integer> counted = new ArrayList<>();
        int pass = -1;
        for (int r = 0; r < recordings.size(); r++) {
            final Heard first = recordings.get(r).getFirst();
            if (hasAnswers(r) && first.of().secondHalf()) {
                if (first.pass() != pass) {
                    counted.clear();
                    pass = first.pass();
                }
                counted.add(r);
            }
        }
        return counted;
    }

    /** @param label null for all labels */
    double[] recordings(final Predictor by, final Integer label) {
        final double[] rightOfAll = new double[2];
        for (final int r : counted()) {
            final int of = recordings.get(r).getFirst().of().index();
            if (whole(r) && (label == null || label == of)) {
                rightOfAll[0] += classOf(r, by) == of ? 1 : 0;
                rightOfAll[1]++;
            }
        }
        return rightOfAll;
    }

    /** @param label null for all labels */
    double[] frames(final Predictor by, final Integer label) {
        final double[] rightOfAll = new double[2];
        for (final int r : counted()) {
            for (int f = 0; f < recordings.get(r).size(); f++) {
                final int of = recordings.get(r).getFirst().of().index();
                if (recordings.get(r).get(f).good() && (label == null || label == of)) {
                    rightOfAll[0] += classOf(r, f, by) == of ? 1 : 0;
                    rightOfAll[1]++;
                }
            }
        }
        return rightOfAll;
    }

    /** For every classified held-out recording: the number of recordings heard, whether the network was right, whether backprop was. */
    List<double[]> overTime() {
        final List<double[]> all = new ArrayList<>();
        for (int r = 0; r < recordings.size(); r++) {
            if (whole(r)) {
                final int of = recordings.get(r).getFirst().of().index();
                all.add(new double[] {r + 1, classOf(r, Predictor.NETWORK) == of ? 1 : 0, classOf(r, Predictor.BACKPROP) == of ? 1 : 0});
            }
        }
        return all;
    }
}
