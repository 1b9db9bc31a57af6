package org.tickwave.bench.session;

import java.util.Locale;
import java.util.function.Supplier;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** How threads wait: the engine's for each other, and the one that gives frames for its clock too. */
public enum Idle {
    /** Keeps the core of every thread busy, all the time. */
    SPIN(BusySpinIdleStrategy::new),
    /** The same, but another thread may have the core. */
    YIELD(YieldingIdleStrategy::new),
    /** Frees the core; getting it back takes a while. What the engine does unless told otherwise. */
    PARK(null);

    private final Supplier<IdleStrategy> strategy;

    Idle(final Supplier<IdleStrategy> strategy) {
        this.strategy = strategy;
    }

    /** For the engine's context, which knows null as its own default. */
    public Supplier<IdleStrategy> strategy() {
        return strategy;
    }

    /** As the command line names it. */
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
