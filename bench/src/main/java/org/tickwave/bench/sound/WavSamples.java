package org.tickwave.bench.sound;

import java.io.IOException;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.StreamException;

/** The samples of a WAV stream, from -1 to 1 but for floats, which are what they are; channels are mixed down to their mean. */
final class WavSamples {
    private final Bytes bytes;
    private final WavHeader header;
    private final long start;
    private final int most;
    private long leftBytes;

    /** Of a stream whose header was read. */
    WavSamples(final Bytes bytes, final WavHeader header) {
        this.bytes = bytes;
        this.header = header;
        start = bytes.offset();
        most = bytes.capacity() / header.blockBytes();
        leftBytes = header.dataBytes();
    }

    /**
     * Waits for the next samples.
     *
     * @return how many there were: fewer than n only at the end
     * @throws StreamException if the stream ends where it should not
     */
    int read(final float[] to, final int from, final int n) throws IOException {
        int done = 0;
        while (done < n && leftBytes > 0) {
            final int wanted = (int) Math.min(Math.min(n - done, most), leftBytes / header.blockBytes());
            final int there = bytes.await(wanted * header.blockBytes());
            final int blocks = there / header.blockBytes();
            decode(to, from + done, blocks);
            bytes.take(blocks * header.blockBytes());
            leftBytes -= (long) blocks * header.blockBytes();
            done += blocks;
            if (blocks < wanted) {
                end(there % header.blockBytes());
            }
        }
        return done;
    }

    private void end(final int odd) throws StreamException {
        final long at = bytes.offset() + odd;
        if (!header.mayEnd() && odd > 0) {
            throw new StreamException(bytes.name() + ": ends at byte " + at + ", after " + odd + " bytes of a block of "
                + header.blockBytes() + ": expected whole blocks, a sample of every channel");
        }
        if (!header.mayEnd()) {
            throw new StreamException(bytes.name() + ": ends at byte " + at + ", after " + (at - start) + " of its "
                + header.dataBytes() + " bytes of data");
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
}
