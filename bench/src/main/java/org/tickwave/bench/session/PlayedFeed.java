package org.tickwave.bench.session;

import java.io.IOException;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.TableCounts;
import org.tickwave.bench.task.Task;

/** Reads each frame on demand and drops none: for files, the made stream, and pipes that are read without a pace. */
public final class PlayedFeed extends TaskFeed {
    /** Opens a stream from its start. Called for each loop after the first. */
    public interface Opener {
        FrameStream open() throws IOException;
    }

    private final Opener opener;
    private FrameStream stream;
    private long loopsLeft;
    private boolean empty = true;
    private Next prepared;
    /** What the table lacked in the loops that have ended; null before. */
    private TableCounts ofEndedLoops;

    /**
     * @param first  the open stream of the first loop
     * @param opener opens the stream for each loop after the first
     * @param loops  number of times to play the stream; at least 1
     * @param limit  number of frames to read, over all loops
     */
    public PlayedFeed(final FrameStream first, final Opener opener, final Task task, final long loops, final long limit) {
        super(task, first.width(), limit);
        stream = first;
        this.opener = opener;
        loopsLeft = loops;
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
