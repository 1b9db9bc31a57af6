package org.tickwave.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tickwave.bench.forks.Combination;

/**
 * What of the two sides is compared. A benchmark may have a parameter that it has on one side only, because the parameter is newer than the
 * other side, or was removed. Then that side's combinations are compared in which the parameter has its first value: the default, which is
 * usually what the benchmark did without the parameter.
 *
 * @param common      in the order of the new side; with the parameters of both sides
 * @param assumed     parameters that only one side has
 * @param notCompared the others of both sides
 */
record Matching(List<Combination> common, List<Assumed> assumed, List<NotCompared> notCompared) {
    /**
     * Parameters that only one side of a benchmark has.
     *
     * @param missing the side without them: {@code base} or {@code new}
     * @param params  with the values that were compared
     */
    record Assumed(String benchmark, String missing, List<Combination.Param> params) {
        @Override
        public String toString() {
            return new Combination(benchmark, List.of()) + ": " + lacks(missing, params) + ": the other side has " + values(params)
                + " there, the default";
        }
    }

    private static String lacks(final String side, final List<Combination.Param> params) {
        return (side.equals("base") ? "the base" : "the new side") + " has no parameter "
            + params.stream().map(Combination.Param::name).collect(Collectors.joining(" and no parameter "));
    }

    private static String values(final List<Combination.Param> params) {
        return params.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    /** Whether a benchmark that both sides have has other parameters on one side, so that defaults are needed. */
    static boolean needsDefaults(final List<Combination> base, final List<Combination> other) {
        final Map<String, List<String>> names = new LinkedHashMap<>();
        base.forEach(each -> names.putIfAbsent(each.benchmark(), each.names()));
        return other.stream().anyMatch(each -> !names.getOrDefault(each.benchmark(), each.names()).equals(each.names()));
    }

    /**
     * @param base          what JMH lists for the base
     * @param other         what JMH lists for the new side
     * @param baseDefaults  what JMH lists for the base without values of the user; of each benchmark the first counts
     * @param otherDefaults the same for the new side
     */
    static Matching of(final List<Combination> base, final List<Combination> other, final List<Combination> baseDefaults,
        final List<Combination> otherDefaults) {
        final Matching matching = new Matching(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        final Map<String, List<Combination>> ofBase = byBenchmark(base);
        final Map<String, List<Combination>> ofOther = byBenchmark(other);
        ofBase.forEach((benchmark, all) -> {
            if (!ofOther.containsKey(benchmark)) {
                all.forEach(each -> matching.notCompared.add(NotCompared.of(each, "only the base has it")));
            }
        });
        ofOther.forEach((benchmark, all) -> {
            if (ofBase.containsKey(benchmark)) {
                matching.match(new Listed(ofBase.get(benchmark), first(baseDefaults, benchmark)), new Listed(all, first(otherDefaults, benchmark)));
            } else {
                all.forEach(each -> matching.notCompared.add(NotCompared.of(each, "only the new side has it")));
            }
        });
        return matching;
    }

    private static Map<String, List<Combination>> byBenchmark(final List<Combination> all) {
        return all.stream().collect(Collectors.groupingBy(Combination::benchmark, LinkedHashMap::new, Collectors.toList()));
    }

    private static Combination first(final List<Combination> defaults, final String benchmark) {
        return defaults.stream().filter(each -> each.benchmark().equals(benchmark)).findFirst().orElse(null);
    }

    /**
     * A benchmark on one side.
     *
     * @param defaults null if they are not needed
     */
    private record Listed(List<Combination> all, Combination defaults) {
        /** The parameters that the other side does not have, at their defaults. */
        List<Combination.Param> beyond(final Listed that) {
            final List<String> names = that.all.getFirst().names();
            return all.getFirst().names().equals(names) ? List.of() : defaults.params().stream().filter(param -> !names.contains(param.name())).toList();
        }
    }

    private void match(final Listed base, final Listed other) {
        final List<Combination.Param> onlyBase = base.beyond(other);
        final List<Combination.Param> onlyOther = other.beyond(base);
        final List<Combination> fromBase = base.all.stream().map(each -> each.with(onlyOther)).toList();
        final List<Combination> fromOther = other.all.stream().map(each -> each.with(onlyBase)).toList();
        final List<Combination> both = fromOther.stream().filter(fromBase::contains).toList();
        common.addAll(both);
        final String benchmark = other.all.getFirst().benchmark();
        if (!both.isEmpty()) {
            assume(new Assumed(benchmark, "new", onlyBase));
            assume(new Assumed(benchmark, "base", onlyOther));
        }
        leaveOut(base.all, onlyBase, both, "new", "only the base has it");
        leaveOut(other.all, onlyOther, both, "base", "only the new side has it");
    }

    private void assume(final Assumed params) {
        if (!params.params.isEmpty()) {
            assumed.add(params);
        }
    }

    /** @param beyond what the other side does not have, at the values that can be compared */
    private void leaveOut(final List<Combination> all, final List<Combination.Param> beyond, final List<Combination> both, final String missing,
        final String why) {
        for (final Combination each : all) {
            if (!each.params().containsAll(beyond)) {
                notCompared.add(NotCompared.of(each, lacks(missing, beyond) + ": expected " + values(beyond) + ", the default"));
            } else if (both.stream().noneMatch(pair -> pair.params().containsAll(each.params()))) {
                notCompared.add(NotCompared.of(each, why));
            }
        }
    }
}
