package org.tickwave.bench.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;
import org.tickwave.bench.keep.RunningCrc;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.StreamException;

/**
 * The place in a pipe: how many frames were read, and a CRC over their numbers. A pipe cannot be sought, so a run that goes on reads
 * these frames again and discards them. Frames that were dropped have no CRC; then only their number counts.
 */
public final class PipePlace implements Kept {
    private final ByteBuffer bytes;
    private RunningCrc crc = new RunningCrc();
    private long frames;
    private boolean all = true;

    /** @param width of a frame */
    public PipePlace(final int width) {
        bytes = ByteBuffer.allocate(Math.multiplyExact(width, Double.BYTES));
    }

    /** A frame was read. */
    void read(final double[] frame) {
        bytes.clear().asDoubleBuffer().put(frame);
        crc.update(bytes);
        frames++;
    }

    /** Frames have passed. Only the newest one of them may have been seen. */
    void passed(final long count) {
        frames += count;
        all = false;
    }

    /** How many frames were read. */
    public long frames() {
        return frames;
    }

    /**
     * Reads as many frames as were read before, and discards them.
     *
     * @throws StreamException if the pipe ends before, or if other frames come
     */
    public void discard(final FrameStream stream) throws IOException {
        final RunningCrc before = crc;
        final long count = frames;
        final double[] frame = new double[stream.width()];
        final float[] scratch = new float[stream.width()];
        crc = new RunningCrc();
        for (frames = 0; frames < count;) {
            if (!stream.read(frame, scratch)) {
                throw new StreamException(stream.name() + ": ends after " + frames + " frames: expected the " + count
                    + " that were learnt before, and more");
            }
            read(frame);
        }
        if (all && crc.value() != before.value()) {
            throw new StreamException(stream.name() + ": its first " + count + " frames differ from those that were learnt before: expected the"
                + " same stream from its start");
        }
    }

    @Override
    public void keep(final Archive archive) {
        archive.section("pipe");
        frames = archive.of(frames);
        all = archive.of(all);
        crc.keep(archive);
    }
}
