package org.tickwave.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Visits every interleaving, state by state: takes every possible next step from each state, and visits no state twice. Leaves
 * out places that only one actor uses.
 *
 * <p>A state has one bit for each step, whether it is done; one byte for each place; and one byte for each load of ANY, the value
 * found.
 */
final class Interleavings {
    /** Loads that found a wrong value, "deadlock", and the verdicts of the judge at the end. */
    record Found(Set<String> wrong, long states) {
    }

    private final List<Step> steps;
    /** For each step, the bits of the steps that come before it, as in a state. */
    private final long[][] after;
    private final Function<Map<String, Integer>, String> judge;
    private final int doneWords;
    private final int places;
    private final StateSet states;
    private final Set<String> wrong = new TreeSet<>();

    private Interleavings(final Programs.Steps program, final Function<Map<String, Integer>, String> judge) {
        steps = program.steps();
        this.judge = judge;
        doneWords = (steps.size() + Long.SIZE - 1) / Long.SIZE;
        after = program.after().stream().map(some -> Arrays.copyOf(some.toLongArray(), doneWords)).toArray(long[][]::new);
        places = program.memory().length;
        final boolean asks = steps.stream().anyMatch(step -> step.value() == Step.ANY);
        final int bytes = places + (asks ? steps.size() : 0);
        final long[] first = new long[doneWords + (bytes + Long.BYTES - 1) / Long.BYTES];
        states = new StateSet(first.length);
        for (int i = 0; i < places; i++) {
            put(first, i, program.memory()[i]);
        }
        states.add(first);
    }

    static Found of(final Programs programs) {
        return of(programs, loads -> null);
    }

    /**
     * @param judge gets the values that loads of ANY found, by name, when all steps are done; returns null if nothing is wrong
     */
    static Found of(final Programs programs, final Function<Map<String, Integer>, String> judge) {
        final Interleavings all = new Interleavings(programs.steps(programs.ownPlaces()), judge);
        all.wrong.addAll(programs.wrongByThemselves());
        for (int visited = 0; visited < all.states.size(); visited++) {
            all.from(all.states.get(visited));
        }
        return new Found(all.wrong, all.states.size());
    }

    private void from(final long[] state) {
        boolean stuck = true;
        boolean ended = true;
        for (int i = 0; i < after.length; i++) {
            if (!done(state, i)) {
                ended = false;
                if (doneAll(state, after[i])) {
                    final Step step = steps.get(i);
                    if (step.enabled(get(state, step.place()))) {
                        stuck = false;
                        take(state.clone(), i, step);
                    }
                }
            }
        }
        if (ended) {
            end(state);
        } else if (stuck) {
            wrong.add("deadlock");
        }
    }

    private static boolean done(final long[] state, final int step) {
        return (state[step / Long.SIZE] & 1L << step) != 0;
    }

    private static boolean doneAll(final long[] state, final long[] some) {
        // From the last word down: a step there is missing most often.
        for (int w = some.length - 1; w >= 0; w--) {
            if ((some[w] & ~state[w]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The i-th of the bytes after the bits. */
    private byte get(final long[] state, final int i) {
        return (byte) (state[doneWords + i / Long.BYTES] >>> i * Byte.SIZE);
    }

    private void put(final long[] state, final int i, final int value) {
        final int word = doneWords + i / Long.BYTES;
        state[word] = state[word] & ~(0xffL << i * Byte.SIZE) | (value & 0xffL) << i * Byte.SIZE;
    }

    private void take(final long[] state, final int i, final Step step) {
        state[i / Long.SIZE] |= 1L << i;
        if (step.kind() == Step.Kind.STORE) {
            put(state, step.place(), step.value());
        } else if (step.value() == Step.ANY) {
            put(state, places + i, get(state, step.place()));
        } else if (step.kind() == Step.Kind.LOAD && get(state, step.place()) != step.value()) {
            wrong.add(step.name());
        }
        states.add(state);
    }

    private void end(final long[] state) {
        final Map<String, Integer> found = new TreeMap<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).value() == Step.ANY) {
                found.put(steps.get(i).name(), (int) get(state, places + i));
            }
        }
        final String verdict = judge.apply(found);
        if (verdict != null) {
            wrong.add(verdict + " " + found);
        }
    }
}
