package org.tickwave.bench.convert;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.StreamException;

/** One line of a WFDB header: fields between spaces and tabs. Fields at the end may be missing. */
final class HeaderLine {
    /** A floating-point number as {@code scanf} reads it, without hexadecimal numbers, infinity and NaN. */
    static final String NUMBER = "[+-]?(?:[0-9]{1,40}\\.?[0-9]{0,40}|\\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?";

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,10}");

    private final String header;
    private final int number;
    private final String[] fields;

    /**
     * @param header name of the header in messages
     * @param number of the line, from 1
     * @param most   number of fields; the last field is the rest of the line, with its spaces
     */
    HeaderLine(final String header, final int number, final String text, final int most) {
        this.header = header;
        this.number = number;
        fields = text.strip().split("[ \t]+", most);
    }

    int number() {
        return number;
    }

    /** The field at index i, or null. */
    String field(final int i) {
        return i < fields.length ? fields[i] : null;
    }

    StreamException mistake(final String what) {
        return new StreamException(header + ", line " + number + ": " + what);
    }

    /** Matches the field at index i, or an empty text if the field is missing. */
    Matcher match(final int i, final Pattern pattern, final String what, final String expected) throws StreamException {
        final String field = field(i);
        final Matcher matcher = pattern.matcher(field == null ? "" : field);
        if (!matcher.matches()) {
            throw mistake((field == null ? "no " + what : what + " " + Printable.text(field)) + ": expected " + expected);
        }
        return matcher;
    }

    /** The whole number in the field at index i; null if the field is missing. */
    Integer integer(final int i, final String what) throws StreamException {
        return field(i) == null ? null : integer(field(i), what);
    }

    int integer(final String text, final String what) throws StreamException {
        if (INTEGER.matcher(text).matches()) {
            final long value = Long.parseLong(text);
            if (value == (int) value) {
                return (int) value;
            }
        }
        throw mistake(what + " " + Printable.text(text) + ": expected a whole number of 32 bits");
    }
}
