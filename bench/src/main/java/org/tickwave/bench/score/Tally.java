package org.tickwave.bench.score;

import java.util.Arrays;

/** How many frames and recordings there were of every class, and how many of them whoever guesses got right. */
final class Tally {
    final long[] frames;
    final long[] recordings;
    private final long[][] rightFrames;
    private final long[][] rightRecordings;

    Tally(final int classes) {
        frames = new long[classes];
        recordings = new long[classes];
        rightFrames = new long[Predictor.values().length][classes];
        rightRecordings = new long[Predictor.values().length][classes];
    }

    void clear() {
        Arrays.fill(frames, 0);
        Arrays.fill(recordings, 0);
        for (final long[] right : rightFrames) {
            Arrays.fill(right, 0);
        }
        for (final long[] right : rightRecordings) {
            Arrays.fill(right, 0);
        }
    }

    void frame(final Predictor by, final int guess, final int label) {
        rightFrames[by.ordinal()][label] += guess == label ? 1 : 0;
    }

    void recording(final Predictor by, final int guess, final int label) {
        rightRecordings[by.ordinal()][label] += guess == label ? 1 : 0;
    }

    /** @return of all frames; NaN if there are none */
    double frameAccuracy(final Predictor by) {
        return (double) sum(rightFrames[by.ordinal()]) / sum(frames);
    }

    /** @return of all recordings; NaN if there are none */
    double recordingAccuracy(final Predictor by) {
        return (double) sum(rightRecordings[by.ordinal()]) / sum(recordings);
    }

    /** The network's, of one class. */
    double frameAccuracy(final int label) {
        return (double) rightFrames[Predictor.NETWORK.ordinal()][label] / frames[label];
    }

    /** The network's, of one class. */
    double recordingAccuracy(final int label) {
        return (double) rightRecordings[Predictor.NETWORK.ordinal()][label] / recordings[label];
    }

    static long sum(final long[] counts) {
        long sum = 0;
        for (final long count : counts) {
            sum += count;
        }
        return sum;
    }
}
