package org.tickwave.bench.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tickwave.Loss;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.stream.Recording;

/**
 * Computes accuracy and cross-entropy of labelled recordings.
 *
 * <p>A <i>pass</i> plays every recording of the directory once. A <i>held-out</i> recording is scored, but the network never
 * learns from this recording. Accuracy is measured on held-out recordings in the second half of a pass, for frames and for whole
 * recordings. Two baselines are measured too: always predicting the commonest label, and repeating the previous label. If there
 * are several passes, the counts of the newest pass replace the older counts: the first held-out frame in the second half of a
 * pass sets all counts to zero.
 *
 * <p>Cross-entropy is measured on the frames from which the network learns.
 *
 * <p>The class predicted for a frame is the index of the largest output. The class predicted for a recording is the class with
 * the largest mean log-probability over the recording's frames.
 */
public final class ClassScores implements Measure {
    /** Largest number of points in {@link #overTime}. */
    public static final int POINTS = 50;

    private static final int NO_LABEL = -1;
    private static final Predictor[] PREDICTORS = Predictor.values();

    private final List<String> labels;
    private final int models;
    private final Loss loss;
    /** Loss, in nats for the softmax's cross-entropy, of each frame that is not held out: channels NETWORK and BACKPROP. */
    private final Series losses;
    /**
     * One entry for each held-out recording. Channels NETWORK and BACKPROP hold 1 if the predicted class is right, and 0 if not.
     * Channel HEARD holds the number of recordings heard since the previous entry.
     */
    private final Series right;
    private final Tally tally;
    private final long[] taught;
    private final double[][] sums;

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
     * @param recordingsHeard number of recordings, held out or not, that were heard up to the end of the group
     * @param network         the network's accuracy on the group
     * @param backprop        backprop's accuracy on the group; NaN without backprop
     */
    public record Point(long recordingsHeard, double network, double backprop) {
    }

    /**
     * @param models number of models whose answers are scored
     * @param loss   of the output
     */
    public ClassScores(final List<String> labels, final int models, final Loss loss) {
        this.labels = List.copyOf(labels);
        this.loss = loss;
        this.models = models;
        losses = new Series(models);
        right = new Series(models + 1);
        tally = new Tally(labels.size());
        taught = new long[labels.size()];
        sums = new double[models][labels.size()];
    }

    @Override
    public void add(final float[] target, final float[][] answers, final Recording of) {
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
        for (int m = 0; m < models; m++) {
            answer(m, answers[m]);
        }
        if (counts) {
            tally.frames[of.index()]++;
            tally.frame(Predictor.COMMONEST, commonest, of.index());
            tally.frame(Predictor.LAST, previousFrameLabel, of.index());
        }
        previousFrameLabel = of.index();
    }

    /**
     * Adds a model's logits, and not its log-probabilities. Within a frame the two differ by a number that is the same for all classes.
     * So the class with the largest sum of logits has the largest sum of log-probabilities. Sums of logits have less rounding error.
     */
    private void answer(final int model, final float[] logits) {
        if (!recording.heldOut()) {
            losses.add(model, LabelLoss.of(loss, logits, recording.index()));
            return;
        }
        for (int i = 0; i < logits.length; i++) {
            sums[model][i] += logits[i];
        }
        if (recording.secondHalf()) {
            tally.frame(PREDICTORS[model], Logits.largest(logits), recording.index());
        }
    }

    @Override
    public void refused(final float[] target, final Recording of) {
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
        for (final double[] sum : sums) {
            Arrays.fill(sum, 0);
        }
    }

    private void classify() {
        final int label = recording.index();
        right.next();
        for (int m = 0; m < models; m++) {
            right.add(m, Logits.largest(sums[m]) == label ? 1 : 0);
        }
        right.add(models, heardSince);
        heardSince = 0;
        if (recording.secondHalf()) {
            tally.recordings[label]++;
            for (int m = 0; m < models; m++) {
                tally.recording(PREDICTORS[m], Logits.largest(sums[m]), label);
            }
            tally.recording(Predictor.COMMONEST, commonest, label);
            tally.recording(Predictor.LAST, previousLabel, label);
        }
    }

    public List<String> labels() {
        return labels;
    }

    /** Losses; cross-entropies in nats. */
    @Override
    public Series losses() {
        return losses;
    }

    /**
     * Number of scored held-out frames. Only frames in the second half of a pass count, and only those of the newest pass that has
     * any. The other counts and accuracies
     * cover the same part of the stream, except those in {@link #overTime} and {@link #present}.
     */
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
        return by.ordinal() < models || by.ordinal() >= Models.count(true);
    }

    /** The network's accuracy on the frames of one class. */
    public double frameAccuracy(final int label) {
        return tally.frameAccuracy(label);
    }

    /** The network's accuracy on the recordings of one class. */
    public double recordingAccuracy(final int label) {
        return tally.recordingAccuracy(label);
    }

    /**
     * Accuracy on all held-out recordings, in both halves of every pass. The recordings are in the order in which they were heard,
     * divided into at most {@link #POINTS} groups. The sizes of two groups differ by at most one recording.
     */
    public List<Point> overTime() {
        final long count = right.count();
        final long perPoint = Math.max(1, Math.ceilDiv(count, POINTS));
        final long points = Math.ceilDiv(count, perPoint);
        final List<Point> all = new ArrayList<>();
        for (long i = 0; i < points; i++) {
            final long from = i * count / points;
            final long to = (i + 1) * count / points;
            all.add(new Point(Math.round(right.mean(models, 0, to) * to), right.mean(Models.NETWORK, from, to),
                models > 1 ? right.mean(Models.BACKPROP, from, to) : Double.NaN));
        }
        return all;
    }

    @Override
    public int bestLinear() {
        int best = Models.LINEAR;
        for (int m = best + 1; m < models; m++) {
            best = recordingAccuracy(PREDICTORS[m]) > recordingAccuracy(PREDICTORS[best]) ? m : best;
        }
        return best;
    }

    @Override
    public boolean enough() {
        return recordings() > 0;
    }

    @Override
    public boolean gained() {
        return recordingAccuracy(Predictor.NETWORK) > recordingAccuracy(Predictor.COMMONEST);
    }

    /** Accuracy on the newer half of all held-out recordings heard so far, over all passes. */
    @Override
    public double present() {
        return right.secondHalf(Models.NETWORK);
    }

    @Override
    public String words(final double present) {
        return String.format(Locale.ROOT, "%.0f %% of held-out recordings right", present * 100);
    }

    @Override
    public void keep(final Archive archive) {
        archive.section("recordings");
        losses.keep(archive);
        right.keep(archive);
        tally.keep(archive);
        archive.all(taught);
        for (final double[] sum : sums) {
            archive.all(sum);
        }
        recording = archive.one(Recording.class, recording);
        framesOfRecording = archive.of(framesOfRecording);
        heardSince = archive.of(heardSince);
        commonest = archive.of(commonest);
        previousLabel = archive.of(previousLabel);
        previousFrameLabel = archive.of(previousFrameLabel);
        newPass = archive.of(newPass);
    }
}
