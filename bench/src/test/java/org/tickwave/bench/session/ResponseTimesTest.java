package org.tickwave.bench.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A frame's response ends with the tick that holds its answer, however many ticks a frame is held. */
class ResponseTimesTest {
    private static final long PERIOD_NS = 1_000_000;
    private static final long TICK_NS = 1_000;

    private final FrameClock clock = new FrameClock(PERIOD_NS, Idle.SPIN);

    /** Burst: the ticks of a frame end TICK_NS apart from its scheduled start on. */
    private ResponseTimes run(final int layers, final int hold, final int frames) {
        final ResponseTimes responses = new ResponseTimes(clock, layers);
        clock.start(PERIOD_NS);
        for (int f = 0; f < frames; f++) {
            for (int k = 0; k < hold; k++) {
                responses.ticked(k == 0, clock.scheduledNs() + (k + 1) * TICK_NS);
            }
            clock.next();
        }
        return responses;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4", "3, 1", "3, 2", "3, 3", "3, 4", "3, 16", "5, 2"})
    void theAnswerIsThereAfterAsManyTicksAsLayers(final int layers, final int hold) {
        final int frames = 10;
        final ResponseTimes responses = run(layers, hold, frames);
        final int bursts = (layers - 1) / hold;
        final long expectedNs = bursts * PERIOD_NS + ((layers - 1) % hold + 1) * TICK_NS;
        assertEquals(frames - bursts, responses.ns().getTotalCount());
        assertEquals(1, responses.ns().getCountBetweenValues(expectedNs, expectedNs) / (frames - bursts), "all of " + expectedNs);
    }

    @Test
    void aTickWithoutANewFrameHasNoResponse() {
        final ResponseTimes responses = new ResponseTimes(clock, 2);
        clock.start(PERIOD_NS);
        for (int t = 0; t < 9; t++) {
            responses.ticked(false, PERIOD_NS);
        }
        assertEquals(0, responses.ns().getTotalCount());
    }

    /** Backprop's time between the frame and its answer is not the frame's. */
    @Test
    void whatIsForgivenOnTheWayDoesNotCount() {
        final ResponseTimes responses = new ResponseTimes(clock, 2);
        clock.start(System.nanoTime());
        final long fromNs = clock.scheduledNs();
        responses.ticked(true, fromNs + TICK_NS);
        clock.forgive(fromNs);
        clock.next();
        responses.ticked(false, fromNs + clock.forgivenNs() + PERIOD_NS + TICK_NS);
        assertEquals(1, responses.ns().getTotalCount());
        assertEquals(PERIOD_NS + TICK_NS, responses.ns().getMaxValue(), (PERIOD_NS + TICK_NS) / 1000.0);
    }

    @Test
    void aTickOfItsOwnEndsAfterItsScheduledStart() {
        final ResponseTimes responses = new ResponseTimes(clock, 2);
        clock.start(PERIOD_NS);
        responses.ended(PERIOD_NS + 7);
        responses.ended(PERIOD_NS - 7);
        assertEquals(2, responses.ns().getTotalCount());
        assertEquals(7, responses.ns().getMaxValue());
        assertEquals(0, responses.ns().getMinValue());
    }
}
