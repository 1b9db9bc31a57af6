package org.tickwave.bench.sound;

import java.io.IOException;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.StreamException;

/** Reads the samples of a WAV stream. Integers are scaled to -1 to 1, floats are not scaled. Channels are averaged. */
final class WavSamples {
    private final Bytes bytes;
    private final WavHeader header;
    private final long start;
    private final int bufferBlocks;
    private long leftBytes;

    /** @param bytes a stream whose header was read */
    WavSamples(final Bytes bytes, final WavHeader header) {
        this.bytes = bytes;
        this.header = header;
        start = bytes.offset();
        bufferBlocks = bytes.capacity() / header.blockBytes();
        leftBytes = header.dataBytes();
    }

    /**
     * Waits for the next n samples.
     *
     * @return the number of samples; less than n only at the end
     * @throws StreamException if the stream ends before the length in its header
     */
    int read(final float[] to, final int from, final int n) throws IOException {
        int done = 0;
        while (done < n && leftBytes > 0) {
            final int wanted = (int) Math.min(Math.min(n - done, bufferBlocks), leftBytes / header.blockBytes());
            final int available = bytes.await(wanted * header.blockBytes());
            final int blocks = available / header.blockBytes();
            decode(to, from + done, blocks);
            bytes.take(blocks * header.blockBytes());
            leftBytes -= (long) blocks * header.blockBytes();
            done += blocks;
            if (blocks < wanted) {
                end(available % header.blockBytes());
            }
        }
        return done;
    }

    private void end(final int odd) throws StreamException {
        final long at = bytes.offset() + odd;
        if (!header.mayEnd() && odd > 0) {
            throw new StreamException(bytes.name() + ": ends at byte " + at + " in the middle of a block: expected all " + header.blockBytes()
                + " bytes of the block, a sample of each channel");
        }
        if (!header.mayEnd()) {
            throw new StreamException(bytes.name() + ": ends at byte " + at + ", after " + (at - start) + " bytes of data: expected "
                + header.dataBytes());
        }
        leftBytes = 0;
    }

    private void decode(final float[] to, final int from, final int blocks) {
        final int channels = header.channels();
        final WavCoding coding = header.coding();
        if (channels == 1) {
            for (int i = 0; i < blocks; i++) {
                to[from + i] = coding.sample(bytes, i * coding.bytes);
            }
            return;
        }
        for (int i = 0, at = 0; i < blocks; i++) {
            double sum = 0;
            for (int c = 0; c < channels; c++, at += coding.bytes) {
                sum += coding.sample(bytes, at);
            }
            to[from + i] = (float) (sum / channels);
        }
    }

    /** Keeps the place after the last sample that was read, or goes to such a place. */
    void keep(final Archive archive) throws IOException {
        leftBytes = archive.of(leftBytes);
        final long place = archive.of(bytes.offset());
        if (archive.reads()) {
            bytes.seek(place);
        }
    }
}
