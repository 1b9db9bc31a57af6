package org.tickwave.bench.convert;

import java.io.Closeable;
import java.io.IOException;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.StreamException;

/** Reads a signal file: in turn one sample of each of its signals. */
final class SignalFile implements Closeable {
    private static final int PAIR_BYTES = 3;
    private static final int BYTE_BITS = 8;
    private static final int SAMPLE_BITS = 12;

    private final Bytes bytes;
    private final SampleFormat format;
    private final int signals;
    private long frames;
    /** Whether the next sample is the second of a pair. The bytes of the pair are taken with its second sample. */
    private boolean second;
    private int sample;

    /** @param signals number of signals in the file */
    SignalFile(final Bytes bytes, final SampleFormat format, final int signals) {
        this.bytes = bytes;
        this.format = format;
        this.signals = signals;
    }

    /** Skips the bytes before the first sample. */
    void skip(final long preamble) throws IOException {
        final long skipped = bytes.skip(preamble);
        if (skipped < preamble) {
            throw new StreamException(bytes.name() + ": ends at byte " + skipped + ": expected " + preamble
                + " bytes before the first sample, as the header says");
        }
    }

    String name() {
        return bytes.name();
    }

    int signals() {
        return signals;
    }

    /**
     * Reads one sample of each signal.
     *
     * @param to   receives the samples
     * @param from index of the first sample in the array
     * @return false if the file has ended after whole frames
     */
    boolean read(final int[] to, final int from) throws IOException {
        for (int s = 0; s < signals; s++) {
            if (!next()) {
                return end(s);
            }
            to[from + s] = sample;
        }
        frames++;
        return true;
    }

    /** @param s samples of the last frame that were there */
    private boolean end(final int s) throws IOException {
        // A writer that writes whole pairs adds a zero to an odd number of samples.
        final boolean padding = s == 1 && !second && sample == 0 && format == SampleFormat.F212;
        final int rest = bytes.await(1);
        if ((s == 0 || padding) && (rest == 0 || second)) {
            return false;
        }
        throw new StreamException(bytes.name() + ": ends at byte " + (bytes.offset() + bytes.await(PAIR_BYTES)) + ", within frame "
            + (frames + 1) + ", after " + s + " of its " + signals + " samples: expected whole frames");
    }

    private boolean next() throws IOException {
        if (format == SampleFormat.F16) {
            if (bytes.await(Short.BYTES) < Short.BYTES) {
                return false;
            }
            sample = bytes.int16(0);
            bytes.take(Short.BYTES);
            return true;
        }
        final int needed = second ? PAIR_BYTES : Short.BYTES;
        if (bytes.await(needed) < needed) {
            return false;
        }
        final int middle = bytes.at(1);
        if (second) {
            sample = signed(middle >> 4 << BYTE_BITS | bytes.at(2) & 0xff);
            bytes.take(PAIR_BYTES);
        } else {
            sample = signed(middle << BYTE_BITS | bytes.at(0) & 0xff);
        }
        second = !second;
        return true;
    }

    /** The low twelve bits as a signed number. */
    private static int signed(final int bits) {
        return bits << Integer.SIZE - SAMPLE_BITS >> Integer.SIZE - SAMPLE_BITS;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
