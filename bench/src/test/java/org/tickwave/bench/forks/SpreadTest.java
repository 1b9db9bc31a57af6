package org.tickwave.bench.forks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Best, median and interval of made-up forks, and the verdict on two sides. */
class SpreadTest {
    private static final double EXACT = 1e-12;

    private static Spread lower(final double... scores) {
        return of(false, scores);
    }

    private static Spread of(final boolean higherBetter, final double... scores) {
        return Spread.of(Arrays.stream(scores).mapToObj(score -> new ForkScore(score, List.of())).toList(), higherBetter);
    }

    private static Verdict verdict(final boolean higherBetter, final double[] base, final double... other) {
        return Verdict.of(of(higherBetter, base), of(higherBetter, other), higherBetter);
    }

    private static double[] scores(final double... scores) {
        return scores;
    }

    /** The textbook's values, 1 - 2 (C(n,0) + ... + C(n,k)) / 2^n. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0", "2, 0, 0.5", "4, 0, 0.875", "5, 0, 0.9375", "7, 0, 0.984375", "7, 1, 0.875", "8, 1, 0.9296875", "11, 2, 0.9345703125"})
    void theConfidenceIsBinomial(final int forks, final int out, final double expected) {
        assertEquals(expected, Spread.confidence(forks, out), EXACT);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 0", "4, 0", "5, 0", "7, 0", "8, 1", "9, 1", "10, 1", "11, 2", "1000, 473"})
    void leavesOutAsManyAsTheConfidenceAllows(final int forks, final int expected) {
        assertEquals(expected, Spread.leftOut(forks));
        assertTrue(Spread.confidence(forks, expected + 1) < Spread.LEAST_CONFIDENCE);
    }

    /** The interval holds the true median as often as it says, whatever the distribution: here a skewed one. */
    @Test
    void theIntervalHoldsTheMedianAsOftenAsItSays() {
        final long seed = 20;
        final Random random = new Random(seed);
        final double median = Math.log(2);
        final int trials = 20_000;
        int held = 0;
        double confidence = 0;
        for (int trial = 0; trial < trials; trial++) {
            final Spread spread = lower(random.doubles(8).map(u -> -Math.log(1 - u)).toArray());
            held += spread.low() <= median && median <= spread.high() ? 1 : 0;
            confidence = spread.confidence();
        }
        assertEquals(confidence, (double) held / trials, 0.01, "seed " + seed);
    }

    @Test
    void medianOfOddAndEvenCounts() {
        assertEquals(2, lower(3, 1, 2).median());
        assertEquals(2.5, lower(4, 1, 2, 3).median());
        assertEquals(7, lower(7).median());
    }

    @Test
    void aDisturbedForkAtEachEndIsLeftOutOfEight() {
        final Spread spread = lower(5, 900, 6, 3, 4, 7, 8, 1);
        assertEquals(3, spread.low());
        assertEquals(8, spread.high());
        assertEquals(5.5, spread.median());
    }

    @Test
    void bestIsTheBestIterationOfAllForks() {
        final List<ForkScore> forks = List.of(new ForkScore(5, List.of(4.0, 6.0)), new ForkScore(7, List.of(5.0, 9.0)));
        assertEquals(4, Spread.of(forks, false).best());
        assertEquals(9, Spread.of(forks, true).best());
        assertEquals(5, Spread.of(List.of(new ForkScore(5, List.of()), new ForkScore(7, List.of())), false).best());
    }

    @Test
    void oneSideIsFasterIfTheIntervalsLieApart() {
        final double[] quick = scores(10, 11, 12, 10.5, 11.5);
        final double[] slow = scores(13, 14, 12.1, 15, 13.5);
        assertEquals(Verdict.FASTER, verdict(false, slow, quick));
        assertEquals(Verdict.SLOWER, verdict(false, quick, slow));
        assertEquals(Verdict.SLOWER, verdict(true, slow, quick));
        assertEquals(Verdict.FASTER, verdict(true, quick, slow));
    }

    @Test
    void noVerdictWhereIntervalsOverlapOrTouch() {
        final double[] base = scores(10, 11, 12, 10.5, 11.5);
        assertEquals(Verdict.NONE, verdict(false, base, base));
        assertEquals(Verdict.NONE, verdict(false, base, 12, 13, 14, 15, 16));
        assertEquals(Verdict.NONE, verdict(true, base, 1, 2, 3, 4, 10));
        assertEquals(Verdict.NONE, verdict(false, base, 11, 11, 11, 11, 11));
        assertEquals(Verdict.NONE, verdict(false, scores(10.5, 10.6, 10.7, 10.8), base));
    }

    /** One fork has no spread. Three forks of equal builds lie apart in one comparison of ten. */
    @ParameterizedTest
    @CsvSource({"1, no verdict", "2, no verdict", "3, no verdict", "4, faster"})
    void noVerdictOnFewForks(final int forks, final String expected) {
        final double[] many = {10, 11, 12, 13, 14};
        final double[] few = Arrays.copyOf(scores(1, 2, 3, 4), forks);
        assertEquals(expected, verdict(false, many, few).toString());
        assertEquals(expected.replace("faster", "slower"), verdict(false, few, many).toString());
    }
}
