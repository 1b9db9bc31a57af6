package org.tickwave.bench.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tickwave.bench.stream.Recording;

/**
 * How many held-out frames and recordings are classified right in the second half of a pass, beside who knows nothing; and
 * the cross-entropy of what is taught. A frame's class is its largest output, a recording's that of the largest mean
 * log-probability over its frames. What was heard in the second half before is forgotten with the first held-out frame of
 * the next.
 */
public final class ClassScores implements Measure {
    /** Points of {@link #overTime}, at most. */
    public static final int POINTS = 50;

    private static final int HEARD = 2;
    private static final int NOBODY = -1;

    private final List<String> labels;
    private final boolean compares;
    /** In nats, of what is not held out. */
    private final Series losses = new Series(2);
    /** Of held-out recordings: 1 for a right one; and how many were heard since the held-out one before. */
    private final Series right = new Series(3);
    private final Tally tally;
    private final long[] taught;
    private final double[] networkSums;
    private final double[] backpropSums;

    private Recording recording;
    private long framesOfIt;
    private long heardSince;
    private int commonest;
    private int labelBefore = NOBODY;
    private int labelOfFrameBefore = NOBODY;
    private boolean begins;

    /**
     * The held-out recordings of a while.
     *
     * @param recordingsHeard until its end, with those that were taught
     * @param network         share of them that it got right
     * @param backprop        the same; NaN without it
     */
    public record Point(long recordingsHeard, double network, double backprop) {
    }

    /** @param compares whether backprop answers too */
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
        if (counts && begins) {
            tally.clear();
            begins = false;
        }
        framesOfIt++;
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
            tally.frame(Predictor.LAST, labelOfFrameBefore, of.index());
        }
        labelOfFrameBefore = of.index();
    }

    /** @param sums of outputs: but for what is the same for every class, those of log-probabilities, and exact more often */
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
        labelOfFrameBefore = of.index();
    }

    private void hear(final Recording of) {
        if (of == recording) {
            return;
        }
        begins |= !of.secondHalf();
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

    /** What was heard last is over. */
    @Override
    public void finish() {
        if (recording == null) {
            return;
        }
        if (recording.heldOut() && framesOfIt > 0) {
            decide();
        }
        labelBefore = recording.index();
        recording = null;
        framesOfIt = 0;
        Arrays.fill(networkSums, 0);
        Arrays.fill(backpropSums, 0);
    }

    private void decide() {
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
            tally.recording(Predictor.LAST, labelBefore, label);
        }
    }

    /** The first of the largest. */
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
        double most = logits[0];
        for (final float logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        for (final float logit : logits) {
            sum += Math.exp(logit - most);
        }
        return Math.log(sum) + (most - logits[label]);
    }

    public List<String> labels() {
        return labels;
    }

    /** In nats. */
    @Override
    public Series losses() {
        return losses;
    }

    /** Held out, in the second half; so are all that follow. */
    public long frames() {
        return Tally.sum(tally.frames);
    }

    public long recordings() {
        return Tally.sum(tally.recordings);
    }

    public long recordings(final int label) {
        return tally.recordings[label];
    }

    /** @return NaN if there are none */
    public double frameAccuracy(final Predictor by) {
        return known(by) ? tally.frameAccuracy(by) : Double.NaN;
    }

    /** @return NaN if there are none */
    public double recordingAccuracy(final Predictor by) {
        return known(by) ? tally.recordingAccuracy(by) : Double.NaN;
    }

    private boolean known(final Predictor by) {
        return compares || by != Predictor.BACKPROP;
    }

    /** The network's, of one class. */
    public double frameAccuracy(final int label) {
        return tally.frameAccuracy(label);
    }

    /** The network's, of one class. */
    public double recordingAccuracy(final int label) {
        return tally.recordingAccuracy(label);
    }

    /** All held-out recordings, in the order heard, in groups that differ by one recording at most. */
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

    /** Of the second half of all held-out recordings so far. */
    @Override
    public double present() {
        return right.secondHalf(NETWORK);
    }

    @Override
    public String words(final double present) {
        return String.format(Locale.ROOT, "%.0f %% of held-out recordings right", present * 100);
    }
}
