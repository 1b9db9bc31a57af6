package org.tickwave.bench.score;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;
import org.tickwave.bench.keep.RunningCrc;
import org.tickwave.bench.stream.Recording;

/**
 * Prequential scores: each answer is scored before its target is taught. The answer of an output at level l to the frame
 * of tick s is its activation at s + l. When all outputs have answered, the answers are scored once, against the frame's own target,
 * together with the references' answers to the same frame.
 */
public final class Score implements Kept {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Measure measure;
    private final int[] latencies;
    private final int[] firsts;
    private final int[] widths;
    private final int models;
    private final Pair[] pairs;
    private final RunningCrc crc = new RunningCrc();
    private final ByteBuffer bytes;
    private final FloatBuffer numbers;
    private int oldest;
    private int waiting;

    /** The target of a frame, which waits for the network's answer and for those of the references. */
    private static final class Pair implements Kept {
        private final float[] target;
        /** By model. */
        private final float[][] answers;
        private Recording recording;
        private long tick;
        /** By output. */
        private final boolean[] answered;
        private boolean good;
        private boolean compared;

        private Pair(final int width, final int models, final int outputs) {
            answered = new boolean[outputs];
            target = new float[width];
            answers = new float[models][width];
        }

        @Override
        public void keep(final Archive archive) {
            archive.all(target);
            for (final float[] answer : answers) {
                archive.all(answer);
            }
            recording = archive.one(Recording.class, recording);
            tick = archive.of(tick);
            archive.all(answered);
            good = archive.of(good);
            compared = archive.of(compared);
        }
    }

    /**
     * @param measure  scores the pairs that have all their answers
     * @param latencies the number of ticks from a frame to the answer of each output
     * @param widths   width of each output; targets and answers hold the outputs one after the other
     * @param models   number of models whose answers a pair waits for
     */
    public Score(final Measure measure, final int[] latencies, final int[] widths, final int models) {
        this.measure = measure;
        this.latencies = latencies.clone();
        this.widths = widths.clone();
        this.models = models;
        firsts = IntStream.range(0, widths.length).map(o -> Arrays.stream(widths, 0, o).sum()).toArray();
        final int width = Arrays.stream(widths).sum();
        bytes = ByteBuffer.allocate(width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        numbers = bytes.asFloatBuffer();
        pairs = new Pair[Arrays.stream(latencies).max().getAsInt() + 1];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = new Pair(width, models, widths.length);
        }
    }

    public Measure measure() {
        return measure;
    }

    private Pair pair(final int fromOldest) {
        return pairs[(oldest + fromOldest) % pairs.length];
    }

    /**
     * Adds a frame that was fed in a tick.
     *
     * @param tick      the tick that took the frame
     * @param target    the target of the frame; copied
     * @param recording the recording of the frame, or null
     */
    public void fed(final long tick, final float[] target, final Recording recording) {
        final Pair pair = pair(waiting++);
        pair.tick = tick;
        pair.recording = recording;
        Arrays.fill(pair.answered, false);
        pair.good = true;
        pair.compared = models == 1;
        System.arraycopy(target, 0, pair.target, 0, target.length);
    }

    /**
     * Adds the network's answer to the frame that was fed last, in place of the answers that its wave brings.
     *
     * @param output the answers of all outputs; null if the guard refused it
     */
    public void answeredNow(final float[] output) {
        final Pair pair = pair(waiting - 1);
        Arrays.fill(pair.answered, true);
        pair.good = output != null;
        if (pair.good) {
            System.arraycopy(output, 0, pair.answers[Models.NETWORK], 0, output.length);
        }
    }

    /** Adds the answer of a reference to the frame that was fed last. The output is copied. */
    public void compared(final int model, final MemorySegment output) {
        final Pair pair = pair(waiting - 1);
        pair.compared = model == models - 1;
        final float[] to = pair.answers[model];
        MemorySegment.copy(output, FLOAT, 0, to, 0, to.length);
    }

    /**
     * Adds the activation of an output after a tick. If the activation answers a frame that waits, it is copied.
     *
     * @param tick   the time of the output, which is the number of the tick that computed it plus 1
     * @param index  the place among the outputs
     * @param output its activation
     * @param good   false if the guard refused the output
     */
    public void answered(final long tick, final int index, final MemorySegment output, final boolean good) {
        for (int i = 0; i < waiting; i++) {
            final Pair pair = pair(i);
            if (pair.tick + latencies[index] == tick && !pair.answered[index]) {
                pair.answered[index] = true;
                pair.good &= good;
                MemorySegment.copy(output, FLOAT, 0, pair.answers[Models.NETWORK], firsts[index], widths[index]);
                return;
            }
        }
    }

    private static boolean answered(final Pair pair) {
        for (final boolean answered : pair.answered) {
            if (!answered) {
                return false;
            }
        }
        return true;
    }

    private void updateCrc(final float[] network) {
        numbers.clear().put(network);
        crc.update(bytes.clear());
    }

    /**
     * CRC-32C over all scored answers, as little-endian float32, in the order of the frames.
     *
     * @return eight hexadecimal digits
     */
    public String answersCrc() {
        return crc.toString();
    }

    /** Scores the pairs that have all their answers. Called after each frame period. */
    public void settle() {
        while (waiting > 0 && answered(pair(0)) && pair(0).compared) {
            final Pair pair = pair(0);
            if (pair.good) {
                updateCrc(pair.answers[Models.NETWORK]);
                measure.add(pair.target, pair.answers, pair.recording);
            } else {
                measure.refused(pair.target, pair.recording);
            }
            oldest = (oldest + 1) % pairs.length;
            waiting--;
        }
    }

    @Override
    public void keep(final Archive archive) {
        archive.section("score");
        measure.keep(archive);
        crc.keep(archive);
        oldest = archive.of(oldest);
        waiting = archive.of(waiting);
        for (final Pair pair : pairs) {
            pair.keep(archive);
        }
    }
}
