package org.tickwave.bench.score;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.zip.CRC32C;
import org.tickwave.bench.stream.Recording;

/**
 * Prequential scores: each answer is scored before its target is taught. The answer to the frame of tick s is x_L[s + L]. It is
 * scored once, against the frame's own target, together with the references' answers to the same frame.
 */
public final class Score {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Measure measure;
    private final int latency;
    private final int models;
    private final Pair[] pairs;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer bytes;
    private final FloatBuffer numbers;
    private int oldest;
    private int waiting;

    /** The target of a frame, which waits for the network's answer and for those of the references. */
    private static final class Pair {
        private final float[] target;
        /** By model. */
        private final float[][] answers;
        private Recording recording;
        private long tick;
        private boolean answered;
        private boolean good;
        private boolean compared;

        private Pair(final int width, final int models) {
            target = new float[width];
            answers = new float[models][width];
        }
    }

    /**
     * @param measure  scores the pairs that have all their answers
     * @param latency  L, the number of ticks from a frame to the answer
     * @param width    width of the output
     * @param models   number of models whose answers a pair waits for
     */
    public Score(final Measure measure, final int latency, final int width, final int models) {
        this.measure = measure;
        this.latency = latency;
        this.models = models;
        bytes = ByteBuffer.allocate(width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        numbers = bytes.asFloatBuffer();
        pairs = new Pair[latency + 1];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = new Pair(width, models);
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
        pair.answered = false;
        pair.compared = models == 1;
        System.arraycopy(target, 0, pair.target, 0, target.length);
    }

    /**
     * Adds the network's answer to the frame that was fed last, in place of the answer that its wave brings.
     *
     * @param output the answer; null if the guard refused it
     */
    public void answeredNow(final float[] output) {
        final Pair pair = pair(waiting - 1);
        pair.answered = true;
        pair.good = output != null;
        if (pair.good) {
            System.arraycopy(output, 0, pair.answers[Models.NETWORK], 0, output.length);
        }
    }

    /** Adds the answer of a reference to the frame that was fed last. The output is copied. */
    public void compared(final int model, final MemorySegment output) {
        final Pair pair = pair(waiting - 1);
        pair.compared = model == models - 1;
        copy(output, pair.answers[model]);
    }

    /**
     * Adds the output of a tick. If the output answers a frame that waits, it is copied.
     *
     * @param tick   the time of the output, which is the number of the tick that computed it plus 1
     * @param output x_L
     * @param good   false if the guard refused the output
     */
    public void answered(final long tick, final MemorySegment output, final boolean good) {
        for (int i = 0; i < waiting; i++) {
            final Pair pair = pair(i);
            if (pair.tick + latency == tick && !pair.answered) {
                pair.answered = true;
                pair.good = good;
                copy(output, pair.answers[Models.NETWORK]);
                return;
            }
        }
    }

    private static void copy(final MemorySegment output, final float[] to) {
        MemorySegment.copy(output, FLOAT, 0, to, 0, to.length);
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
        return String.format("%08x", crc.getValue());
    }

    /** Scores the pairs that have all their answers. Called after each frame period. */
    public void settle() {
        while (waiting > 0 && pair(0).answered && pair(0).compared) {
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
}
