package org.tickwave.bench.stream;

import java.io.IOException;

/**
 * Reads a stream as its frames come, on a thread of its own, and hands out the newest. A pipe does not wait for its reader,
 * so frames that nobody asked for in time are dropped and counted.
 *
 * <p>Three buffers: one that the thread fills, the newest, one that {@link #poll} copies from. Whoever is done swaps his for
 * the newest under the lock, and holds it for nothing else. The stream belongs to the thread, which closes it at its end.
 */
public final class PipeReader implements AutoCloseable {
    /** What {@link #poll} found. */
    public enum Arrival {
        /** A frame that came since the last. */
        FRAME,
        /** No frame has come yet. */
        NOTHING,
        /** There will be no more. */
        END
    }

    private final FrameStream stream;
    private final long limit;
    private final Thread thread;
    private final Object lock = new Object();

    // Of the thread.
    private float[] filling;
    // Under the lock.
    private float[] newest;
    private boolean fresh;
    private boolean ended;
    private Throwable failure;
    private long dropped;
    private boolean closed;
    // Of whoever polls.
    private float[] taken;
    private long droppedAtLast;
    private long droppedSinceLast;

    private PipeReader(final FrameStream stream, final long limit) {
        this.stream = stream;
        this.limit = limit;
        filling = new float[stream.width()];
        newest = new float[stream.width()];
        taken = new float[stream.width()];
        thread = new Thread(this::readAll, "tickwave-source");
        thread.setDaemon(true);
    }

    /**
     * Starts reading. The stream is the reader's from now on.
     *
     * @param limit frames to read at most; then it ends, as if the stream did
     */
    public static PipeReader start(final FrameStream stream, final long limit) {
        final PipeReader reader = new PipeReader(stream, limit);
        reader.thread.start();
        return reader;
    }

    private void readAll() {
        Throwable thrown = null;
        try (stream) {
            boolean wanted = true;
            for (long read = 0; wanted && read < limit && stream.read(filling); read++) {
                wanted = publish();
            }
        } catch (final Throwable e) {
            thrown = e;
        }
        synchronized (lock) {
            ended = true;
            failure = closed ? null : thrown;
            lock.notifyAll();
        }
    }

    /** Makes the filled frame the newest; whether more are wanted. */
    private boolean publish() {
        synchronized (lock) {
            final float[] spare = newest;
            newest = filling;
            filling = spare;
            if (fresh) {
                dropped++;
            }
            fresh = true;
            lock.notifyAll();
            return !closed;
        }
    }

    /**
     * Takes the newest frame, if one has come since the last call. Does not wait and allocates nothing.
     *
     * @param frame filled if a frame has come, otherwise left as it is
     * @throws IOException what broke the stream, once all frames before it were handed out or dropped; again with every call
     */
    public Arrival poll(final float[] frame) throws IOException {
        synchronized (lock) {
            if (!fresh) {
                if (failure != null) {
                    rethrow(failure);
                }
                return ended ? Arrival.END : Arrival.NOTHING;
            }
            final float[] spare = taken;
            taken = newest;
            newest = spare;
            fresh = false;
            droppedSinceLast = dropped - droppedAtLast;
            droppedAtLast = dropped;
        }
        System.arraycopy(taken, 0, frame, 0, taken.length);
        return Arrival.FRAME;
    }

    private static void rethrow(final Throwable failure) throws IOException {
        switch (failure) {
            case final IOException e -> throw e;
            case final RuntimeException e -> throw e;
            case final Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    /** Waits until {@link #poll} would find something: a frame, the end, or an error. */
    public void await() throws InterruptedException {
        synchronized (lock) {
            while (!fresh && !ended) {
                lock.wait();
            }
        }
    }

    /** How many frames were dropped between the last one that was handed out and the one before. For whoever polls. */
    public long droppedSinceLast() {
        return droppedSinceLast;
    }

    /** How many frames were dropped in all, so far. */
    public long dropped() {
        synchronized (lock) {
            return dropped;
        }
    }

    /** The thread that reads. */
    public Thread thread() {
        return thread;
    }

    /** Ends the thread, also if it waits for a pipe, and with it the stream; does not wait for it. Twice is fine. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        thread.interrupt();
    }
}
