package org.tickwave.layout;

/**
 * Refuses numbers of an image that do not fit, in one line: the field, its value, where the field stands, and what was expected.
 *
 * @param where the part of the image that holds the fields
 */
public record HeaderCheck(String where) {
    /** Expects a multiple of a number, within bounds that both belong to the range. */
    public void expect(final String field, final long value, final long least, final long most, final long multiple) {
        if (value < least || value > most || value % multiple != 0) {
            final String range = least > most ? "at least " + least + ", and there is room for " + most
                : least == most ? Long.toString(least)
                : most == Long.MAX_VALUE ? "at least " + least : least + " to " + most;
            throw refused(field, value, multiple == 1 ? range : "a multiple of " + multiple + ", " + range);
        }
    }

    public void expectSame(final String field, final long value, final long expected) {
        if (value != expected) {
            throw refused(field, value, Long.toString(expected));
        }
    }

    public IllegalArgumentException refused(final String field, final Object value, final String expected) {
        return new IllegalArgumentException(field + " " + value + " in " + where + ": expected " + expected);
    }
}
