package org.tickwave.example;

import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.EngineCounters;

/** How an application lets others observe its engine. */
final class Observed {
    private final UnsafeBuffer metadata;
    private final UnsafeBuffer values;
    private final UnsafeBuffer errors;

    /** Buffers over a mapped file, for example. */
    Observed(final UnsafeBuffer metadata, final UnsafeBuffer values, final UnsafeBuffer errors) {
        this.metadata = metadata;
        this.values = values;
        this.errors = errors;
    }

    Context context() {
        // README begin
        final CountersManager counters = new CountersManager(metadata, values);
        final Context context = new Context().name("camera").counters(counters)
            .errorLog(new DistinctErrorLog(errors, System::currentTimeMillis))
            .errorHandler(failure -> System.err.println("camera: " + failure.getMessage()))
            .sampleEvery(1000);
        // README end
        return context;
    }

    static long ticks(final CountersReader counters) {
        // snippet begin
        long ticks = counters.getCounterValue(EngineCounters.find(counters, EngineCounters.TICKS, "camera"));
        // snippet end
        return ticks;
    }

    static void timed(final Engine engine, final float[] frame, final long deadlineNs, final long budgetNs) {
        // README begin
        engine.input(frame).tick();
        final long lateNs = System.nanoTime() - deadlineNs;
        if (lateNs > 0) {
            engine.lateFrame(engine.frames(), budgetNs, lateNs);
        }
        // README end
    }
}
