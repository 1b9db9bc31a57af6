package org.tickwave.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Visits every interleaving, state by state: takes every possible next step from each state, and visits no state twice. Leaves
 * out places that only one actor uses.
 */
final class Interleavings {
    /** Loads that found a wrong value, "deadlock", and the verdicts of the judge at the end. */
    record Found(Set<String> wrong, long states) {
    }

    private final List<Step> steps;
    private final List<BitSet> after;
    private final Function<Map<String, Integer>, String> judge;
    private final int doneBytes;
    private final int places;
    /**
     * A state has one bit for each step, whether it is done; one byte for each place; and one byte for each load of ANY, the
     * value found.
     */
    private final Set<String> seen = new HashSet<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> wrong = new TreeSet<>();

    private Interleavings(final Programs.Steps program, final Function<Map<String, Integer>, String> judge) {
        steps = program.steps();
        after = program.after();
        this.judge = judge;
        doneBytes = (steps.size() + Byte.SIZE - 1) / Byte.SIZE;
        places = program.memory().length;
        final boolean asks = steps.stream().anyMatch(step -> step.value() == Step.ANY);
        final byte[] first = new byte[doneBytes + places + (asks ? steps.size() : 0)];
        for (int i = 0; i < places; i++) {
            first[doneBytes + i] = (byte) program.memory()[i];
        }
        visit(first);
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
        while (!all.open.isEmpty()) {
            all.from(all.open.pop().getBytes(StandardCharsets.ISO_8859_1));
        }
        return new Found(all.wrong, all.seen.size());
    }

    private void from(final byte[] state) {
        boolean stuck = true;
        boolean ended = true;
        for (int i = 0; i < steps.size(); i++) {
            if (!done(state, i)) {
                ended = false;
                final Step step = steps.get(i);
                if (step.enabled(state[doneBytes + step.place()]) && doneAll(state, after.get(i))) {
                    stuck = false;
                    take(state.clone(), i, step);
                }
            }
        }
        if (ended) {
            end(state);
        } else if (stuck) {
            wrong.add("deadlock");
        }
    }

    private static boolean done(final byte[] state, final int step) {
        return (state[step / Byte.SIZE] >> step % Byte.SIZE & 1) != 0;
    }

    private static boolean doneAll(final byte[] state, final BitSet some) {
        // From the last step down: that step is missing most often.
        for (int i = some.length() - 1; i >= 0; i = some.previousSetBit(i - 1)) {
            if (!done(state, i)) {
                return false;
            }
        }
        return true;
    }

    private void take(final byte[] state, final int i, final Step step) {
        state[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
        final int place = doneBytes + step.place();
        if (step.kind() == Step.Kind.STORE) {
            state[place] = (byte) step.value();
        } else if (step.value() == Step.ANY) {
            state[doneBytes + places + i] = state[place];
        } else if (step.kind() == Step.Kind.LOAD && state[place] != step.value()) {
            wrong.add(step.name());
        }
        visit(state);
    }

    private void visit(final byte[] state) {
        final String packed = new String(state, StandardCharsets.ISO_8859_1);
        if (seen.add(packed)) {
            open.push(packed);
        }
    }

    private void end(final byte[] state) {
        final Map<String, Integer> found = new TreeMap<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).value() == Step.ANY) {
                found.put(steps.get(i).name(), (int) state[doneBytes + places + i]);
            }
        }
        final String verdict = judge.apply(found);
        if (verdict != null) {
            wrong.add(verdict + " " + found);
        }
    }
}
