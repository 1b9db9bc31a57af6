package org.tickwave.bench.convert;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.tickwave.bench.stream.FrameStream;

/** Writes the frames of a stream as raw float32 or as CSV. */
public final class Conversion {
    private final FrameStream stream;
    private final List<String> names;
    private final Kind kind;
    private final long most;
    private long frames;
    private long missing;
    private String firstMissing;
    private volatile boolean stopped;

    /** What is written. */
    public enum Kind {
        /** Raw little-endian float32. */
        F32,
        /** CSV with a header. */
        CSV
    }

    /**
     * @param names of the numbers of a frame
     * @param most  stop after so many frames
     */
    public Conversion(final FrameStream stream, final List<String> names, final Kind kind, final long most) {
        this.stream = stream;
        this.names = names;
        this.kind = kind;
        this.most = most;
    }

    /**
     * Writes all frames. Called once.
     *
     * @throws IOException          if the frames cannot be written
     * @throws UncheckedIOException if the stream cannot be read
     */
    public void writeTo(final OutputStream to) throws IOException {
        final OutputStream buffered = new BufferedOutputStream(to);
        final FrameWriter writer =
            kind == Kind.CSV ? new FrameWriter.Csv(buffered, names) : new FrameWriter.Raw(buffered, names.size());
        final float[] frame = new float[names.size()];
        writer.begin();
        while (frames < most && read(frame)) {
            frames++;
            countMissing(frame);
            writer.write(frame);
        }
        buffered.flush();
    }

    private boolean read(final float[] frame) {
        try {
            return !stopped && stream.read(frame);
        } catch (final IOException e) {
            if (stopped) {
                return false;
            }
            throw new UncheckedIOException(e);
        }
    }

    private void countMissing(final float[] frame) {
        for (int i = 0; i < frame.length; i++) {
            if (!Float.isFinite(frame[i])) {
                if (missing++ == 0) {
                    firstMissing = names.get(i) + " in frame " + frames;
                }
            }
        }
    }

    /** Ends the conversion as if the stream had ended. Any thread may call this, while another thread reads the stream. */
    public void stop() {
        stopped = true;
        try {
            stream.close();
        } catch (final IOException e) {
            // The reader sees that the conversion is stopped.
        }
    }

    public boolean stopped() {
        return stopped;
    }

    /** Frames that were written. */
    public long frames() {
        return frames;
    }

    /** Numbers that were missing in the frames. */
    public long missing() {
        return missing;
    }

    /** Name and frame of the first missing number, or null. */
    public String firstMissing() {
        return firstMissing;
    }
}
