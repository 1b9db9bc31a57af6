package org.tickwave.bench.table;

import org.tickwave.bench.stream.Printable;

/** Reads cells. A cell is the characters from index {@code from} to before index {@code to}, without blanks around it. */
final class Cells {
    /** Doubles hold all integers up to this one exactly. */
    private static final long LARGEST_EXACT = 1L << 53;
    /** A long holds this many digits. */
    private static final int DIGITS = 18;
    /** The powers of ten that doubles hold exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

    private static final int LONGEST_SHOWN = 60;
    private static final String[] MISSING = {"", "?", "na", "nan", "null"};

    private Cells() {
    }

    /** A cell, a name or a label for a message with several of them: printable, and cut after 60 characters. */
    static String shown(final String text) {
        return Printable.text(text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...");
    }

    static boolean blank(final char c) {
        return c == ' ' || c == '\t';
    }

    /** A cell without the blanks around it. */
    static String trimmed(final String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && blank(cell.charAt(from))) {
            from++;
        }
        while (from < to && blank(cell.charAt(to - 1))) {
            to--;
        }
        return cell.substring(from, to);
    }

    /** Whether the cell is empty or says that its value is missing. */
    static boolean missing(final char[] cell, final int from, final int to) {
        for (final String word : MISSING) {
            if (word.length() == to - from && equalIgnoringCase(word, cell, from)) {
                return true;
            }
        }
        return false;
    }

    static boolean missing(final String cell) {
        return missing(cell.toCharArray(), 0, cell.length());
    }

    private static boolean equalIgnoringCase(final String word, final char[] cell, final int from) {
        for (int i = 0; i < word.length(); i++) {
            final char c = cell[from + i];
            if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static double number(final String cell) {
        return number(cell.toCharArray(), 0, cell.length());
    }

    /** The double nearest to a decimal number; infinite if no double is that large; NaN if the cell is no decimal number. */
    static double number(final char[] cell, final int from, final int to) {
        int i = from;
        final boolean signed = i < to && (cell[i] == '-' || cell[i] == '+');
        final boolean negative = signed && cell[i] == '-';
        if (signed) {
            i++;
        }
        long digits = 0;
        int significant = 0;
        int seen = 0;
        int fraction = 0;
        boolean point = false;
        for (; i < to; i++) {
            final char c = cell[i];
            if (c >= '0' && c <= '9') {
                seen++;
                fraction += point ? 1 : 0;
                significant += significant > 0 || c != '0' ? 1 : 0;
                digits = significant <= DIGITS ? digits * 10 + (c - '0') : digits;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        final int exponentEnd = seen == 0 ? -1 : exponentEnd(cell, i, to);
        if (exponentEnd != to) {
            return Double.NaN;
        }
        if (i == to && significant <= DIGITS && digits <= LARGEST_EXACT && fraction < POWERS.length) {
            // Both operands are exact, so the quotient is rounded once.
            final double magnitude = digits / POWERS[fraction];
            return negative ? -magnitude : magnitude;
        }
        return Double.parseDouble(new String(cell, from, to - from));
    }

    /** The index after the exponent that begins at an index; the same index if there is no exponent there. */
    private static int exponentEnd(final char[] cell, final int from, final int to) {
        int i = from;
        if (i == to || cell[i] != 'e' && cell[i] != 'E') {
            return from;
        }
        i++;
        if (i < to && (cell[i] == '-' || cell[i] == '+')) {
            i++;
        }
        final int first = i;
        while (i < to && cell[i] >= '0' && cell[i] <= '9') {
            i++;
        }
        return i == first ? from : i;
    }
}
