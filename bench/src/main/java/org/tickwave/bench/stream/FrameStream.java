package org.tickwave.bench.stream;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.tickwave.bench.keep.Archive;
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

    /**
     * Reads the next frame in double precision. A number that a table lacks is NaN.
     *
     * @param frame   array of {@link #width()} numbers that receives the frame
     * @param scratch array of {@link #width()} numbers, for streams whose numbers are floats
     * @return false at the end of the stream
     * @throws IOException as {@link #read(float[])}
     */
    default boolean read(final double[] frame, final float[] scratch) throws IOException {
        final boolean read = read(scratch);
        for (int i = 0; i < frame.length; i++) {
            frame[i] = scratch[i];
        }
        return read;
    }

    /** Whether each number of a frame comes from a byte v, as v/255 - .5. */
    default boolean ofBytes() {
        return false;
    }

    /** The features of a stream of sound; null for other streams. */
    default Features features() {
        return null;
    }

    /** The labels by index; an empty list if the stream has neither labelled recordings nor labelled rows. */
    default List<String> labels() {
        return List.of();
    }

    /** The names of the numbers of a frame, in order; an empty list if the stream is not a table. */
    default List<String> columns() {
        return List.of();
    }

    /** What the table lacked so far; null if the stream is not a table. Any thread may call this once the stream has ended. */
    default TableCounts tableCounts() {
        return null;
    }

    /**
     * The recording of the last frame that was read. For a row of a table, an object that stands for the row's label. Null if the
     * frame has no label.
     */
    default Recording recording() {
        return null;
    }

    /** All recordings that {@link #recording} may return; empty if the stream has no labelled recordings. */
    default List<Recording> recordings() {
        return List.of();
    }

    /**
     * Keeps the place after the last frame that was read, or goes to such a place. Only for a stream that was opened at its start, and
     * that can be opened again.
     *
     * @throws IOException if the place cannot be read
     */
    default void keep(final Archive archive) throws IOException {
        throw new UnsupportedOperationException(name() + ": has no place to go to");
    }

    /** The number of bad recordings that were left out; null if the stream has no labelled recordings. */
    default Integer skippedRecordings() {
        return null;
    }

    /** Whether all numbers are good as floats. */
    static boolean good(final double[] numbers) {
        boolean good = true;
        for (final double v : numbers) {
            good &= Good.number((float) v);
        }
        return good;
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
