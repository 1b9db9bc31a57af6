package org.tickwave.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {
    private static Series upTo(final int count) {
        final Series series = new Series(2);
        for (int i = 0; i < count; i++) {
            series.next();
            series.add(0, i);
            series.add(1, 1);
        }
        return series;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 7, 4095, 4096})
    void quartersAreExactWhileEveryEntryHasABucket(final int count) {
        final Series series = upTo(count);
        final int quarter = count / 4;
        assertEquals((quarter - 1) / 2.0, series.firstQuarter(0), 1e-9);
        assertEquals(count - 1 - (quarter - 1) / 2.0, series.lastQuarter(0), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void fewerThanFourEntriesHaveNoQuarter(final int count) {
        assertTrue(Double.isNaN(upTo(count).firstQuarter(0)));
        assertTrue(Double.isNaN(upTo(count).lastQuarter(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {4097, 8191, 8192, 10_000, 100_003, 1_000_001})
    void aLongSeriesLosesNoEntryAndItsQuartersAreExactToABucket(final int count) {
        final Series series = upTo(count);
        assertEquals(count, series.count());
        assertEquals((count - 1) / 2.0, series.mean(0, 0, count), 1e-6 * count);
        assertEquals(1, series.firstQuarter(1), 1e-12);
        assertEquals(1, series.lastQuarter(1), 1e-12);
        final int quarter = count / 4;
        assertEquals((quarter - 1) / 2.0, series.firstQuarter(0), count / (double) Series.BUCKETS * 4);
        assertEquals(count - 1 - (quarter - 1) / 2.0, series.lastQuarter(0), count / (double) Series.BUCKETS * 4);
    }

    @Test
    void theSecondHalfExcludesTheFirstHalf() {
        final Series series = new Series(1);
        for (int i = 0; i < 1001; i++) {
            series.next();
            series.add(0, i < 500 ? 1e9 : 3);
        }
        assertEquals(3, series.secondHalf(0));
    }
}
