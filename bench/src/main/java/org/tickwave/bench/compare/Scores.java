package org.tickwave.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tickwave.bench.forks.Combination;
import org.tickwave.bench.forks.ForkScore;
import org.tickwave.bench.forks.JmhResult;

/** Collects the results of the forks of one combination, and makes rows of them: one for each mode and unit. */
final class Scores {
    private final Combination combination;
    private final Map<Key, Pair> pairs = new LinkedHashMap<>();

    /** Scores are compared only if mode and unit are the same on both sides. */
    private record Key(String mode, boolean higherBetter, String unit) {
    }

    private record NameAndUnit(String name, String unit) implements Comparable<NameAndUnit> {
        @Override
        public int compareTo(final NameAndUnit that) {
            return (name + " " + unit).compareTo(that.name + " " + that.unit);
        }
    }

    /** The forks of the base, and those of the new side. */
    private static final class Pair {
        final List<List<ForkScore>> sides = List.of(new ArrayList<>(), new ArrayList<>());
        final Map<NameAndUnit, Pair> secondary = new TreeMap<>();

        void add(final int side, final ForkScore score) {
            sides.get(side).add(score);
        }

        boolean onBothSides() {
            return !sides.get(0).isEmpty() && !sides.get(1).isEmpty();
        }
    }

    Scores(final Combination combination) {
        this.combination = combination;
    }

    /** @param side 0 for the base, 1 for the new side */
    void add(final int side, final List<JmhResult> results) {
        for (final JmhResult result : results) {
            final Pair pair = pairs.computeIfAbsent(
                new Key(result.mode(), result.higherBetter(), result.primary().unit()), key -> new Pair());
            pair.add(side, result.primary().score());
            result.secondary().forEach((name, metric) ->
                pair.secondary.computeIfAbsent(new NameAndUnit(name, metric.unit()), key -> new Pair()).add(side, metric.score()));
        }
    }

    /** One row for each mode that both sides have measured in the same unit. */
    List<Row> rows() {
        final List<Row> rows = new ArrayList<>();
        pairs.forEach((key, pair) -> {
            if (pair.onBothSides()) {
                final List<Row.Secondary> secondary = new ArrayList<>();
                pair.secondary.forEach((metric, scores) -> {
                    if (scores.onBothSides()) {
                        secondary.add(Row.Secondary.of(metric.name(), metric.unit(), scores.sides.get(0), scores.sides.get(1)));
                    }
                });
                rows.add(Row.of(combination, key.mode, key.higherBetter, key.unit, pair.sides.get(0), pair.sides.get(1), secondary));
            }
        });
        return rows;
    }

    /** What cannot be compared, for the user: a mode and unit that only one side has measured. */
    List<NotCompared> notCompared() {
        final List<NotCompared> all = new ArrayList<>();
        pairs.forEach((key, pair) -> {
            if (!pair.onBothSides()) {
                all.add(NotCompared.of(combination, (pair.sides.get(0).isEmpty() ? "only the new side" : "only the base")
                    + " has measured it as " + key.mode + " in " + key.unit));
            }
        });
        if (pairs.isEmpty()) {
            all.add(NotCompared.of(combination, "no fork has given a result"));
        }
        return all;
    }
}
