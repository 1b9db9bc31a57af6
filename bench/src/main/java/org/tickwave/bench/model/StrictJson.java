package org.tickwave.bench.model;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.util.HashSet;
import java.util.Set;
import org.tickwave.bench.stream.Printable;

/**
 * JSON of a known shape, read token by token: strict, without a key twice, and each wrong token refused in one line. Whoever
 * reads says what comes next, so nothing here recurses, however deep a text is nested.
 */
final class StrictJson {
    /** In an object; far more than a network that can be run has tensors, far fewer than there is no memory for. */
    private static final int MOST_KEYS = 1 << 18;

    private final JsonReader reader;
    private final String where;

    /** Reads the value of a key. */
    interface Member {
        void read(String key) throws IOException;
    }

    /** Reads an element of a list. */
    interface Element {
        void read(int index) throws IOException;
    }

    private interface Step<T> {
        T take() throws IOException;
    }

    /** @param where what every message begins with; what follows there ends, as this does, with a colon and a space */
    StrictJson(final String where, final Reader text) {
        this.where = where;
        reader = new JsonReader(text);
        reader.setStrictness(Strictness.STRICT);
    }

    void object(final String what, final Member member) throws IOException {
        expect(JsonToken.BEGIN_OBJECT, what, "an object");
        reader.beginObject();
        final Set<String> keys = new HashSet<>();
        while (take(reader::hasNext)) {
            final String key = wellFormed(what, take(reader::nextName));
            if (!keys.add(key)) {
                throw refuse(what + "key " + Printable.text(key) + " twice: expected it once");
            }
            if (keys.size() > MOST_KEYS) {
                throw refuse(what + "more than " + MOST_KEYS + " keys: expected at most as many");
            }
            member.read(key);
        }
        reader.endObject();
    }

    /** @param most elements; more are refused before they are read */
    void list(final String what, final int most, final Element element) throws IOException {
        expect(JsonToken.BEGIN_ARRAY, what, "a list");
        reader.beginArray();
        for (int i = 0; take(reader::hasNext); i++) {
            if (i == most) {
                throw refuse(what + "more than " + most + " elements: expected at most as many");
            }
            element.read(i);
        }
        reader.endArray();
    }

    String text(final String what) throws IOException {
        expect(JsonToken.STRING, what, "a string");
        return wellFormed(what, take(reader::nextString));
    }

    long whole(final String what, final long least, final long most) throws IOException {
        final String expected = "a whole number from " + least + " to " + most;
        final String digits = number(what, expected);
        try {
            final long value = Long.parseLong(digits);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (final NumberFormatException e) {
            // A fraction, an exponent, or beyond 2^63.
        }
        throw refuse(what + Printable.text(digits) + ": expected " + expected);
    }

    /** A number as it is written, for whoever knows what it is to be. */
    String number(final String what, final String expected) throws IOException {
        expect(JsonToken.NUMBER, what, expected);
        return take(reader::nextString);
    }

    /** Whatever comes next, it is one too many. */
    ModelException surplus(final String what, final String key, final String expected) {
        return refuse(what + "key " + Printable.text(key) + ": expected " + expected + " only");
    }

    void end() throws IOException {
        boolean ended;
        try {
            ended = reader.peek() == JsonToken.END_DOCUMENT;
        } catch (final MalformedJsonException e) {
            ended = false;
        }
        if (!ended) {
            throw refuse("text after its end: expected nothing but spaces there");
        }
    }

    ModelException refuse(final String message) {
        return new ModelException(where + message);
    }

    private void expect(final JsonToken token, final String what, final String expected) throws IOException {
        final JsonToken next = take(reader::peek);
        if (next != token) {
            throw refuse(what + shown(next) + ": expected " + expected);
        }
    }

    private String shown(final JsonToken token) throws IOException {
        return switch (token) {
            case BEGIN_OBJECT -> "an object";
            case BEGIN_ARRAY -> "a list";
            case STRING -> "\"" + Printable.text(take(reader::nextString)) + "\"";
            case NUMBER -> Printable.text(take(reader::nextString));
            case BOOLEAN -> String.valueOf(take(reader::nextBoolean));
            case NULL -> "null";
            default -> "nothing";
        };
    }

    private String wellFormed(final String what, final String text) throws ModelException {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
                    throw refuse(what + "half a surrogate pair, \\u" + Integer.toHexString(text.charAt(i))
                        + ": expected text that UTF-8 can hold");
                }
                i++;
            }
        }
        return text;
    }

    // Gson's own messages have an address in them, and lines.
    private <T> T take(final Step<T> step) throws IOException {
        try {
            return step.take();
        } catch (final MalformedJsonException | EOFException e) {
            throw new ModelException(where + "not JSON at " + Printable.text(reader.getPath()) + ": expected strict JSON", e);
        }
    }
}
