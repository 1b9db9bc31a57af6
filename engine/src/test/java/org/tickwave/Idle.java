package org.tickwave;

import org.agrona.concurrent.IdleStrategy;

/** A strategy of a test's own: whatever it does instead of waiting. */
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
        // There is nothing that grows.
    }
}
