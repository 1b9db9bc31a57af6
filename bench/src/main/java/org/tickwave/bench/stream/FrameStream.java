package org.tickwave.bench.stream;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.tickwave.kernel.Good;

/** A stream of frames. Frames are read one after another; the stream is never in memory as a whole. For one thread. */
public interface FrameStream extends Closeable {
    /** The name of the stream in messages: a path, {@code standard input}, {@code the made stream}. */
    String name();

    /** The number of numbers in a frame. */
    int width();

    /** Frames a second; NaN if the stream and its format do not say. */
    double framesPerSecond();

    /**
     * Reads the next frame. A pipe may make the caller wait.
     *
     * @param frame array of {@link #width()} numbers that receives the frame; its content is undefined if there is no next frame
     * @return false at the end of the stream
     * @throws StreamException if the stream ends within a frame, or its content is invalid
     * @throws IOException     if the stream cannot be read
     */
    boolean read(float[] frame) throws IOException;

    /** The features of a stream of sound; null for other streams. */
    default Features features() {
        return null;
    }

    /** The labels by index; an empty list if the stream has no labelled recordings. */
    default List<String> labels() {
        return List.of();
    }

    /** The recording of the last frame that was read; null if the stream has no labelled recordings. */
    default Recording recording() {
        return null;
    }

    /** The number of bad recordings that were left out; null if the stream has no labelled recordings. */
    default Integer skippedRecordings() {
        return null;
    }

    /** Whether all numbers are good. Neither the engine nor a task accepts a frame with a bad number. */
    static boolean good(final float[] numbers) {
        boolean good = true;
        for (final float v : numbers) {
            good &= Good.number(v);
        }
        return good;
    }
}
