package org.tickwave.bench.run;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.tickwave.bench.answer.AnswerMark;
import org.tickwave.bench.audit.AuditResults;

/**
 * The thread that writes the checkpoints of a run. The session's thread fills a copy and hands the copy over. From then on the copy
 * belongs to the writer's thread, until it is written.
 *
 * <p>To hand over wakes no thread, since a wake-up takes a system call, and the woken thread may take the core. The session's thread
 * wakes the writer when it waits for the next frame, or between the next two frames. A stream may have no next frame for long, so the
 * writer also looks by itself.
 */
final class KeepWriter implements AutoCloseable {
    private final Work work;
    private final KeepFailures failures;
    private final long lookMs;
    private final Thread thread;
    private final Object lock = new Object();
    /** Whether the writer may not know of the newest copy. For the session's thread. */
    private boolean unsaid;
    // Guarded by the lock.
    private boolean full;
    private boolean ended;
    /** Null without answers. */
    private Future<AnswerMark> answers;
    /** Null without an audit. */
    private AuditResults audited;
    private long written;

    /** Writes the copy. On the writer's thread. */
    @FunctionalInterface
    interface Work {
        void write(Future<AnswerMark> mark, AuditResults results) throws IOException, ExecutionException, InterruptedException;
    }

    /** @param lookMs how long a copy waits for the writer if no thread wakes it, at most */
    KeepWriter(final Work work, final KeepFailures failures, final long lookMs) {
        this.work = work;
        this.failures = failures;
        this.lookMs = lookMs;
        thread = Thread.ofPlatform().daemon().name("tickwave-keep").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Wakes the writer if there is a copy of which it may not know. For the session's thread. */
    void wake() {
        if (unsaid) {
            unsaid = false;
            synchronized (lock) {
                lock.notifyAll();
            }
        }
    }

    /**
     * Whether the copy may be filled. For the session's thread.
     *
     * @param waits whether to wait until it may
     */
    boolean free(final boolean waits) {
        if (waits) {
            wake();
        }
        synchronized (lock) {
            if (waits) {
                await();
            }
            return !full;
        }
    }

    /** Waits until the copy was written. An interrupt stays set: a run that is stopped still keeps its state. */
    private void await() {
        boolean interrupted = false;
        while (full) {
            try {
                lock.wait();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Hands the copy over. Allocates nothing and wakes no thread. For the session's thread.
     *
     * @param mark    the place after the answers; null without answers
     * @param results what the audits have found; null without an audit
     */
    void hand(final Future<AnswerMark> mark, final AuditResults results) {
        synchronized (lock) {
            answers = mark;
            audited = results;
            full = true;
        }
        unsaid = true;
    }

    private void run() {
        while (true) {
            final Future<AnswerMark> mark;
            final AuditResults results;
            synchronized (lock) {
                while (!full && !ended) {
                    try {
                        lock.wait(lookMs);
                    } catch (final InterruptedException e) {
                        return;
                    }
                }
                if (!full) {
                    return;
                }
                mark = answers;
                results = audited;
            }
            write(mark, results);
        }
    }

    private void write(final Future<AnswerMark> mark, final AuditResults results) {
        boolean good = false;
        try {
            work.write(mark, results);
            good = true;
            failures.written();
        } catch (final IOException | ExecutionException | InterruptedException | RuntimeException | Error e) {
            failures.failed(e);
        }
        synchronized (lock) {
            written += good ? 1 : 0;
            full = false;
            lock.notifyAll();
        }
    }

    /** Whether a checkpoint is being written. Any thread may call this. */
    boolean pending() {
        synchronized (lock) {
            return full;
        }
    }

    /**
     * Waits until the newest checkpoint is on the disk. For the session's thread.
     *
     * @return how many were written
     */
    long finish() {
        free(true);
        synchronized (lock) {
            return written;
        }
    }

    /** Writes what was handed over, and ends the thread. */
    @Override
    public void close() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
        ThreadEnd.await(thread);
    }
}
