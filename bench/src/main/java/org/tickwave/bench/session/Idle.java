package org.tickwave.bench.session;

import java.util.Locale;
import java.util.function.Supplier;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** How threads wait: the engine's threads for each other, and the thread that feeds frames for its clock. */
public enum Idle {
    /** Spins: each thread keeps a core busy all the time. */
    SPIN(BusySpinIdleStrategy::new),
    /** Spins, and yields the core to other threads. */
    YIELD(YieldingIdleStrategy::new),
    /** Parks: frees the core, but the thread takes longer to resume. The engine's default. */
    PARK(null);

    private final Supplier<IdleStrategy> strategy;

    Idle(final Supplier<IdleStrategy> strategy) {
        this.strategy = strategy;
    }

    /** The strategy for the engine's context; null stands for the engine's default. */
    public Supplier<IdleStrategy> strategy() {
        return strategy;
    }

    /** The name on the command line. */
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
