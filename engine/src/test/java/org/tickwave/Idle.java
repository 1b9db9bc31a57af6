package org.tickwave;

import org.agrona.concurrent.IdleStrategy;

/** An idle strategy that runs a test's code. */
record Idle(Runnable work) implements IdleStrategy {
    @Override
    public void idle() {
        work.run();
    }

    @Override
    public void idle(final int workCount) {
        if (workCount == 0) {
            work.run();
        }
    }

    @Override
    public void reset() {
        // Stateless.
    }
}
