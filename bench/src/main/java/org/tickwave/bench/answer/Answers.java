package org.tickwave.bench.answer;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.RunningCrc;
import org.tickwave.bench.keep.Kept;
import org.tickwave.bench.report.AnswerCounts;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.task.ChangeTask;
import org.tickwave.bench.task.GraphTask;
import org.tickwave.bench.task.Task;

/**
 * The answers of a session: makes an answer of each output, and hands it to a writer. For the session's thread.
 *
 * <p>{@link AnswerOptions.From#NOW}: when a frame has come, the network answers it at its present weights, before the ticks that
 * teach. {@link AnswerOptions.From#WAVE}: the answer is what each output holds when the wave of the frame has reached it.
 */
public abstract sealed class Answers implements Kept permits ChangeAnswers, RowAnswers, RecordingAnswers {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    final Task task;
    /** The number of ticks from a frame to the answer that its wave brings: that of the highest output. */
    final int latency;
    private final Engine engine;
    private final boolean now;
    private final int[] latencies;
    private final int[] firsts;
    private final int[] widths;
    /** By tick modulo the latency: whether a frame was fed in the tick, what the outputs answered, and whether all answers are good. */
    private final boolean[] fed;
    private final float[][] waves;
    private final boolean[] good;
    private final float[] output;
    private AnswerQueue queue;
    private long written;
    private long refused;
    private long droppedBefore;

    Answers(final AnswerOptions options, final RunDescription description, final Engine engine, final Task task) {
        this.engine = engine;
        this.task = task;
        latency = description.latency();
        now = options.from() == AnswerOptions.From.NOW;
        final Network network = description.network();
        latencies = IntStream.of(network.outputs()).map(network::latency).toArray();
        widths = IntStream.of(network.outputs()).map(network::width).toArray();
        firsts = IntStream.range(0, widths.length).map(o -> Arrays.stream(widths, 0, o).sum()).toArray();
        fed = new boolean[latency];
        waves = new float[latency][task.targetWidth()];
        good = new boolean[latency];
        output = new float[task.targetWidth()];
    }

    /** The answers of a task's kind. */
    public static Answers of(final AnswerOptions options, final RunDescription description, final Engine engine, final Task task) {
        if ((task instanceof final GraphTask graph ? graph.whole() : task) instanceof final ChangeTask change) {
            return new ChangeAnswers(options, description, engine, task, change);
        }
        return description.columns().isEmpty() ? new RecordingAnswers(options, description, engine, task)
            : new RowAnswers(options, description, engine, task);
    }

    /**
     * Starts the writer. From now on these answers own the channel.
     *
     * @param failed called once if the channel fails, on the writer's thread
     */
    public final void start(
        final WritableByteChannel channel, final AnswerOptions.Format format, final RunDescription description,
        final Consumer<IOException> failed) {
        start(channel, format, description, failed, null);
    }

    /** Starts to write after the answers that a file holds already. */
    public final void goOn(
        final AnswerFile.Reopened file, final AnswerOptions.Format format, final RunDescription description, final Consumer<IOException> failed) {
        start(file.channel(), format, description, failed, file.crc());
    }

    private void start(
        final WritableByteChannel channel, final AnswerOptions.Format format, final RunDescription description,
        final Consumer<IOException> failed, final RunningCrc before) {
        final AnswerText text = new AnswerText(format, description.labels(), AnswerNames.numbers(description),
            AnswerNames.outputs(description), !description.columns().isEmpty(), this instanceof RecordingAnswers);
        queue = new AnswerQueue(channel, before != null ? new byte[0] : text.header(), before != null ? before : new RunningCrc(), text, width(),
            description.live(), failed);
    }

    /**
     * Marks the place after the answers so far. The channel is a file.
     *
     * @return the place when all of them are on the disk
     */
    public final Future<AnswerMark> mark() {
        return queue.mark();
    }

    @Override
    public void keep(final Archive archive) {
        archive.section("answers");
        archive.all(fed);
        archive.all(good);
        for (final float[] wave : waves) {
            archive.all(wave);
        }
        written = archive.of(written);
        refused = archive.of(refused);
        final long dropped = archive.of(droppedBefore + (queue == null ? 0 : queue.dropped()));
        droppedBefore = archive.reads() ? dropped : droppedBefore;
    }

    /** Numbers in an answer. */
    private int width() {
        return task.targetWidth();
    }

    /**
     * A frame has come, and the task has taken it.
     *
     * @param frame   its number in the stream, from 1
     * @param follows whether it follows the frame before without a gap
     */
    public final void taken(final long frame, final boolean follows) {
        if (now) {
            answerNow(frame, follows);
        }
    }

    /**
     * A frame is fed to the engine, in the tick that is next.
     *
     * @param frame its number in the stream
     */
    public final void fed(final long frame) {
        if (!now) {
            final int at = (int) (engine.ticks() % latency);
            fed[at] = true;
            good[at] = true;
            remember(at, frame);
        }
    }

    /**
     * A tick has ended. Called for each output, in their order.
     *
     * @param tick   the time of the output
     * @param index  the place among the outputs
     * @param isGood whether the output answers a frame, and the guard did not refuse it
     */
    public final void ticked(final long tick, final int index, final MemorySegment x, final boolean isGood) {
        final int heard = (int) Math.floorMod(tick - latencies[index], (long) latency);
        if (fed[heard]) {
            MemorySegment.copy(x, FLOAT, 0, waves[heard], firsts[index], widths[index]);
            good[heard] &= isGood;
        }
        final int at = (int) (tick % latency);
        if (index == widths.length - 1 && fed[at]) {
            fed[at] = false;
            answerWave(at, good[at] ? waves[at] : null);
        }
    }

    /** Answers a frame that the task has just taken, with {@link #answer}. */
    abstract void answerNow(long frame, boolean follows);

    /**
     * Keeps what the answer to a frame will need.
     *
     * @param at the place of the frame, from 0 to L - 1
     */
    abstract void remember(int at, long frame);

    /**
     * Answers a frame that was remembered.
     *
     * @param at     the place of the frame
     * @param output the answers of all outputs; null if the guard refused one
     */
    abstract void answerWave(int at, float[] output);

    /** The stream has ended, and all ticks too. */
    void last() {
        // Most answers wait for nothing.
    }

    /** Mean squared error of the predictions; NaN if there is none. */
    double mse() {
        return Double.NaN;
    }

    /** The network's output for an input at its present weights; null if the guard refused it. */
    final float[] answer(final float[] input) {
        return engine.answer(input, output) ? output : null;
    }

    final Answer claim() {
        return queue.claim();
    }

    final void publish(final boolean isRefused) {
        written++;
        refused += isRefused ? 1 : 0;
        queue.publish();
    }

    /** Writes what is left, and closes the channel. An interrupt ends a blocked write. */
    public final AnswerCounts finish() {
        last();
        queue.finish();
        return new AnswerCounts(written - queue.unwritten(), refused, droppedBefore + queue.dropped(), mse());
    }
}
