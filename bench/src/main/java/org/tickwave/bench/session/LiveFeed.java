package org.tickwave.bench.session;

import java.io.IOException;
import org.tickwave.bench.stream.PipeReader;
import org.tickwave.bench.task.Task;

/** Takes the newest frame of a pipe. Drops and counts older frames. */
public final class LiveFeed extends TaskFeed {
    private final PipeReader reader;
    private long starved;
    private boolean begun;

    /** @param limit largest number of frames that the reader reads, including dropped frames */
    public LiveFeed(final PipeReader reader, final int width, final Task task, final long limit) {
        super(task, width, limit);
        this.reader = reader;
    }

    @Override
    public void prepare() {
        // Nothing to read ahead: the next frame is the newest one at that time.
    }

    @Override
    public Next next() {
        while (!begun && !ended()) {
            try {
                reader.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return finish();
            }
            begun = take() == Next.FRAME;
            if (begun) {
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
                case FRAME -> push(reader.droppedSinceLast(), null) ? Next.FRAME : Next.HELD;
                case NOTHING -> {
                    starved++;
                    yield Next.HELD;
                }
                case END -> finish();
            };
        } catch (final IOException e) {
            broke(e);
            return finish();
        }
    }

    @Override
    public long dropped() {
        return reader.dropped();
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
