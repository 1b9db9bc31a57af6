package org.tickwave.bench.score;

import java.util.Arrays;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;

/** Counts the frames and recordings of every class, and how many of them each predictor classified right. */
final class Tally implements Kept {
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

    void frame(final Predictor by, final int predicted, final int label) {
        rightFrames[by.ordinal()][label] += predicted == label ? 1 : 0;
    }

    void recording(final Predictor by, final int predicted, final int label) {
        rightRecordings[by.ordinal()][label] += predicted == label ? 1 : 0;
    }

    /** A predictor's accuracy on all frames; NaN without a frame. */
    double frameAccuracy(final Predictor by) {
        return (double) sum(rightFrames[by.ordinal()]) / sum(frames);
    }

    /** A predictor's accuracy on all recordings; NaN without a recording. */
    double recordingAccuracy(final Predictor by) {
        return (double) sum(rightRecordings[by.ordinal()]) / sum(recordings);
    }

    /** The network's accuracy on one class. */
    double frameAccuracy(final int label) {
        return (double) rightFrames[Predictor.NETWORK.ordinal()][label] / frames[label];
    }

    /** The network's accuracy on one class. */
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

    @Override
    public void keep(final Archive archive) {
        archive.all(frames);
        archive.all(recordings);
        for (int p = 0; p < rightFrames.length; p++) {
            archive.all(rightFrames[p]);
            archive.all(rightRecordings[p]);
        }
    }
}
