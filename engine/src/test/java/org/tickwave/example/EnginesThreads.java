package org.tickwave.example;

import java.util.concurrent.ThreadFactory;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;

/** One of four ways to drive an engine: as on one thread, but with more threads that the engine starts. */
final class EnginesThreads {
    private EnginesThreads() {
    }

    static void run(final Plant plant, final Network network, final Context context, final ThreadFactory threads) {
        // README begin
        context.threads(2).threadFactory(threads).idleStrategy(YieldingIdleStrategy::new).stallLimitNs(1_000_000_000);
        // README end
        CallersThread.run(plant, network, context);
    }
}
