package org.tickwave.pipeline;

import java.util.Arrays;

/** Different states of one length, numbered in the order of their arrival. Has no object for a state: there are millions. */
final class StateSet {
    private static final int FIRST_CAPACITY = 1 << 12;

    private final int words;
    private long[] states;
    /** For each hash, one more than the number of a state; 0 if there is none. Half of the entries are 0. */
    private int[] table = new int[2 * FIRST_CAPACITY];
    private int size;

    /** @param words length of a state */
    StateSet(final int words) {
        this.words = words;
        states = new long[FIRST_CAPACITY * words];
    }

    /** @return whether the state is new */
    boolean add(final long[] state) {
        int entry = entry(state, 0);
        while (table[entry] != 0) {
            final int at = (table[entry] - 1) * words;
            if (Arrays.equals(states, at, at + words, state, 0, words)) {
                return false;
            }
            entry = entry + 1 & table.length - 1;
        }
        if (2 * (size + 1) > table.length) {
            grow();
            return add(state);
        }
        System.arraycopy(state, 0, states, size * words, words);
        table[entry] = ++size;
        return true;
    }

    long[] get(final int number) {
        return Arrays.copyOfRange(states, number * words, (number + 1) * words);
    }

    int size() {
        return size;
    }

    private void grow() {
        states = Arrays.copyOf(states, Math.multiplyExact(2, states.length));
        table = new int[2 * table.length];
        for (int i = 0; i < size; i++) {
            int entry = entry(states, i * words);
            while (table[entry] != 0) {
                entry = entry + 1 & table.length - 1;
            }
            table[entry] = i + 1;
        }
    }

    private int entry(final long[] from, final int at) {
        long hash = 0;
        for (int w = at; w < at + words; w++) {
            hash = (hash ^ from[w]) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
        }
        return (int) hash & table.length - 1;
    }
}
