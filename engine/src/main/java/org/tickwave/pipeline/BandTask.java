package org.tickwave.pipeline;

/**
 * The task of one of the engine's own threads: runs a band until the engine is closed or fails. Its text is the name for the
 * thread, because a thread factory sees only the task.
 */
record BandTask(String name, Band band, Wait bandWait) implements Runnable {
    private static final long ENTER_AGAIN = 1_024;

    /** If a second thread calls this while the first is in the band, the second gets the exception. */
    @Override
    public void run() {
        try {
            band.enter();
        } catch (final Stopped e) {
            return;
        }
        try {
            // Not one endless call, which would stay in an OSR-compiled loop: that is slower than the compiled method.
            for (long until = ENTER_AGAIN; true; until += ENTER_AGAIN) {
                band.run(until, bandWait);
            }
        } catch (final Throwable e) {
            band.failed(0, e);
        } finally {
            band.leave();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
