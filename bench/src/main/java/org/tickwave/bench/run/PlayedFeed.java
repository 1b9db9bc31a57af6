package org.tickwave.bench.run;

import java.io.IOException;
import org.tickwave.bench.stream.Source;
import org.tickwave.bench.stream.Task;

/** Reads every frame when it is wanted, and never drops one: files and the made stream, and pipes with back-pressure. */
final class PlayedFeed extends TaskFeed {
    /** Opens a stream from its start, again for every loop. */
    interface Opener {
        Source open() throws IOException;
    }

    private final Opener opener;
    private Source source;
    private long loopsLeft;
    private boolean empty = true;
    private Next prepared;

    /**
     * @param first  already open
     * @param opener for the loops after the first
     * @param loops  how often to play the stream, at least 1
     * @param limit  frames to read, over all loops
     */
    PlayedFeed(final Source first, final Opener opener, final Task task, final long loops, final long limit) {
        super(task, first.width(), limit);
        source = first;
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
            if (push(0, source.recording())) {
                return Next.FRAME;
            }
        }
        return Next.END;
    }

    private boolean readFrame() {
        try {
            while (!full()) {
                if (source.read(frame)) {
                    empty = false;
                    return true;
                }
                if (--loopsLeft <= 0 || empty) {
                    return false;
                }
                source.close();
                source = opener.open();
                empty = true;
                gap();
            }
        } catch (final IOException e) {
            broke(e);
        }
        return false;
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
    public void close() throws IOException {
        source.close();
    }
}
