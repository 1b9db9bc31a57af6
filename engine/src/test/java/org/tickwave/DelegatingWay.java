package org.tickwave;

/** Does ticks in another way, which a stop may replace. */
abstract class DelegatingWay implements RandomRun.Way {
    /** The present way. */
    abstract RandomRun.Way way();

    @Override
    public final void ready(final Engine engine) {
        way().ready(engine);
    }

    @Override
    public final void ticks(final Engine engine, final long count) {
        way().ticks(engine, count);
    }

    @Override
    public final void finish(final Engine engine) {
        way().finish(engine);
    }

    @Override
    public final void beforeWaiting(final Engine engine) {
        way().beforeWaiting(engine);
    }
}
