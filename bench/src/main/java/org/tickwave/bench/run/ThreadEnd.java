package org.tickwave.bench.run;

/** Waits for the end of a thread that holds what its owner is about to free. */
final class ThreadEnd {
    private ThreadEnd() {
    }

    /** Waits until a thread has ended. An interrupt does not end the wait, and stays set. */
    static void await(final Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
