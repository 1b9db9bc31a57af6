package org.tickwave.bench.net;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.tickwave.bench.stream.Printable;

/**
 * Reads strict JSON of a known structure, token by token, and knows the place of each token. Gson's reader does not tell where a token
 * begins, nor which character it expected instead. The caller says which token is next, so deeply nested text cannot overflow the
 * stack.
 */
final class PlacedJson {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";
    private static final int HEX_DIGITS = 4;
    private static final int HEX = 16;

    private final SourceText text;
    private int at;

    /** Reads the value of a key, or an element. */
    interface Member {
        /**
         * @param key   the key; null for an element
         * @param place of the key or the element
         */
        void read(String key, int place) throws NetworkException;
    }

    PlacedJson(final SourceText text) {
        this.text = text;
        at = text.start();
    }

    /** The place of the next token. */
    int place() {
        while (at < text.length() && " \t\n\r".indexOf(text.at(at)) >= 0) {
            at++;
        }
        return at;
    }

    NetworkException refuse(final int place, final String message) {
        return text.refuse(place, message);
    }

    /** @param what name of the object in messages */
    void object(final String what, final Member member) throws NetworkException {
        begin('{', what, "an object");
        final Set<String> keys = new HashSet<>();
        boolean more = !take('}');
        while (more) {
            final int place = place();
            if (!is('"')) {
                throw refuse(place, text.shown(place) + ": expected a key of " + what + " in double quotes");
            }
            final String key = string();
            if (!keys.add(key)) {
                throw refuse(place, what + ": key " + quoted(key) + " occurs twice: expected once");
            }
            if (!take(':')) {
                throw refuse(place(), text.shown(at) + ": expected a colon after the key " + quoted(key));
            }
            member.read(key, place);
            more = another('}', what);
        }
    }

    /** @param most largest number of elements; a further element is refused before it is read */
    void list(final String what, final int most, final Member element) throws NetworkException {
        begin('[', what, "a list");
        boolean more = !take(']');
        for (int i = 0; more; i++) {
            if (i == most) {
                throw refuse(place(), what + ": more than " + most + " elements: expected at most " + most);
            }
            element.read(null, place());
            more = another(']', what);
        }
    }

    private boolean another(final char end, final String what) throws NetworkException {
        if (take(end)) {
            return false;
        }
        if (!take(',')) {
            throw refuse(place(), text.shown(at) + ": expected a comma or " + end + " in " + what);
        }
        if (is(end)) {
            throw refuse(at, "'" + end + "' after a comma: expected another " + (end == '}' ? "key" : "element") + " of " + what);
        }
        return true;
    }

    String text(final String what, final String expected) throws NetworkException {
        if (!is('"')) {
            throw wrong(what, expected);
        }
        return string();
    }

    int whole(final String what, final int least, final int most) throws NetworkException {
        final String expected = "a whole number from " + least + " to " + most;
        final int place = place();
        final String number = number();
        if (number == null) {
            throw wrong(what, expected);
        }
        try {
            final int value = Integer.parseInt(number);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (final NumberFormatException e) {
            // The number has a fraction or an exponent, or is too large.
        }
        throw refuse(place, what + ": " + Printable.text(number) + ": expected " + expected);
    }

    void end() throws NetworkException {
        if (place() < text.length()) {
            throw refuse(at, text.shown(at) + " after the end of the description: expected nothing there");
        }
    }

    private void begin(final char bracket, final String what, final String expected) throws NetworkException {
        if (!take(bracket)) {
            throw wrong(what, expected);
        }
    }

    /** The refusal of the next token, which has the wrong type or begins no value. */
    private NetworkException wrong(final String what, final String expected) throws NetworkException {
        final int place = place();
        final String found;
        if (is('{')) {
            found = "an object";
        } else if (is('[')) {
            found = "a list";
        } else if (is('"')) {
            found = quoted(string());
        } else {
            final String number = number();
            found = number == null ? literal(place) : Printable.text(number);
        }
        return refuse(place, what + ": " + found + ": expected " + expected);
    }

    private String literal(final int place) {
        for (final String literal : new String[] {"true", "false", "null"}) {
            if (text.startsWith(literal, place)) {
                return literal;
            }
        }
        return text.shown(place);
    }

    private boolean is(final char c) {
        return place() < text.length() && text.at(at) == c;
    }

    private boolean take(final char c) {
        final boolean is = is(c);
        at += is ? 1 : 0;
        return is;
    }

    /** Takes a number; returns null if the next token begins no number. */
    private String number() throws NetworkException {
        final int from = place();
        int to = from;
        while (to < text.length() && (Character.isLetterOrDigit(text.at(to)) || "+-.".indexOf(text.at(to)) >= 0)) {
            to++;
        }
        if (from == to || "+-.0123456789".indexOf(text.at(from)) < 0) {
            return null;
        }
        final String number = text.between(from, to);
        if (!NUMBER.matcher(number).matches()) {
            throw refuse(from, Printable.text(number) + ": expected a number of JSON");
        }
        at = to;
        return number;
    }

    private String string() throws NetworkException {
        final StringBuilder string = new StringBuilder();
        final int from = at++;
        while (at < text.length() && text.at(at) != '"') {
            final int place = at;
            final char c = text.at(at++);
            if (c < ' ') {
                throw refuse(place, text.shown(place) + " in a string: expected a double quote or an escape");
            }
            string.append(c == '\\' ? escaped(place) : c);
            refuseHalfAPair(string, place);
        }
        if (at == text.length()) {
            throw refuse(from, "a string without an end: expected a double quote");
        }
        if (!string.isEmpty() && Character.isHighSurrogate(string.charAt(string.length() - 1))) {
            throw halfAPair(at - 1);
        }
        at++;
        return string.toString();
    }

    private char escaped(final int place) throws NetworkException {
        final char c = at < text.length() ? text.at(at++) : ' ';
        if (c == 'u') {
            int value = 0;
            for (int i = 0; i < HEX_DIGITS; i++, at++) {
                final char digit = at < text.length() ? text.at(at) : ' ';
                if (digit > 'f' || Character.digit(digit, HEX) < 0) {
                    throw refuse(place, "an incomplete escape: expected \\u and four hexadecimal digits");
                }
                value = value * HEX + Character.digit(digit, HEX);
            }
            return (char) value;
        }
        final int known = ESCAPES.indexOf(c);
        if (known < 0) {
            throw refuse(place, "an unknown escape: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
        }
        return ESCAPED.charAt(known);
    }

    /** Looks at the two last characters. */
    private void refuseHalfAPair(final StringBuilder string, final int place) throws NetworkException {
        final int n = string.length();
        final boolean afterHigh = n > 1 && Character.isHighSurrogate(string.charAt(n - 2));
        if (afterHigh != Character.isLowSurrogate(string.charAt(n - 1))) {
            throw halfAPair(place);
        }
    }

    private NetworkException halfAPair(final int place) {
        return refuse(place, "half of a surrogate pair: expected valid Unicode");
    }

    /** A string as messages show it. */
    static String quoted(final String string) {
        return "\"" + Printable.text(string) + "\"";
    }
}
