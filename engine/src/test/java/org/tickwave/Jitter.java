package org.tickwave;

import java.util.SplittableRandom;
import org.agrona.concurrent.IdleStrategy;

/** Returns at once, spins a little, or yields, at random. For one thread. */
final class Jitter implements IdleStrategy {
    private static final int SPINS = 200;

    private final SplittableRandom random;

    Jitter(final long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public void idle() {
        final int what = random.nextInt(4);
        if (what == 0) {
            for (int spins = random.nextInt(SPINS); spins > 0; spins--) {
                Thread.onSpinWait();
            }
        } else if (what < 3) {
            Thread.yield();
        }
    }

    @Override
    public void idle(final int workCount) {
        if (workCount == 0) {
            idle();
        }
    }

    @Override
    public void reset() {
        // Stateless.
    }
}
