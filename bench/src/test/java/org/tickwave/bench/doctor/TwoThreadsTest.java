package org.tickwave.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwoThreadsTest {
    private static TwoThreads of(final double... oneAndTwo) {
        final List<TwoThreads.Tick> ticks = new ArrayList<>();
        for (int i = 0; i < oneAndTwo.length; i += 2) {
            ticks.add(new TwoThreads.Tick("n", oneAndTwo[i], oneAndTwo[i + 1]));
        }
        return TwoThreads.of(ticks);
    }

    @Test
    void twoThreadsAreFasterFromTheTickAfterWhichTheyAlwaysAre() {
        assertEquals(30.0, of(10, 12, 20, 15, 25, 25, 30, 20, 40, 22).fromTickNs());
        assertEquals(10.0, of(10, 9, 20, 15).fromTickNs());
    }

    @Test
    void twoThreadsAreNeverFasterIfTheLongestTickIsNot() {
        assertNull(of(10, 8, 20, 15, 30, 31).fromTickNs());
        assertNull(of(10, 8, 100, 98).fromTickNs(), "two per cent may be noise");
        assertNull(of().fromTickNs());
    }

    @Test
    void onOneProcessorNothingIsMeasured() {
        assertNull(TwoThreads.measure(1, Durations.SHORTEST, ignored -> { }));
        assertNull(RoundTripTimes.measure(1, 1_000, ignored -> { }));
    }
}
