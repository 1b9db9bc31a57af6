package org.tickwave.bench.session;

import java.io.Closeable;
import java.io.IOException;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.stream.TableCounts;

/**
 * Feeds a session with the frames of a stream. A task turns the frames into inputs and targets. The feed counts the frames that
 * were read, dropped and refused. For one thread.
 */
public interface Feed extends Closeable {
    /** How a frame period begins. */
    enum Next {
        /** The task has completed a frame, with or without a target. */
        FRAME,
        /** No good frame has come: the current frame is held, without a target. */
        HELD,
        /** The stream has ended. */
        END
    }

    /** Reads ahead while the session has time. */
    void prepare();

    /** How the next frame period begins. The first call waits for a frame or the end of the stream. */
    Next next();

    /**
     * Whether the frames set the schedule: {@link #next} waits until a frame arrives. Otherwise the session's clock says when the
     * next frame period begins.
     */
    boolean arrives();

    /** When the frame arrived that {@link #next} took last, by {@link System#nanoTime}. Only if {@link #arrives}. */
    long arrivedNs();

    /** Number of frames read over all loops, dropped frames included. */
    long read();

    /** Whether the requested number of frames was read. */
    boolean full();

    /** Number of frames that a newer frame replaced before they were fed. */
    long dropped();

    /** Number of frame periods in which no frame came. */
    long starved();

    /** Number of frames that were refused because they held a bad number. */
    long bad();

    /** What the table lacked in the play that ended last, or in the present one; null if the stream is not a table. */
    TableCounts tableCounts();

    /** The number of the frame that {@link #next} completed last, counted from 1 over all frames read. */
    long number();

    /** Sets who is told of each frame that the task takes. */
    void listener(Listener listener);

    /**
     * Keeps the counts and the place in the stream, or restores them.
     *
     * @throws IOException if the place cannot be read
     */
    void keep(Archive archive) throws IOException;

    /**
     * Whether {@link #prepare} has taken a frame that {@link #next} has not given yet. If not, the feed and its task are as the last
     * {@link #next} has left them.
     */
    boolean ahead();

    /**
     * Sets what is called, in {@link #prepare} or {@link #next}, when no more frame comes. The task does not know that yet, so the
     * feed can still be kept. Not called if a file cannot be read.
     */
    void ending(Runnable ending);

    /** Is told of frames. */
    @FunctionalInterface
    interface Listener {
        /**
         * The task has taken a frame.
         *
         * @param frame   its number
         * @param follows whether it follows the frame before without a gap
         */
        void taken(long frame, boolean follows);
    }

    /** The exception that ended the stream, or null. Valid once {@link #next} has returned END. */
    IOException failure();
}
