package org.tickwave.bench.stream;

import java.io.IOException;

/**
 * Reads a stream on a thread of its own and hands out the newest frame. The writer of a pipe should not wait for a slow reader, so
 * the thread always reads. Frames that {@link #poll} does not take in time are dropped and counted.
 *
 * <p>There are three buffers: the thread fills one, one holds the newest frame, and {@link #poll} copies from the third. The
 * thread and {@link #poll} each swap their buffer with the newest one. The lock is held only for a swap. The thread owns the
 * stream and closes the stream when the thread ends.
 */
public final class PipeReader implements AutoCloseable {
    /** The result of {@link #poll}. */
    public enum Arrival {
        /** A new frame. */
        FRAME,
        /** No new frame yet. */
        NOTHING,
        /** No new frame, and no more frames will come. */
        END
    }

    private final FrameStream stream;
    private final long limit;
    private final Thread thread;
    private final Object lock = new Object();

    // Used by the reading thread only.
    private double[] filling;
    private final float[] scratch;
    // Guarded by the lock.
    private double[] newest;
    private boolean fresh;
    private long newestNs;
    private Recording newestRecording;
    private TableCounts tableCounts;
    private boolean ended;
    private Throwable failure;
    private long dropped;
    private boolean closed;
    // Used by the polling thread only.
    private double[] taken;
    private long takenNs;
    private Recording takenRecording;
    private long droppedAtLast;
    private long droppedSinceLast;

    private PipeReader(final FrameStream stream, final long limit) {
        this.stream = stream;
        this.limit = limit;
        filling = new double[stream.width()];
        newest = new double[stream.width()];
        taken = new double[stream.width()];
        scratch = new float[stream.width()];
        thread = new Thread(this::readAll, "tickwave-source");
        thread.setDaemon(true);
    }

    /**
     * Starts to read. From now on the reader owns the stream.
     *
     * @param limit largest number of frames to read; after that many frames the reader behaves as at the end of the stream
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
            for (long read = 0; wanted && read < limit && stream.read(filling, scratch); read++) {
                wanted = publish(stream.recording());
            }
        } catch (final Throwable e) {
            thrown = e;
        }
        synchronized (lock) {
            ended = true;
            // Bad rows may stand after the last frame.
            tableCounts = stream.tableCounts();
            failure = closed ? null : thrown;
            lock.notifyAll();
        }
    }

    /**
     * Makes the filled frame the newest frame.
     *
     * @return false once the reader is closed
     */
    private boolean publish(final Recording recording) {
        synchronized (lock) {
            final double[] spare = newest;
            newest = filling;
            filling = spare;
            if (fresh) {
                dropped++;
            }
            fresh = true;
            newestNs = System.nanoTime();
            newestRecording = recording;
            tableCounts = stream.tableCounts();
            lock.notifyAll();
            return !closed;
        }
    }

    /**
     * Takes the newest frame, if a frame has come since the last call. Does not wait and allocates nothing. For one thread.
     *
     * @param frame receives the frame; unchanged if no frame has come
     * @throws IOException if reading the stream failed and all frames before were taken or dropped; every further call throws
     *                     this exception, too
     */
    public Arrival poll(final double[] frame) throws IOException {
        synchronized (lock) {
            if (!fresh) {
                if (failure != null) {
                    rethrow(failure);
                }
                return ended ? Arrival.END : Arrival.NOTHING;
            }
            final double[] spare = taken;
            taken = newest;
            newest = spare;
            takenNs = newestNs;
            takenRecording = newestRecording;
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

    /** Waits until {@link #poll} would return a frame or the end, or would throw. */
    public void await() throws InterruptedException {
        synchronized (lock) {
            while (!fresh && !ended) {
                lock.wait();
            }
        }
    }

    /** When the frame arrived that {@link #poll} took last, by {@link System#nanoTime}. For the polling thread. */
    public long arrivedNs() {
        return takenNs;
    }

    /** The recording of the frame that {@link #poll} took last; null if it has none. For the polling thread. */
    public Recording recording() {
        return takenRecording;
    }

    /** The number of frames that were dropped between the last two frames that {@link #poll} took. For the polling thread. */
    public long droppedSinceLast() {
        return droppedSinceLast;
    }

    /** The number of frames that were dropped before the frame that {@link #poll} took last. For the polling thread. */
    public long droppedUntilLast() {
        return droppedAtLast;
    }

    /** The number of frames that were dropped so far. */
    public long dropped() {
        synchronized (lock) {
            return dropped;
        }
    }

    /** What the table lacked so far; null if the stream is not a table, or no frame has come. */
    public TableCounts tableCounts() {
        synchronized (lock) {
            return tableCounts;
        }
    }

    /** The reading thread. */
    public Thread thread() {
        return thread;
    }

    /**
     * Tells the reading thread to end and to close the stream, and does not wait for that. The thread ends even while it waits for
     * a pipe. A second call has no effect.
     */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        thread.interrupt();
    }
}
