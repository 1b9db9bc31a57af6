package org.tickwave.bench.session;

import java.io.IOException;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.task.Task;

/** What feeds have in common: a frame that was read goes to the task, if it is good, and all is counted. */
abstract class TaskFeed implements Feed {
    /** What the stream is read into. */
    final float[] frame;
    private final Task task;
    private final long limit;
    private long read;
    private long bad;
    private boolean follows;
    private boolean ended;
    private IOException failure;

    TaskFeed(final Task task, final int width, final long limit) {
        this.task = task;
        this.limit = limit;
        frame = new float[width];
    }

    /** The next frame does not directly follow the one before. */
    final void gap() {
        follows = false;
    }

    /**
     * The frame was read, and {@code missed} before it that nobody saw.
     *
     * @param recording that it is of, or null
     * @return whether the task holds a frame now
     */
    final boolean push(final long missed, final Recording recording) {
        read += 1 + missed;
        follows &= missed == 0;
        if (!FrameStream.good(frame)) {
            bad++;
            gap();
            return false;
        }
        final boolean ready = task.push(frame, follows, recording);
        follows = true;
        return ready;
    }

    /** There will be no more; what waits in the task is the last. */
    final Next finish() {
        ended = true;
        return task.finish() ? Next.FRAME : Next.END;
    }

    final boolean ended() {
        return ended;
    }

    final void broke(final IOException e) {
        failure = e;
    }

    @Override
    public final long read() {
        return read;
    }

    @Override
    public final boolean full() {
        return read >= limit;
    }

    @Override
    public final long bad() {
        return bad;
    }

    @Override
    public final IOException failure() {
        return failure;
    }
}
