package org.tickwave.bench.table;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tickwave.bench.stream.Labels;

/** Finds the index of a label by the characters of a cell. Finding a label in NFC allocates nothing. */
final class LabelIndex {
    /** A power of two, of which the labels fill less than a quarter. */
    private static final int SLOTS = 8_192;

    private final String[] labels = new String[SLOTS];
    private final int[] indices = new int[SLOTS];
    private final Map<String, Integer> byLabel = new HashMap<>();

    /** @param labels different labels in NFC, at most {@link TableOptions#MOST_LABELS} */
    LabelIndex(final Collection<String> labels) {
        labels.forEach(this::add);
    }

    final void add(final String label) {
        int slot = label.hashCode() & SLOTS - 1;
        while (labels[slot] != null) {
            slot = slot + 1 & SLOTS - 1;
        }
        labels[slot] = label;
        indices[slot] = byLabel.size();
        byLabel.put(label, byLabel.size());
    }

    int size() {
        return byLabel.size();
    }

    /** The labels in the order in which they were added. */
    String[] labels() {
        final String[] all = new String[byLabel.size()];
        byLabel.forEach((label, index) -> all[index] = label);
        return all;
    }

    /** The index of a label; -1 if there is no such label. */
    int find(final char[] cell, final int from, final int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + cell[i];
        }
        for (int slot = hash & SLOTS - 1; labels[slot] != null; slot = slot + 1 & SLOTS - 1) {
            final String label = labels[slot];
            if (label.length() == to - from && equal(label, cell, from)) {
                return indices[slot];
            }
        }
        return byLabel.getOrDefault(Labels.nfc(new String(cell, from, to - from)), -1);
    }

    private static boolean equal(final String label, final char[] cell, final int from) {
        int i = 0;
        while (i < label.length() && label.charAt(i) == cell[from + i]) {
            i++;
        }
        return i == label.length();
    }
}
