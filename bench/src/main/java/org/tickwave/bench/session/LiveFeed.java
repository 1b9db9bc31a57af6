package org.tickwave.bench.session;

import java.io.IOException;
import org.tickwave.bench.stream.PipeReader;
import org.tickwave.bench.task.Task;

/** Takes the newest frame that a pipe has brought; older ones that nobody took are dropped and counted. */
public final class LiveFeed extends TaskFeed {
    private final PipeReader reader;
    private long starved;
    private boolean begun;

    /** @param limit frames that the reader reads at most, with those that are dropped */
    public LiveFeed(final PipeReader reader, final int width, final Task task, final long limit) {
        super(task, width, limit);
        this.reader = reader;
    }

    @Override
    public void prepare() {
        // what comes next is what is newest then
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
