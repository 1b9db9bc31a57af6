package org.tickwave.bench.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tickwave.bench.report.Report;

class StopRequestTest {
    private final StopRequest stop = new StopRequest(new FrameClock(1e6, Idle.PARK), Double.POSITIVE_INFINITY);

    /** The end of --seconds is the reason. Ctrl-C then still ends the wait for the last audit. */
    @Test
    void anInterruptAfterAnotherReasonIsKnown() {
        stop.stop(Report.End.SECONDS);
        assertFalse(stop.interrupted());
        stop.stop(Report.End.INTERRUPT);
        assertTrue(stop.interrupted());
        assertEquals(Report.End.SECONDS, stop.end());
    }

    @Test
    void theFirstReasonCounts() {
        stop.stop(Report.End.INTERRUPT);
        stop.stop(Report.End.READER);
        assertTrue(stop.interrupted());
        assertEquals(Report.End.INTERRUPT, stop.end());
    }
}
