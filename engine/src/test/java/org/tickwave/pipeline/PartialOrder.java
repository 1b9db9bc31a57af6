package org.tickwave.pipeline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.tickwave.pipeline.Step.Kind;

/**
 * Gives the answer of {@link Interleavings} quickly, for programs without choices. If every wait is for a counter that one
 * actor counts up, the interleavings are the linear extensions of one partial order. A load finds the right value in all of
 * them if and only if the store of that value comes before the load, and every other store to the place comes before that store
 * or after the load.
 */
final class PartialOrder {
    private final List<Step> steps;
    private final int[] memory;
    /** For each step, all steps of all actors that come before it. */
    private final List<BitSet> before = new ArrayList<>();
    private final List<List<Integer>> stores = new ArrayList<>();
    private final BitSet closing = new BitSet();
    private final BitSet closed = new BitSet();
    private final Set<String> wrong = new TreeSet<>();

    private PartialOrder(final Programs.Steps program) {
        steps = program.steps();
        memory = program.memory();
        for (int place = 0; place < memory.length; place++) {
            stores.add(new ArrayList<>());
        }
        for (int i = 0; i < steps.size(); i++) {
            before.add((BitSet) program.after().get(i).clone());
            if (steps.get(i).kind() == Kind.STORE) {
                stores.get(steps.get(i).place()).add(i);
            }
        }
    }

    static Set<String> of(final Programs programs) {
        final PartialOrder order = new PartialOrder(programs.steps());
        order.letWaitersWait();
        if (IntStream.range(0, order.steps.size()).allMatch(order::close)) {
            order.judge();
        } else {
            order.wrong.add("deadlock");
        }
        return order.wrong;
    }

    private void letWaitersWait() {
        for (int i = 0; i < steps.size(); i++) {
            final Step step = steps.get(i);
            if (step.kind() == Kind.AWAIT && memory[step.place()] < step.value()) {
                // A step that waits for a value which no step stores waits for itself.
                before.get(i).set(stores.get(step.place()).stream()
                    .filter(store -> steps.get(store).value() >= step.value()).findFirst().orElse(i));
            } else if (step.kind() == Kind.AWAIT_EXACTLY) {
                throw new IllegalArgumentException(step + ": not for this");
            }
        }
    }

    /** Completes {@link #before} for a step and all steps before it, or finds a circle. */
    private boolean close(final int step) {
        if (closed.get(step)) {
            return true;
        }
        if (closing.get(step)) {
            return false;
        }
        closing.set(step);
        final BitSet direct = before.get(step);
        final BitSet all = new BitSet(steps.size());
        for (int b = direct.length() - 1; b >= 0; b = direct.previousSetBit(b - 1)) {
            if (!all.get(b)) {
                if (!close(b)) {
                    return false;
                }
                all.set(b);
                all.or(before.get(b));
            }
        }
        direct.or(all);
        closed.set(step);
        return true;
    }

    private void judge() {
        for (int i = 0; i < steps.size(); i++) {
            final Step load = steps.get(i);
            if (load.kind() == Kind.LOAD && load.value() != Step.ANY && !finds(i, load)) {
                wrong.add(load.name());
            }
        }
    }

    private boolean finds(final int i, final Step load) {
        int meant = -1;
        for (final int store : stores.get(load.place())) {
            if (steps.get(store).value() == load.value()) {
                meant = store;
            }
        }
        if (meant < 0 ? memory[load.place()] != load.value() : !before.get(i).get(meant)) {
            return false;
        }
        for (final int store : stores.get(load.place())) {
            final boolean earlier = meant >= 0 && (store == meant || before.get(meant).get(store));
            if (!earlier && !before.get(store).get(i)) {
                return false;
            }
        }
        return true;
    }
}
