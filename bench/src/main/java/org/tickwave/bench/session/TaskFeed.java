package org.tickwave.bench.session;

import java.io.IOException;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.task.Task;

/** Common part of the feeds: passes good frames to the task, and counts all frames. */
abstract class TaskFeed implements Feed {
    /** Buffer for the frame that was read last. */
    final double[] frame;
    /** Buffer for streams whose numbers are floats. */
    final float[] scratch;
    private final Task task;
    private final long limit;
    private long read;
    private long bad;
    private boolean follows;
    private long newest;
    private long completed;
    private Listener listener = (frame, follows) -> { };
    private boolean ended;
    private IOException failure;
    private Runnable ending = () -> { };

    TaskFeed(final Task task, final int width, final long limit) {
        this.task = task;
        this.limit = limit;
        frame = new double[width];
        scratch = new float[width];
    }

    /** Marks a gap before the next frame. */
    final void gap() {
        follows = false;
    }

    /**
     * Passes the frame in the buffer to the task.
     *
     * @param missed    number of frames that were dropped before this frame
     * @param recording the recording of the frame, or null
     * @return whether the task has completed a frame
     */
    final boolean push(final long missed, final Recording recording) {
        read += 1 + missed;
        follows &= missed == 0;
        if (!task.accepts(frame)) {
            bad++;
            gap();
            return false;
        }
        final boolean ready = task.push(frame, follows, recording);
        completed = task.waits() ? newest : read;
        newest = read;
        listener.taken(read, follows);
        follows = true;
        return ready;
    }

    /** Ends the stream. A frame that waits in the task is the last one. */
    final Next finish() {
        if (!ended) {
            ending.run();
        }
        ended = true;
        completed = newest;
        return task.finish() ? Next.FRAME : Next.END;
    }

    final boolean ended() {
        return ended;
    }

    final void broke(final IOException e) {
        failure = e;
    }

    @Override
    public void keep(final Archive archive) throws IOException {
        archive.section("feed");
        read = archive.of(read);
        bad = archive.of(bad);
        follows = archive.of(follows);
        newest = archive.of(newest);
        completed = archive.of(completed);
    }

    @Override
    public final void ending(final Runnable newEnding) {
        ending = newEnding;
    }

    @Override
    public final long number() {
        return completed;
    }

    @Override
    public final void listener(final Listener to) {
        listener = to;
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
