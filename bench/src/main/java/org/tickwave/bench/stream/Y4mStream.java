package org.tickwave.bench.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.tickwave.bench.keep.Archive;

/** A stream of YUV4MPEG2 video. A frame is the luma, averaged to a grid of 16 columns. Chroma is skipped. */
public final class Y4mStream implements FrameStream {
    /** The longest header line of a frame. Almost all of them have six bytes. */
    static final int LONGEST_FRAME_HEADER = 256;

    private static final String FRAME = "FRAME";
    private static final int SHOWN = 16;

    private final Bytes bytes;
    private final Y4mHeader header;
    private final AreaGrid grid;
    private final byte[] row;
    private final long frameBytes;
    private long frames;

    /** Reads the header of the stream. */
    public Y4mStream(final Bytes bytes) throws IOException {
        this.bytes = bytes;
        header = Y4mHeader.parse(bytes.name(), headerLine(bytes));
        grid = new AreaGrid(header.width(), header.height());
        row = new byte[header.width()];
        frameBytes = (long) header.width() * header.height() + header.chromaBytes();
    }

    private static String headerLine(final Bytes bytes) throws IOException {
        int n = 0;
        while (bytes.await(n + 1) > n && bytes.at(n) != '\n') {
            n++;
            if (n == Y4mHeader.LONGEST) {
                throw new StreamException(bytes.name() + ": header begins with " + bytes.shown(SHOWN)
                    + " and has no end: expected a line of at most " + Y4mHeader.LONGEST + " bytes");
            }
        }
        if (bytes.await(n + 1) == n) {
            throw new StreamException(bytes.name() + ": ends at byte " + n
                + ", within its header: expected a line that begins with " + Y4mHeader.MAGIC);
        }
        final byte[] line = new byte[n];
        bytes.take(line);
        bytes.take(1);
        return new String(line, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String name() {
        return bytes.name();
    }

    @Override
    public int width() {
        return grid.cells();
    }

    @Override
    public boolean ofBytes() {
        return true;
    }

    @Override
    public double framesPerSecond() {
        return header.framesPerSecond();
    }

    @Override
    public boolean read(final float[] frame) throws IOException {
        if (bytes.await(1) == 0) {
            if (frames == 0) {
                throw new StreamException(bytes.name() + ": ends at byte " + bytes.offset() + ", after its header: expected "
                    + FRAME);
            }
            return false;
        }
        frames++;
        frameHeader();
        final long start = bytes.offset();
        grid.begin();
        for (int y = 0; y < header.height(); y++) {
            final int available = bytes.await(row.length);
            if (available < row.length) {
                throw ends(bytes.offset() + available, start);
            }
            bytes.take(row);
            grid.add(row);
        }
        if (bytes.skip(header.chromaBytes()) < header.chromaBytes()) {
            throw ends(bytes.offset(), start);
        }
        grid.end(frame);
        return true;
    }

    private void frameHeader() throws IOException {
        for (int n = 0; n < LONGEST_FRAME_HEADER; n++) {
            if (bytes.await(n + 1) == n) {
                throw new StreamException(bytes.name() + ": ends at byte " + (bytes.offset() + n)
                    + ", within the header line of frame " + frames + ": expected " + FRAME);
            }
            final byte b = bytes.at(n);
            if (n < FRAME.length() ? b != FRAME.charAt(n) : n == FRAME.length() && b != ' ' && b != '\n') {
                throw new StreamException(begins() + ": expected " + FRAME);
            }
            if (b == '\n') {
                bytes.take(n + 1);
                return;
            }
        }
        throw new StreamException(
            begins() + " and its header line has no end: expected at most " + LONGEST_FRAME_HEADER + " bytes");
    }

    private String begins() {
        return bytes.name() + ": frame " + frames + " begins with " + bytes.shown(SHOWN) + " at byte " + bytes.offset();
    }

    private StreamException ends(final long at, final long start) {
        return new StreamException(bytes.name() + ": ends at byte " + at + ", within frame " + frames + ", after "
            + (at - start) + " of its " + frameBytes + " bytes: expected whole frames");
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    @Override
    public void keep(final Archive archive) throws IOException {
        archive.section("y4m");
        frames = archive.of(frames);
        final long place = archive.of(bytes.offset());
        if (archive.reads()) {
            bytes.seek(place);
        }
    }
}
