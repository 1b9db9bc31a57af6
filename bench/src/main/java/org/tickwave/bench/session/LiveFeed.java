package org.tickwave.bench.session;

import java.io.IOException;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.stream.PipeReader;
import org.tickwave.bench.stream.TableCounts;
import org.tickwave.bench.task.Task;

/** Takes the newest frame of a pipe, either when a frame arrives or whenever it is asked. Drops and counts older frames. */
public final class LiveFeed extends TaskFeed {
    private final PipeReader reader;
    private final boolean arrives;
    private long starved;
    private boolean begun;
    private long arrivedNs;
    private long droppedBefore;
    private final PipePlace pipe;

    /**
     * @param limit   largest number of frames that the reader reads, including dropped frames
     * @param arrives whether each frame is waited for; otherwise only the first
     */
    public LiveFeed(final PipeReader reader, final int width, final Task task, final long limit, final boolean arrives) {
        this(reader, width, task, limit, arrives, null);
    }

    /** @param pipe the place in the pipe; null if the run is not kept */
    public LiveFeed(
        final PipeReader reader, final int width, final Task task, final long limit, final boolean arrives, final PipePlace pipe) {
        super(task, width, limit);
        this.arrives = arrives;
        this.reader = reader;
        this.pipe = pipe;
    }

    @Override
    public void prepare() {
        // Nothing to read ahead: the next frame is the newest one at that time.
    }

    @Override
    public Next next() {
        while ((arrives || !begun) && !ended()) {
            try {
                reader.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return end();
            }
            if (take() == Next.FRAME) {
                begun = true;
                return Next.FRAME;
            }
        }
        return take();
    }

    private Next take() {
        if (ended()) {
            return Next.END;
        }
        try {
            return switch (reader.poll(frame)) {
                case FRAME -> {
                    arrivedNs = reader.arrivedNs();
                    if (pipe != null) {
                        pipe.passed(1 + reader.droppedSinceLast());
                    }
                    yield push(reader.droppedSinceLast(), reader.recording()) ? Next.FRAME : Next.HELD;
                }
                case NOTHING -> {
                    starved++;
                    yield Next.HELD;
                }
                case END -> end();
            };
        } catch (final IOException e) {
            broke(e);
            return end();
        }
    }

    /** The frame that waited for a target comes now. */
    private Next end() {
        arrivedNs = System.nanoTime();
        return finish();
    }

    @Override
    public boolean arrives() {
        return arrives;
    }

    @Override
    public long arrivedNs() {
        return arrivedNs;
    }

    @Override
    public long dropped() {
        return droppedBefore + reader.dropped();
    }

    @Override
    public boolean ahead() {
        return false;
    }

    /** Frames that were dropped and not counted yet are not part of what was learnt, so they come again. */
    @Override
    public void keep(final Archive archive) throws IOException {
        super.keep(archive);
        final long dropped = archive.of(droppedBefore + reader.droppedUntilLast());
        droppedBefore = archive.reads() ? dropped : droppedBefore;
        starved = archive.of(starved);
    }

    @Override
    public TableCounts tableCounts() {
        return reader.tableCounts();
    }

    @Override
    public long starved() {
        return starved;
    }

    @Override
    public void close() {
        reader.close();
    }
}
