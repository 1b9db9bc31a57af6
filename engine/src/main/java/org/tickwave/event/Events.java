package org.tickwave.event;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The JFR events of one engine. Without the module jdk.jfr every method does nothing. While no recording asks for an event, the event costs
 * a test. An event object is used again and again, so that no thread allocates; so each event has one thread at a time.
 */
public final class Events {
    private static final boolean PRESENT = present();

    private final Supplier<String> engine;
    /** For each band. Without events these fields are null: even an empty array would load the class of its elements. */
    private final TickEvent[] ticks;
    private final GuardTripEvent[] trips;
    private final StallEvent stall;
    private final LateFrameEvent late;
    private final CheckpointEvent checkpoint;

    /**
     * @param engine gives the name of the engine; asked by any thread, and only if there is an event
     * @param quiet  whether there are no events
     */
    public Events(final Supplier<String> engine, final int bands, final boolean quiet) {
        this.engine = engine;
        final boolean on = PRESENT && !quiet;
        ticks = on ? new TickEvent[bands] : null;
        trips = on ? new GuardTripEvent[bands] : null;
        stall = on ? new StallEvent() : null;
        late = on ? new LateFrameEvent() : null;
        checkpoint = on ? new CheckpointEvent() : null;
        for (int b = 0; on && b < bands; b++) {
            ticks[b] = new TickEvent();
            trips[b] = new GuardTripEvent();
        }
    }

    /** The engine's module requires jdk.jfr statically, so it does not read the module if the JVM resolved it for another reason. */
    private static boolean present() {
        final Optional<Module> jfr = ModuleLayer.boot().findModule("jdk.jfr");
        if (jfr.isEmpty()) {
            return false;
        }
        Events.class.getModule().addReads(jfr.get());
        return true;
    }

    /** For the thread that runs the band. */
    public void guardTrip(final int band, final int layer, final String layerName, final long tick) {
        if (trips != null && trips[band].isEnabled()) {
            final GuardTripEvent event = trips[band];
            // The event is used again. These calls give it new times; a commit alone need not do so.
            event.begin();
            event.end();
            event.engine = engine.get();
            event.band = band;
            event.layer = layer;
            event.layerName = layerName;
            event.tick = tick;
            event.commit();
        }
    }

    /** For the thread that runs the band. */
    public void beginTick(final int band) {
        if (ticks != null) {
            ticks[band].begin();
        }
    }

    /** For the thread that runs the band. */
    public void endTick(final int band, final long tick, final long workedNs, final long waitedNs) {
        if (ticks != null && ticks[band].isEnabled()) {
            final TickEvent event = ticks[band];
            event.end();
            event.engine = engine.get();
            event.band = band;
            event.tick = tick;
            event.worked = workedNs;
            event.waited = waitedNs;
            event.commit();
        }
    }

    /** For the source's thread. */
    public void stall(final int band, final long tick, final long limitNs) {
        if (stall != null && stall.isEnabled()) {
            stall.begin();
            stall.end();
            stall.engine = engine.get();
            stall.band = band;
            stall.tick = tick;
            stall.limit = limitNs;
            stall.commit();
        }
    }

    /** For the source's thread. */
    public void lateFrame(final long frame, final long budgetNs, final long lateNs) {
        if (late != null && late.isEnabled()) {
            late.begin();
            late.end();
            late.engine = engine.get();
            late.frame = frame;
            late.budget = budgetNs;
            late.late = lateNs;
            late.commit();
        }
    }

    /** For the source's thread, before it copies the state. */
    public void beginCheckpoint() {
        if (checkpoint != null) {
            checkpoint.begin();
        }
    }

    /** For the source's thread, after it has copied the state. */
    public void endCheckpoint(final long completedTicks, final long bytes) {
        if (checkpoint != null && checkpoint.isEnabled()) {
            checkpoint.end();
            checkpoint.engine = engine.get();
            checkpoint.ticks = completedTicks;
            checkpoint.size = bytes;
            checkpoint.commit();
        }
    }
}
