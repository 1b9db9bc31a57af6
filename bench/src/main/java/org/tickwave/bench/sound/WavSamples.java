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
        if (odd > 0) {
            throw new StreamException(bytes.name() + ": ends at byte " + at + ", after " + odd + " bytes of a block of "
                + header.blockBytes() + ": expected whole blocks, a sample of every channel");
        }
        if (!header.mayEnd()) {
            throw new StreamException(bytes.name() + ": ends at byte " + at + ", after " + (at - start) + " of its "
                + header.dataBytes() + " bytes of data");
        }
        if (at == start) {
            throw new StreamException(bytes.name() + ": a header alone, ends at byte " + at + ": expected at least one sample");
        }
        leftBytes = 0;
    }

    private void decode(final float[] to, final int from, final int blocks) {
        final int channels = header.channels();
        if (channels == 1) {
            for (int i = 0; i < blocks; i++) {
                to[from + i] = sample(i * header.coding().bytes);
            }
            return;
        }
        for (int i = 0, at = 0; i < blocks; i++) {
            double sum = 0;
            for (int c = 0; c < channels; c++, at += header.coding().bytes) {
                sum += sample(at);
            }
            to[from + i] = (float) (sum / channels);
        }
    }

    private float sample(final int at) {
        return switch (header.coding()) {
            case U8 -> ((bytes.at(at) & 0xff) - 0x80) * 0x1p-7f;
            case S16 -> bytes.int16(at) * 0x1p-15f;
            case S24 -> (bytes.at(at) & 0xff | bytes.int16(at + 1) << 8) * 0x1p-23f;
            case F32 -> Float.intBitsToFloat(bytes.int32(at));
        };
    }
}
