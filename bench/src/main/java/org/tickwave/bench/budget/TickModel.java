package org.tickwave.bench.budget;

import java.util.ArrayList;
import java.util.List;

/**
 * The median time of a tick as a sum: a constant, a hand-shake if there are several threads, and a price for each layer, number and
 * multiply-add. Above a knee each byte of weights costs more, because the weights leave a cache; there are up to two knees. The prices
 * are at least zero, and make the relative errors as small as possible.
 *
 * @param baseNs       of every tick
 * @param handshakeNs  of every tick of several threads
 * @param layerNs      of a layer
 * @param numberNs     of an activation
 * @param multiplyAddNs of a multiply-add
 * @param knees        from the smallest
 */
record TickModel(
    double baseNs, double handshakeNs, double layerNs, double numberNs, double multiplyAddNs, List<Knee> knees) {
    private static final int MOST_KNEES = 2;
    /** A knee must reduce the sum of the squared errors at least to this share. */
    private static final double GAIN = .7;
    private static final double SMALLEST_KNEE = 1 << 16;
    private static final double KNEE_STEP = Math.sqrt(2);
    private static final int FIXED = 5;
    private static final int FEWEST = 3;

    /**
     * @param bytes     weights of one thread from which on each further byte costs more
     * @param nsPerByte how much more
     */
    record Knee(double bytes, double nsPerByte) {
    }

    private record Fitted(TickModel model, double squares) {
    }

    /**
     * Fits the model.
     *
     * @throws IllegalArgumentException if there is no observation
     */
    static TickModel fit(final List<Observation> observations) {
        if (observations.isEmpty()) {
            throw new IllegalArgumentException("no observation: expected at least one");
        }
        List<Double> knees = List.of();
        Fitted best = fit(observations, knees);
        final double largest = observations.stream().mapToDouble(o -> o.work().bytes()).max().orElseThrow();
        final double smallest = observations.stream().mapToDouble(o -> o.work().bytes()).min().orElseThrow();
        // A model with as many prices as observations would hit them all, and mean nothing.
        while (knees.size() < MOST_KNEES && observations.size() > FIXED + knees.size() + 1) {
            List<Double> with = null;
            Fitted better = null;
            for (double at = Math.max(SMALLEST_KNEE, smallest); at < largest; at *= KNEE_STEP) {
                final List<Double> candidate = new ArrayList<>(knees);
                candidate.add(at);
                candidate.sort(null);
                final Fitted fitted = fit(observations, candidate);
                if (better == null || fitted.squares < better.squares) {
                    with = candidate;
                    better = fitted;
                }
            }
            if (better == null || better.squares > GAIN * best.squares) {
                break;
            }
            best = better;
            knees = with;
        }
        return best.model;
    }

    private static Fitted fit(final List<Observation> observations, final List<Double> knees) {
        final int n = observations.size();
        final double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = features(observations.get(i).work(), knees);
            for (int k = 0; k < rows[i].length; k++) {
                rows[i][k] /= observations.get(i).times().p50Ns();
            }
        }
        final LeastSquares.Solution solution = LeastSquares.ofOnes(rows);
        final double[] prices = solution.factors();
        final List<Knee> priced = new ArrayList<>();
        for (int k = 0; k < knees.size(); k++) {
            if (prices[FIXED + k] > 0) {
                priced.add(new Knee(knees.get(k), prices[FIXED + k]));
            }
        }
        return new Fitted(new TickModel(prices[0], prices[1], prices[2], prices[3], prices[4], List.copyOf(priced)), solution.squares());
    }

    private static double[] features(final Work work, final List<Double> knees) {
        final double[] features = new double[FIXED + knees.size()];
        features[0] = 1;
        features[1] = work.threads() > 1 ? 1 : 0;
        features[2] = work.layers();
        features[3] = work.numbers();
        features[4] = work.multiplyAdds();
        for (int k = 0; k < knees.size(); k++) {
            features[FIXED + k] = Math.max(0, work.bytes() - knees.get(k));
        }
        return features;
    }

    /** The median time of a tick. */
    double tickNs(final Work work) {
        double ns = baseNs + (work.threads() > 1 ? handshakeNs : 0) + work.layers() * layerNs + work.numbers() * numberNs
            + work.multiplyAdds() * multiplyAddNs;
        for (final Knee knee : knees) {
            ns += Math.max(0, work.bytes() - knee.bytes) * knee.nsPerByte;
        }
        return ns;
    }

    /**
     * What the model says about each observation if it is fitted to the others; NaN if there are fewer than three others.
     */
    static double[] heldBackNs(final List<Observation> observations) {
        final double[] predicted = new double[observations.size()];
        for (int i = 0; i < predicted.length; i++) {
            final List<Observation> others = new ArrayList<>(observations);
            final Observation held = others.remove(i);
            predicted[i] = others.size() < FEWEST ? Double.NaN : fit(others).tickNs(held.work());
        }
        return predicted;
    }
}
