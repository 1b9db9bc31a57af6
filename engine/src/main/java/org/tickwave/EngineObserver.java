package org.tickwave;

import java.util.function.BooleanSupplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.tickwave.event.Events;
import org.tickwave.pipeline.Observer;
import org.tickwave.pipeline.Progress;
import org.tickwave.pipeline.Source;

/** Tells those who watch an engine: by counters, by the error log, by the error handler, and by JFR events. */
final class EngineObserver implements Observer {
    private final Network network;
    private final ErrorHandler errorHandler;
    private final DistinctErrorLog errorLog;
    private final Events events;
    /** Null if there are no counters. */
    private final CounterSet counters;
    private final BooleanSupplier closed;

    /** @param closed whether the engine is closed; asked only once the engine is complete */
    EngineObserver(final Network network, final Context context, final int bands, final BandNames names, final BooleanSupplier closed) {
        this.network = network;
        this.closed = closed;
        errorHandler = context.errorHandler;
        errorLog = context.errorLog;
        events = new Events(names::engine, bands, context.scratch);
        counters = context.counters == null ? null : new CounterSet(context.counters, names.engine());
    }

    /** For the source. */
    void committed(final Source source) {
        if (counters != null) {
            counters.committed(source.committed(), source.frame());
        }
    }

    /** For the source. */
    BandStalledException stalled(final int band, final long tick, final long limitNs) {
        final BandStalledException stall = new BandStalledException(band, tick, limitNs);
        if (counters != null) {
            counters.stalled();
        }
        events.stall(band, tick, limitNs);
        log(stall);
        return stall;
    }

    /** For the source. */
    GuardTripException thrown(final GuardTripException trips) {
        log(trips);
        return trips;
    }

    /** For the source. */
    void lateFrame(final long frame, final long budgetNs, final long lateNs) {
        events.lateFrame(frame, budgetNs, lateNs);
    }

    /** For the source, before it copies the state. */
    void beginCheckpoint() {
        events.beginCheckpoint();
    }

    /** For the source, after it has copied the state. */
    void endCheckpoint(final long ticks, final long bytes) {
        events.endCheckpoint(ticks, bytes);
    }

    @Override
    public void tripped(final int band, final int layer, final long tick) {
        if (counters != null) {
            counters.tripped();
        }
        events.guardTrip(band, layer, network.name(layer), tick);
    }

    @Override
    public void beginTick(final int band) {
        events.beginTick(band);
    }

    @Override
    public void endTick(final int band, final long tick, final long workedNs, final long waitedNs) {
        events.endTick(band, tick, workedNs, waitedNs);
    }

    /** An arena that the embedder closes makes bands throw, and closes the engine: that is no failure. */
    @Override
    public void failed(final Progress.Failure failure) {
        if (closed.getAsBoolean() || errorHandler == null && errorLog == null) {
            return;
        }
        try {
            final BandFailedException failed = new BandFailedException(failure, network);
            log(failed);
            if (errorHandler != null) {
                errorHandler.onError(failed);
            }
        } catch (final Throwable e) {
            // This failure must not hide the band's. A handler may throw what it got, or its cause.
            if (e != failure.cause() && e.getCause() != failure.cause()) {
                failure.cause().addSuppressed(e);
            }
        }
    }

    private void log(final RuntimeException what) {
        if (errorLog != null) {
            errorLog.record(what);
        }
    }

    /** Frees the counters. */
    void close() {
        if (counters != null) {
            counters.free();
        }
    }
}
