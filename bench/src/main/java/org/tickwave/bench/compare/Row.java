package org.tickwave.bench.compare;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.tickwave.bench.forks.Combination;
import org.tickwave.bench.forks.ForkScore;
import org.tickwave.bench.forks.Spread;
import org.tickwave.bench.forks.Verdict;

/**
 * The comparison of one benchmark with one value for each parameter, in one mode.
 *
 * @param benchmark   full name of the benchmark's method
 * @param params      its parameters
 * @param mode        JMH's mode
 * @param unit        unit of all scores
 * @param base        forks of the base
 * @param other       forks of the new side
 * @param bestRatio   best of the new side, divided by that of the base
 * @param medianRatio median of the new side, divided by that of the base
 * @param verdict     what the forks say about the new side
 * @param secondary   what profilers and counters measured
 */
record Row(
    String benchmark, List<Combination.Param> params, String mode, String unit, Spread base, @SerializedName("new") Spread other,
    Double bestRatio, Double medianRatio, Verdict verdict, List<Secondary> secondary) {

    /**
     * A secondary metric. Whether more is better is not known, so there is no verdict, and best is the lowest iteration.
     *
     * @param name        its name, such as {@code gc.alloc.rate.norm}
     * @param medianRatio median of the new side, divided by that of the base; null if that is 0
     */
    record Secondary(String name, String unit, Spread base, @SerializedName("new") Spread other, Double medianRatio) {
        static Secondary of(final String name, final String unit, final List<ForkScore> base, final List<ForkScore> other) {
            final Spread ofBase = Spread.of(base, false);
            final Spread ofOther = Spread.of(other, false);
            return new Secondary(name, unit, ofBase, ofOther, ratio(ofOther.median(), ofBase.median()));
        }
    }

    static Row of(final Combination what, final String mode, final boolean higherBetter, final String unit,
        final List<ForkScore> base, final List<ForkScore> other, final List<Secondary> secondary) {
        final Spread ofBase = Spread.of(base, higherBetter);
        final Spread ofOther = Spread.of(other, higherBetter);
        return new Row(
            what.benchmark(), what.params(), mode, unit, ofBase, ofOther, ratio(ofOther.best(), ofBase.best()),
            ratio(ofOther.median(), ofBase.median()), Verdict.of(ofBase, ofOther, higherBetter), secondary);
    }

    private static Double ratio(final double other, final double base) {
        return base == 0 ? null : (Double) (other / base);
    }

    Combination combination() {
        return new Combination(benchmark, params);
    }
}
