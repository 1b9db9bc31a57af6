package org.tickwave.bench.stream;

import java.io.IOException;
import org.tickwave.bench.keep.Archive;

/** A stream of plain numbers, without a header or anything between frames. Frames may contain bad numbers. */
public final class RawStream implements FrameStream {
    private final Bytes bytes;
    private final Format format;
    private final int frameBytes;
    private long frames;

    public RawStream(final Bytes bytes, final Format format) {
        this.bytes = bytes;
        this.format = format;
        frameBytes = format.frameBytes();
    }

    @Override
    public String name() {
        return bytes.name();
    }

    @Override
    public int width() {
        return format.width();
    }

    @Override
    public boolean ofBytes() {
        return format.numbers() == Format.Numbers.U8;
    }

    @Override
    public double framesPerSecond() {
        return format.framesPerSecond();
    }

    @Override
    public boolean read(final float[] frame) throws IOException {
        final int available = bytes.await(frameBytes);
        if (available < frameBytes) {
            return end(available);
        }
        if (format.numbers() == Format.Numbers.F32) {
            bytes.take(frame, format.width());
        } else {
            for (int i = 0; i < frameBytes; i++) {
                frame[i] = (float) ((bytes.at(i) & 0xff) / 255.0 - .5);
            }
            bytes.take(frameBytes);
        }
        frames++;
        return true;
    }

    private boolean end(final int available) throws StreamException {
        if (available == 0 && frames > 0) {
            return false;
        }
        if (available == 0) {
            throw new StreamException(bytes.name() + ": empty: expected frames of " + frameBytes + " bytes");
        }
        throw new StreamException(bytes.name() + ": ends at byte " + (bytes.offset() + available) + ", within frame "
            + (frames + 1) + ", after " + available + " of its " + frameBytes + " bytes: expected whole frames");
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    @Override
    public void keep(final Archive archive) throws IOException {
        archive.section("raw");
        frames = archive.of(frames);
        if (archive.reads()) {
            bytes.seek(frames * frameBytes);
        }
    }
}
