package org.tickwave.bench.answer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.tickwave.bench.keep.RunningCrc;

/**
 * Answers that wait for the thread that writes them. In a live run a full queue drops the newest answer, so that a slow reader never
 * makes a tick late. Otherwise the session waits. The session's thread allocates nothing here.
 */
final class AnswerQueue {
    /** Most answers that wait. */
    static final int ANSWERS = 256;
    private static final int BUFFER_BYTES = 1 << 16;
    /** How long a reader may take for what is still queued when the run is stopped. */
    private static final long GRACE_MS = 1_000;

    private final WritableByteChannel channel;
    private final byte[] header;
    private final AnswerText text;
    private final boolean drops;
    private final Consumer<IOException> failed;
    private final Answer[] ring = new Answer[ANSWERS];
    private final Thread writer;
    private final Object lock = new Object();
    // Guarded by the lock.
    private long head;
    private long tail;
    private boolean ended;
    private boolean broken;
    private boolean stopped;
    private long dropped;
    private CompletableFuture<AnswerMark> mark;
    private long markedAt;
    // For the writer; for others once the writer has ended.
    private long buffered;
    private final RunningCrc crc;

    /**
     * Starts to write. From now on the queue owns the channel.
     *
     * @param header what is written first
     * @param crc    of what the channel's file holds already; from now on the queue's
     * @param width  numbers in an answer
     * @param drops  whether a full queue drops answers; otherwise the session waits
     * @param failed called once if the channel fails, but not if finish() ends a write; on the writer's thread
     */
    AnswerQueue(
        final WritableByteChannel channel, final byte[] header, final RunningCrc crc, final AnswerText text, final int width, final boolean drops,
        final Consumer<IOException> failed) {
        this.channel = channel;
        this.header = header;
        this.crc = crc;
        this.text = text;
        this.drops = drops;
        this.failed = failed;
        for (int i = 0; i < ANSWERS; i++) {
            ring[i] = new Answer(width);
        }
        writer = Thread.ofPlatform().daemon().name("tickwave-answers").start(this::write);
    }

    /**
     * The next free answer, to be filled and then published. For the session's thread.
     *
     * @return null if the channel has failed, or if the answer is dropped, also because the thread was interrupted while it waited;
     *         the interrupt flag then stays set
     */
    Answer claim() {
        synchronized (lock) {
            while (tail - head == ANSWERS && !broken) {
                if (drops) {
                    dropped++;
                    return null;
                }
                try {
                    lock.wait();
                } catch (final InterruptedException e) {
                    Thread.currentThread().interrupt();
                    dropped++;
                    return null;
                }
            }
            return broken ? null : ring[(int) (tail % ANSWERS)];
        }
    }

    /** Hands the claimed answer to the writer. */
    void publish() {
        synchronized (lock) {
            tail++;
            lock.notifyAll();
        }
    }

    /**
     * The place in the file when all answers so far are on the disk. One mark at a time, for the session's thread. Wakes no
     * thread: a thread that calls {@code get} wakes the writer.
     */
    Future<AnswerMark> mark() {
        synchronized (lock) {
            mark = new Mark();
            markedAt = tail;
            if (broken || !writer.isAlive()) {
                mark.completeExceptionally(new IOException("the answers are not written any more"));
            }
            return mark;
        }
    }

    /** Wakes the writer when a thread calls {@code get}. */
    private final class Mark extends CompletableFuture<AnswerMark> {
        @Override
        public AnswerMark get() throws InterruptedException, ExecutionException {
            wake();
            return super.get();
        }

        @Override
        public AnswerMark get(final long timeout, final TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            wake();
            return super.get(timeout, unit);
        }

        private void wake() {
            synchronized (lock) {
                lock.notifyAll();
            }
        }
    }

    /** Number of answers that were dropped. After {@link #finish} with those whose write was ended. */
    long dropped() {
        synchronized (lock) {
            return dropped + (stopped ? unwritten() : 0);
        }
    }

    /** Number of published answers that were not written, because their write failed or was ended. Valid after {@link #finish}. */
    long unwritten() {
        synchronized (lock) {
            return tail - head + buffered;
        }
    }

    /**
     * Waits until everything is written, and closes the channel. An interrupt limits the wait to a second; the interrupt flag then
     * stays set.
     */
    void finish() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (!interrupted) {
                writer.join();
            }
        } catch (final InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            stop();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a write that is blocked, unless it ends by itself. */
    private void stop() {
        try {
            if (!writer.join(Duration.ofMillis(GRACE_MS))) {
                interrupt();
                writer.join();
            }
        } catch (final InterruptedException e) {
            interrupt();
        }
    }

    private void interrupt() {
        synchronized (lock) {
            stopped = true;
        }
        writer.interrupt();
    }

    private void write() {
        try (channel) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            buffer.put(header);
            while (true) {
                final Answer next = next(buffer);
                if (next == null) {
                    return;
                }
                final byte[] bytes = text.of(next);
                if (bytes.length > buffer.remaining()) {
                    flush(buffer);
                }
                if (bytes.length > buffer.capacity()) {
                    buffer = ByteBuffer.allocate(bytes.length);
                }
                buffer.put(bytes);
                buffered++;
                taken();
            }
        } catch (final IOException e) {
            final boolean tell;
            synchronized (lock) {
                broken = true;
                tell = !stopped;
                if (mark != null) {
                    mark.completeExceptionally(e);
                }
                lock.notifyAll();
            }
            if (tell) {
                failed.accept(e);
            }
        }
    }

    /** The oldest answer that waits. Writes the buffer before it waits for one. Null at the end. */
    private Answer next(final ByteBuffer buffer) throws IOException {
        while (true) {
            final CompletableFuture<AnswerMark> reached;
            synchronized (lock) {
                reached = mark != null && head >= markedAt ? mark : null;
                mark = reached == null ? mark : null;
                if (reached == null && head < tail) {
                    return ring[(int) (head % ANSWERS)];
                }
                if (reached == null && buffer.position() == 0) {
                    if (ended) {
                        return null;
                    }
                    await();
                    continue;
                }
            }
            flush(buffer);
            if (reached != null) {
                complete(reached);
            }
        }
    }

    private void complete(final CompletableFuture<AnswerMark> reached) throws IOException {
        try {
            final FileChannel file = (FileChannel) channel;
            file.force(false);
            reached.complete(new AnswerMark(file.position(), crc.value()));
        } catch (final IOException | RuntimeException e) {
            reached.completeExceptionally(e);
            throw e;
        }
    }

    private void await() throws IOException {
        try {
            lock.wait();
        } catch (final InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private void taken() {
        synchronized (lock) {
            head++;
            lock.notifyAll();
        }
    }

    private void flush(final ByteBuffer buffer) throws IOException {
        crc.update(buffer.flip().duplicate());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
        buffered = 0;
    }
}
