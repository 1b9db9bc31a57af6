package org.tickwave.bench.run;

import java.io.IOException;
import org.tickwave.bench.stream.ChangeTask;
import org.tickwave.bench.stream.Source;

/** Reads every frame when it is wanted, and never drops one: files and the made stream, and pipes with back-pressure. */
final class PlayedFeed implements Feed {
    /** Opens a stream from its start, again for every loop. */
    interface Opener {
        Source open() throws IOException;
    }

    private final Opener opener;
    private final ChangeTask task;
    private final long limit;
    private final float[] frame;
    private Source source;
    private long loopsLeft;
    private long read;
    private long readInLoop;
    private long bad;
    private boolean follows;
    private boolean ended;
    private Next prepared;
    private IOException failure;

    /**
     * @param first  already open
     * @param opener for the loops after the first
     * @param loops  how often to play the stream, at least 1
     * @param limit  frames to read, over all loops
     */
    PlayedFeed(final Source first, final Opener opener, final ChangeTask task, final long loops, final long limit) {
        source = first;
        this.opener = opener;
        this.task = task;
        this.limit = limit;
        loopsLeft = loops;
        frame = new float[first.width()];
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
        while (!ended) {
            if (!readFrame()) {
                ended = true;
                return task.finish() ? Next.FRAME : Next.END;
            }
            read++;
            readInLoop++;
            if (!ChangeTask.good(frame)) {
                bad++;
                follows = false;
                continue;
            }
            final boolean ready = task.push(frame, follows);
            follows = true;
            if (ready) {
                return Next.FRAME;
            }
        }
        return Next.END;
    }

    private boolean readFrame() {
        try {
            while (read < limit) {
                if (source.read(frame)) {
                    return true;
                }
                if (--loopsLeft <= 0 || readInLoop == 0) {
                    return false;
                }
                source.close();
                source = opener.open();
                readInLoop = 0;
                follows = false;
            }
        } catch (final IOException e) {
            failure = e;
        }
        return false;
    }

    @Override
    public long read() {
        return read;
    }

    @Override
    public boolean full() {
        return read >= limit;
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public long starved() {
        return 0;
    }

    @Override
    public long bad() {
        return bad;
    }

    @Override
    public IOException failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
