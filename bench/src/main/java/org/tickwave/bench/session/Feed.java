package org.tickwave.bench.session;

import java.io.Closeable;
import java.io.IOException;

/**
 * What a session gives its engine: frames of a stream, made into inputs and targets by a task. Counts what it read,
 * dropped and refused. For one thread.
 */
public interface Feed extends Closeable {
    /** What a frame period begins with. */
    enum Next {
        /** The task holds a frame, with or without a target. */
        FRAME,
        /** No frame that can be used has come: the present one is held, without a target. */
        HELD,
        /** The stream is over. */
        END
    }

    /** Reads ahead, while there is time. */
    void prepare();

    /** What the coming frame period begins with. The first time it waits until it can say. */
    Next next();

    /** Frames read, over all loops, with those that were dropped. */
    long read();

    /** Whether as many were read as were asked for. */
    boolean full();

    /** Frames that came and went before anybody took them. */
    long dropped();

    /** Frame periods for which nothing came. */
    long starved();

    /** Frames that were refused because they held a number that is not good. */
    long bad();

    /** Why the stream broke off, or null; known once {@link #next} has said END. */
    IOException failure();
}
