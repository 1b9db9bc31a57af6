package org.tickwave;

import java.util.Objects;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.tickwave.pipeline.Progress;
import org.tickwave.pipeline.Wait;

/** How the threads of an engine wait: by the embedder's idle strategies or the engine's own. */
final class Waits {
    private static final int BARE_POLLS = 64;
    private static final int SPINS = 20;
    private static final int YIELDS = 200;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 100_000;

    private final Context context;
    private final Progress progress;
    /** Whether there are more bands than processors. A thread that spins then keeps a band from its processor. */
    private final boolean crowded;

    Waits(final Context context, final Progress progress, final int bands) {
        this.context = context;
        this.progress = progress;
        crowded = bands > Runtime.getRuntime().availableProcessors();
    }

    /**
     * For one thread.
     *
     * @param limitNs 0 for no limit
     */
    Wait of(final long limitNs) {
        final IdleStrategy idle = context.idleStrategy != null ? Objects.requireNonNull(context.idleStrategy.get(), "idle strategy")
            : new BackoffIdleStrategy(crowded ? 0 : SPINS, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
        return new Wait(progress, idle, crowded ? 0 : BARE_POLLS, limitNs);
    }
}
