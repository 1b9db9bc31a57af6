package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The caller's thread does every tick, in one band. */
class CallersWay implements RandomRun.Way {
    @Override
    public void ready(final Engine engine) {
        assertTrue(engine.ready());
    }

    @Override
    public void ticks(final Engine engine, final long count) {
        engine.advance(count);
    }

    @Override
    public void finish(final Engine engine) {
        assertEquals(engine.ticks(), engine.completed());
    }

    @Override
    public void beforeWaiting(final Engine engine) {
        finish(engine);
    }
}
