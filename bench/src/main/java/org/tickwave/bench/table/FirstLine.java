package org.tickwave.bench.table;

/** Finds the separator of a table: counts the candidates in the first line that is not empty, outside quotes. */
final class FirstLine {
    private static final String CANDIDATES = ",;\t";

    private final int[] counts = new int[CANDIDATES.length()];
    private boolean begun;
    private boolean cellBegins = true;
    private boolean quoted;
    private boolean justClosed;

    /**
     * Takes the next character of the text.
     *
     * @return whether the line ends with this character
     */
    boolean take(final char c) {
        if (c == '"' && (quoted || cellBegins || justClosed)) {
            // A quote directly after a closing quote was a quote inside the cell.
            justClosed = quoted;
            quoted = !quoted;
            cellBegins = false;
            begun = true;
            return false;
        }
        if (quoted) {
            return false;
        }
        justClosed = false;
        if (c == '\n' || c == '\r') {
            return begun;
        }
        final int candidate = CANDIDATES.indexOf(c);
        if (candidate >= 0) {
            counts[candidate]++;
        }
        cellBegins = candidate >= 0;
        begun = true;
        return false;
    }

    /** The most frequent candidate; of equally frequent ones the first. */
    char separator() {
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return CANDIDATES.charAt(best);
    }
}
