package org.tickwave.bench.run;

import java.io.IOException;
import org.tickwave.bench.stream.ChangeTask;
import org.tickwave.bench.stream.PipeReader;

/** Takes the newest frame that a pipe has brought; older ones that nobody took are dropped and counted. */
final class LiveFeed implements Feed {
    private final PipeReader reader;
    private final ChangeTask task;
    private final long limit;
    private final float[] frame;
    private long read;
    private long starved;
    private long bad;
    private boolean follows;
    private boolean begun;
    private boolean ended;
    private IOException failure;

    /** @param limit frames that the reader reads at most, with those that are dropped */
    LiveFeed(final PipeReader reader, final int width, final ChangeTask task, final long limit) {
        this.reader = reader;
        this.task = task;
        this.limit = limit;
        frame = new float[width];
    }

    @Override
    public void prepare() {
        // what comes next is what is newest then
    }

    @Override
    public Next next() {
        while (!begun && !ended) {
            try {
                reader.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return Next.END;
            }
            begun = take() == Next.FRAME;
            if (begun) {
                return Next.FRAME;
            }
        }
        return take();
    }

    private Next take() {
        if (ended) {
            return Next.END;
        }
        try {
            final PipeReader.Arrival arrival = reader.poll(frame);
            if (arrival == PipeReader.Arrival.END) {
                return finish();
            }
            if (arrival == PipeReader.Arrival.NOTHING) {
                starved++;
                return Next.HELD;
            }
            final long missed = reader.droppedSinceLast();
            read += 1 + missed;
            follows &= missed == 0;
        } catch (final IOException e) {
            failure = e;
            return finish();
        }
        if (!ChangeTask.good(frame)) {
            bad++;
            follows = false;
            return Next.HELD;
        }
        final boolean ready = task.push(frame, follows);
        follows = true;
        return ready ? Next.FRAME : Next.HELD;
    }

    private Next finish() {
        ended = true;
        return task.finish() ? Next.FRAME : Next.END;
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
        return reader.dropped();
    }

    @Override
    public long starved() {
        return starved;
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
    public void close() {
        reader.close();
    }
}
