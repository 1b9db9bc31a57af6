package org.tickwave.bench.audit;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A thread that does one audit at a time. The session's thread asks for an audit, and never waits for one before the end. */
final class AuditThread {
    private final Runnable audit;
    private final Thread thread;
    /** The session's thread sets this, the audit's thread clears it. While it is set, the copy belongs to the audit's thread. */
    private volatile boolean busy;
    private volatile boolean closed;
    private volatile Throwable failure;

    AuditThread(final Runnable audit) {
        this.audit = audit;
        thread = Thread.ofPlatform().name("tickwave-audit").daemon().start(this::run);
    }

    private void run() {
        while (true) {
            if (busy) {
                try {
                    audit.run();
                } catch (final RuntimeException | Error e) {
                    failure = e;
                }
                busy = false;
            } else if (closed) {
                return;
            } else {
                LockSupport.park(this);
            }
        }
    }

    /** Whether an audit can begin. After a failed audit there is no other one. */
    boolean ready() {
        return !busy && failure == null && !closed;
    }

    /** Begins an audit. Only when {@link #ready}. */
    void begin() {
        busy = true;
        LockSupport.unpark(thread);
    }

    /** The exception that an audit ended with; null if there was none. */
    Throwable failure() {
        return failure;
    }

    /** Ends the thread after its last audit, and does not wait for that. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /**
     * Ends the thread and waits until its last audit has ended. An interrupt does not end the wait, unless the audit is dropped.
     *
     * @param dropped whether the last audit is of no interest any more; asked at first, and after each interrupt
     */
    void finish(final BooleanSupplier dropped) {
        close();
        boolean interrupted = Thread.interrupted();
        try {
            while (thread.isAlive() && !dropped.getAsBoolean()) {
                try {
                    thread.join();
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
