package org.tickwave.bench.stream;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.tickwave.kernel.Good;

/** Where frames come from, one after another, as they are read: never a whole stream in memory. Not for several threads. */
public interface FrameStream extends Closeable {
    /** What to call it in a message: a path, {@code standard input}, {@code the made stream}. */
    String name();

    /** Numbers in a frame. */
    int width();

    /** Frames a second, as the stream or its format says; NaN where it does not say. */
    double framesPerSecond();

    /**
     * Reads the next frame; waits for it where the stream is a pipe.
     *
     * @param frame filled, and as long as {@link #width()}; not to be used if there is no next frame
     * @return false at the end of the stream, between two frames
     * @throws StreamException if the stream breaks off within a frame, or holds what it should not
     * @throws IOException     if it cannot be read
     */
    boolean read(float[] frame) throws IOException;

    /** What frames of sound are made of; null where frames are the stream's own numbers. */
    default Features features() {
        return null;
    }

    /** Of the recordings, in code-point order; none where the stream is not made of labelled recordings. */
    default List<String> labels() {
        return List.of();
    }

    /** The labelled recording that the frame read last is of; null where the stream is not made of such. */
    default Recording recording() {
        return null;
    }

    /** Recordings that could not be used and were left out; null where the stream is not made of labelled recordings. */
    default Integer skippedRecordings() {
        return null;
    }

    /** Whether all numbers are good; what is not may not be fed, nor pushed here. */
    static boolean good(final float[] numbers) {
        boolean good = true;
        for (final float v : numbers) {
            good &= Good.number(v);
        }
        return good;
    }
}
