package org.tickwave.pipeline;

/**
 * What a thread of the engine's own does: it runs a band until the engine is closed or fails. Its text is the name that the
 * thread should have; a thread factory gets to see no more than this.
 */
record BandTask(String name, Band band, Wait patience) implements Runnable {
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
            // Not one call for ever: the JVM would go on with what it compiled of the loop while that ran, a poorer thing.
            for (long until = ENTER_AGAIN; true; until += ENTER_AGAIN) {
                band.run(until, patience);
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
