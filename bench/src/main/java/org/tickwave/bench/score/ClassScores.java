package org.tickwave.bench.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tickwave.bench.stream.Recording;

/**
 * Computes accuracy and cross-entropy. Accuracy covers the held-out frames and recordings in the second half of a pass, beside
 * two baselines: the commonest label and the last label. Cross-entropy covers the frames from which the network learns. The
 * class predicted for a frame is the index of the largest output. The class predicted for a recording has the largest mean
 * log-probability over the recording's frames. In each later pass, all counts return to zero at the first held-out frame of
 * the second half.
 */
public final class ClassScores implements Measure {
    /** Largest number of points in {@link #overTime}. */
    public static final int POINTS = 50;

    private static final int HEARD = 2;
    private static final int NO_LABEL = -1;

    private final List<String> labels;
    private final boolean compares;
    /** Cross-entropy in nats of the frames that are not held out. */
    private final Series losses = new Series(2);
    /** For each held-out recording: 1 if right, else 0; and how many recordings were heard since the last held-out one. */
    private final Series right = new Series(3);
    private final Tally tally;
    private final long[] taught;
    private final double[] networkSums;
    private final double[] backpropSums;

    private Recording recording;
    private long framesOfRecording;
    private long heardSince;
    private int commonest;
    private int previousLabel = NO_LABEL;
    private int previousFrameLabel = NO_LABEL;
    private boolean newPass;

    /**
     * Accuracy on one group of consecutive held-out recordings.
     *
     * @param recordingsHeard number of recordings heard up to the end of the group, taught ones included
     * @param network         the network's accuracy on the group
     * @param backprop        backprop's accuracy on the group; NaN without backprop
     */
    public record Point(long recordingsHeard, double network, double backprop) {
    }

    /** @param compares whether backprop is scored too */
    public ClassScores(final List<String> labels, final boolean compares) {
        this.labels = List.copyOf(labels);
        this.compares = compares;
        tally = new Tally(labels.size());
        taught = new long[labels.size()];
        networkSums = new double[labels.size()];
        backpropSums = new double[labels.size()];
    }

    @Override
    public void add(final float[] target, final float[] network, final float[] backprop, final Recording of) {
        hear(of);
        final boolean counts = of.heldOut() && of.secondHalf();
        if (counts && newPass) {
            tally.clear();
            newPass = false;
        }
        framesOfRecording++;
        if (!of.heldOut()) {
            losses.next();
        }
        answer(Predictor.NETWORK, network, networkSums);
        if (compares) {
            answer(Predictor.BACKPROP, backprop, backpropSums);
        }
        if (counts) {
            tally.frames[of.index()]++;
            tally.frame(Predictor.COMMONEST, commonest, of.index());
            tally.frame(Predictor.LAST, previousFrameLabel, of.index());
        }
        previousFrameLabel = of.index();
    }

    /**
     * Sums logits instead of log-probabilities: the difference is the same for every class, and sums of logits have less rounding
     * error.
     */
    private void answer(final Predictor by, final float[] logits, final double[] sums) {
        if (!recording.heldOut()) {
            losses.add(by == Predictor.NETWORK ? NETWORK : BACKPROP, crossEntropy(logits, recording.index()));
            return;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += logits[i];
        }
        if (recording.secondHalf()) {
            tally.frame(by, largest(logits), recording.index());
        }
    }

    @Override
    public void refused(final Recording of) {
        hear(of);
        previousFrameLabel = of.index();
    }

    private void hear(final Recording of) {
        if (of == recording) {
            return;
        }
        newPass |= !of.secondHalf();
        finish();
        recording = of;
        heardSince++;
        if (!of.heldOut()) {
            final long count = ++taught[of.index()];
            if (count > taught[commonest] || count == taught[commonest] && of.index() < commonest) {
                commonest = of.index();
            }
        }
    }

    /** Ends the current recording. */
    @Override
    public void finish() {
        if (recording == null) {
            return;
        }
        if (recording.heldOut() && framesOfRecording > 0) {
            classify();
        }
        previousLabel = recording.index();
        recording = null;
        framesOfRecording = 0;
        Arrays.fill(networkSums, 0);
        Arrays.fill(backpropSums, 0);
    }

    private void classify() {
        final int label = recording.index();
        right.next();
        right.add(NETWORK, largest(networkSums) == label ? 1 : 0);
        right.add(BACKPROP, largest(backpropSums) == label ? 1 : 0);
        right.add(HEARD, heardSince);
        heardSince = 0;
        if (recording.secondHalf()) {
            tally.recordings[label]++;
            tally.recording(Predictor.NETWORK, largest(networkSums), label);
            tally.recording(Predictor.BACKPROP, largest(backpropSums), label);
            tally.recording(Predictor.COMMONEST, commonest, label);
            tally.recording(Predictor.LAST, previousLabel, label);
        }
    }

    /** Index of the largest value; the first index if several values are equal. */
    private static int largest(final float[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    private static int largest(final double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    private static double crossEntropy(final float[] logits, final int label) {
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

    public List<String> labels() {
        return labels;
    }

    /** Cross-entropies in nats. */
    @Override
    public Series losses() {
        return losses;
    }

    /** Number of held-out frames in the second half of the pass. All further counts and accuracies cover the second half too. */
    public long frames() {
        return Tally.sum(tally.frames);
    }

    public long recordings() {
        return Tally.sum(tally.recordings);
    }

    public long recordings(final int label) {
        return tally.recordings[label];
    }

    /** A predictor's accuracy on frames; NaN if no frame was counted. */
    public double frameAccuracy(final Predictor by) {
        return known(by) ? tally.frameAccuracy(by) : Double.NaN;
    }

    /** A predictor's accuracy on recordings; NaN if no recording was counted. */
    public double recordingAccuracy(final Predictor by) {
        return known(by) ? tally.recordingAccuracy(by) : Double.NaN;
    }

    private boolean known(final Predictor by) {
        return compares || by != Predictor.BACKPROP;
    }

    /** The network's accuracy on the frames of one class. */
    public double frameAccuracy(final int label) {
        return tally.frameAccuracy(label);
    }

    /** The network's accuracy on the recordings of one class. */
    public double recordingAccuracy(final int label) {
        return tally.recordingAccuracy(label);
    }

    /** Accuracy on all held-out recordings, in the order heard, in groups whose sizes differ by one recording at most. */
    public List<Point> overTime() {
        final long count = right.count();
        final long perPoint = Math.max(1, Math.ceilDiv(count, POINTS));
        final long points = Math.ceilDiv(count, perPoint);
        final List<Point> all = new ArrayList<>();
        for (long i = 0; i < points; i++) {
            final long from = i * count / points;
            final long to = (i + 1) * count / points;
            all.add(new Point(Math.round(right.mean(HEARD, 0, to) * to), right.mean(NETWORK, from, to),
                compares ? right.mean(BACKPROP, from, to) : Double.NaN));
        }
        return all;
    }

    @Override
    public boolean enough() {
        return recordings() > 0;
    }

    @Override
    public boolean gained() {
        return recordingAccuracy(Predictor.NETWORK) > recordingAccuracy(Predictor.COMMONEST);
    }

    /** Accuracy on the second half of all held-out recordings so far. */
    @Override
    public double present() {
        return right.secondHalf(NETWORK);
    }

    @Override
    public String words(final double present) {
        return String.format(Locale.ROOT, "%.0f %% of held-out recordings right", present * 100);
    }
}
