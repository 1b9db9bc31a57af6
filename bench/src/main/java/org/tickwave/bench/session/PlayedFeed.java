package org.tickwave.bench.session;

import java.io.IOException;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.TableCounts;
import org.tickwave.bench.task.Task;

/** Reads each frame on demand and drops none: for files, the made stream, and pipes that are read without a pace. */
public final class PlayedFeed extends TaskFeed {
    /** Opens a stream from its start. Called for each loop after the first. */
    public interface Opener {
        FrameStream open() throws IOException;
    }

    private static final TableCounts NO_COUNTS = new TableCounts(0, 0, null);

    private final Opener opener;
    private FrameStream stream;
    private long loopsLeft;
    private boolean empty = true;
    private Next prepared;
    /** What the table lacked in the loops that have ended; null before. */
    private TableCounts ofEndedLoops;
    /** Null unless the stream is a pipe that is kept. */
    private final PipePlace pipe;

    /**
     * @param first  the open stream of the first loop
     * @param opener opens the stream for each loop after the first
     * @param loops  number of times to play the stream; at least 1
     * @param limit  number of frames to read, over all loops
     */
    public PlayedFeed(final FrameStream first, final Opener opener, final Task task, final long loops, final long limit) {
        this(first, opener, task, loops, limit, null);
    }

    /** @param pipe the place in the pipe; null for a stream that has a place of its own, or that is not kept */
    public PlayedFeed(
        final FrameStream first, final Opener opener, final Task task, final long loops, final long limit, final PipePlace pipe) {
        super(task, first.width(), limit);
        stream = first;
        this.opener = opener;
        loopsLeft = loops;
        this.pipe = pipe;
    }

    @Override
    public void prepare() {
        if (prepared == null) {
            prepared = load();
        }
    }

    @Override
    public Next next() {
        prepare();
        final Next next = prepared;
        prepared = null;
        return next;
    }

    private Next load() {
        while (!ended()) {
            if (!readFrame()) {
                if (failure() != null && pipe == null) {
                    // The stream stands in the middle of a frame.
                    ending(() -> { });
                }
                return finish();
            }
            if (push(0, stream.recording())) {
                return Next.FRAME;
            }
        }
        return Next.END;
    }

    private boolean readFrame() {
        try {
            while (!full()) {
                if (stream.read(frame, scratch)) {
                    empty = false;
                    if (pipe != null) {
                        pipe.read(frame);
                    }
                    return true;
                }
                if (--loopsLeft <= 0 || empty) {
                    return false;
                }
                ofEndedLoops = tableCounts();
                stream.close();
                stream = opener.open();
                empty = true;
                gap();
            }
        } catch (final IOException e) {
            broke(e);
        }
        return false;
    }

    @Override
    public boolean ahead() {
        return prepared != null;
    }

    @Override
    public void keep(final Archive archive) throws IOException {
        super.keep(archive);
        loopsLeft = archive.of(loopsLeft);
        empty = archive.of(empty);
        keepEndedLoops(archive);
        if (pipe == null) {
            stream.keep(archive);
        }
    }

    private void keepEndedLoops(final Archive archive) {
        if (archive.of(ofEndedLoops != null)) {
            final TableCounts counts = ofEndedLoops != null ? ofEndedLoops : NO_COUNTS;
            final long filled = archive.of(counts.filledNumbers());
            final long bad = archive.of(counts.badRows());
            final String first = archive.text(counts.firstBadRow());
            if (archive.reads()) {
                ofEndedLoops = new TableCounts(filled, bad, first);
            }
        }
    }

    @Override
    public boolean arrives() {
        return false;
    }

    @Override
    public long arrivedNs() {
        throw new UnsupportedOperationException("the frames are there before their time");
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public TableCounts tableCounts() {
        final TableCounts present = stream.tableCounts();
        return ofEndedLoops == null ? present : ofEndedLoops.plus(present);
    }

    @Override
    public long starved() {
        return 0;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
