package org.tickwave.pipeline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tickwave.pipeline.Step.Kind;

/**
 * The steps of each actor, and which of them keep their order: steps on one place, steps after an acquire, steps before a
 * release, and steps on both sides of a fence. All other steps may change places. Processors and compilers reorder less than
 * that, so the checks are strict.
 *
 * <p>There is one memory. A step takes effect at once and for all actors.
 */
final class Programs {
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<Integer> start = new ArrayList<>();
    private final List<String> actors = new ArrayList<>();
    private final List<List<Step>> programs = new ArrayList<>();

    /** Begins the program of an actor. The following steps are its steps. */
    void actor(final String name) {
        actors.add(name);
        programs.add(new ArrayList<>());
    }

    /** The place of a name. A new place holds the start value. */
    int place(final String name, final int before) {
        return places.computeIfAbsent(name, fresh -> {
            start.add(before);
            return start.size() - 1;
        });
    }

    void step(final Kind kind, final String name, final int place, final int value, final boolean ordered) {
        programs.getLast().add(new Step(actors.getLast() + ": " + name, kind, place, value, ordered));
    }

    void fence(final Kind kind) {
        step(kind, kind.name(), -1, 0, true);
    }

    /** Loads that find a wrong value on a place that only their own actor uses. */
    Set<String> wrongByThemselves() {
        final Set<String> wrong = new TreeSet<>();
        final BitSet own = ownPlaces();
        final int[] memory = memory();
        for (final List<Step> program : programs) {
            for (final Step step : program) {
                if (step.kind() == Kind.STORE && own.get(step.place())) {
                    memory[step.place()] = step.value();
                } else if (step.kind() == Kind.LOAD && own.get(step.place()) && step.value() != Step.ANY
                    && memory[step.place()] != step.value()) {
                    wrong.add(step.name());
                }
            }
        }
        return wrong;
    }

    int[] memory() {
        return start.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Places that only one actor uses. Its loads there find the same values in every interleaving. */
    BitSet ownPlaces() {
        final BitSet used = new BitSet();
        final BitSet shared = new BitSet();
        for (final List<Step> program : programs) {
            final BitSet here = new BitSet();
            program.stream().filter(step -> !step.kind().fence()).forEach(step -> here.set(step.place()));
            final BitSet both = (BitSet) here.clone();
            both.and(used);
            shared.or(both);
            used.or(here);
        }
        used.andNot(shared);
        return used;
    }

    /** All accesses, each with the earlier accesses of its actor that must come before it. */
    Steps steps() {
        return steps(new BitSet());
    }

    /** All accesses except those to some places. */
    Steps steps(final BitSet leftOut) {
        final List<Step> steps = new ArrayList<>();
        final List<BitSet> after = new ArrayList<>();
        final int most = programs.stream().mapToInt(List::size).sum();
        for (final List<Step> whole : programs) {
            final List<Step> program =
                whole.stream().filter(step -> step.kind().fence() || !leftOut.get(step.place())).toList();
            final int[] number = new int[program.size()];
            for (int j = 0; j < program.size(); j++) {
                final Step later = program.get(j);
                if (later.kind().fence()) {
                    continue;
                }
                final BitSet earlier = new BitSet(most);
                boolean all = later.kind() == Kind.STORE && later.ordered();
                boolean loads = false;
                boolean stores = false;
                for (int i = j - 1; i >= 0; i--) {
                    final Step step = program.get(i);
                    switch (step.kind()) {
                        case FULL_FENCE -> all = true;
                        case LOAD_LOAD_FENCE -> loads |= later.kind().loads;
                        case STORE_STORE_FENCE -> stores |= later.kind().stores;
                        default -> {
                            final boolean acquires = step.kind().loads && step.ordered();
                            if (!earlier.get(number[i]) && (all || acquires || step.place() == later.place()
                                || loads && step.kind().loads || stores && step.kind().stores)) {
                                earlier.set(number[i]);
                                earlier.or(after.get(number[i]));
                            }
                        }
                    }
                }
                number[j] = steps.size();
                steps.add(later);
                after.add(earlier);
            }
        }
        return new Steps(steps, after, memory());
    }

    /** @param after for each step, the steps of its actor that must come before it */
    record Steps(List<Step> steps, List<BitSet> after, int[] memory) {
    }
}
