package org.tickwave.safetensors.file;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads JSON of a known structure, token by token. Only strict JSON without duplicate keys is accepted; a wrong token is refused with
 * a message of one line. The caller says which token is next, so deeply nested text cannot overflow the stack.
 */
public final class StrictJson {
    /** Limit of the keys of an object: enough for the tensors of every network, and few enough to fit in memory. */
    public static final int MOST_KEYS = 1 << 18;

    private final JsonReader reader;
    private final String where;

    /** Reads the value of a key. */
    public interface Member {
        void read(String key) throws IOException;
    }

    /** Reads an element of a list. */
    public interface Element {
        void read(int index) throws IOException;
    }

    private interface Step<T> {
        T take() throws IOException;
    }

    /** @param where start of every message; this and every parameter called "what" end with a colon and a space */
    public StrictJson(final String where, final Reader text) {
        this.where = where;
        reader = new JsonReader(text);
        reader.setStrictness(Strictness.STRICT);
    }

    public void object(final String what, final Member member) throws IOException {
        expect(JsonToken.BEGIN_OBJECT, what, "an object");
        reader.beginObject();
        final Set<String> keys = new HashSet<>();
        while (take(reader::hasNext)) {
            final String key = wellFormed(what, take(reader::nextName));
            if (!keys.add(key)) {
                throw refuse(what + "key " + OneLine.text(key) + " occurs twice: expected once");
            }
            if (keys.size() > MOST_KEYS) {
                throw refuse(what + "more than " + MOST_KEYS + " keys: expected at most " + MOST_KEYS);
            }
            member.read(key);
        }
        reader.endObject();
    }

    /** @param most largest number of elements; a further element is refused before it is read */
    public void list(final String what, final int most, final Element element) throws IOException {
        expect(JsonToken.BEGIN_ARRAY, what, "a list");
        reader.beginArray();
        for (int i = 0; take(reader::hasNext); i++) {
            if (i == most) {
                throw refuse(what + "more than " + most + " elements: expected at most " + most);
            }
            element.read(i);
        }
        reader.endArray();
    }

    public String text(final String what) throws IOException {
        expect(JsonToken.STRING, what, "a string");
        return wellFormed(what, take(reader::nextString));
    }

    public long whole(final String what, final long least, final long most) throws IOException {
        final String expected = "a whole number from " + least + " to " + most;
        final String digits = number(what, expected);
        try {
            final long value = Long.parseLong(digits);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (final NumberFormatException e) {
            // The number has a fraction or an exponent, or is out of the range of long.
        }
        throw refuse(what + OneLine.text(digits) + ": expected " + expected);
    }

    /** The text of a number. */
    public String number(final String what, final String expected) throws IOException {
        expect(JsonToken.NUMBER, what, expected);
        return take(reader::nextString);
    }

    public FileException unknownKey(final String what, final String key, final String expected) {
        return refuse(what + "unknown key " + OneLine.text(key) + ": expected " + expected + " only");
    }

    public void end() throws IOException {
        boolean ended;
        try {
            ended = reader.peek() == JsonToken.END_DOCUMENT;
        } catch (final MalformedJsonException e) {
            ended = false;
        }
        if (!ended) {
            throw refuse("text after the end of the value: expected only spaces there");
        }
    }

    public FileException refuse(final String message) {
        return new FileException(where + message);
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
            case STRING -> "\"" + OneLine.text(take(reader::nextString)) + "\"";
            case NUMBER -> OneLine.text(take(reader::nextString));
            case BOOLEAN -> String.valueOf(take(reader::nextBoolean));
            case NULL -> "null";
            default -> "nothing";
        };
    }

    private String wellFormed(final String what, final String text) throws FileException {
        final int unpaired = unpairedSurrogate(text);
        if (unpaired >= 0) {
            throw refuse(what + "unpaired surrogate \\u" + Integer.toHexString(text.charAt(unpaired)) + ": expected valid Unicode");
        }
        return text;
    }

    /** The index of the first surrogate without its other half; -1 if the text is valid Unicode. */
    public static int unpairedSurrogate(final String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    // Gson's own messages contain a URL and have several lines.
    private <T> T take(final Step<T> step) throws IOException {
        try {
            return step.take();
        } catch (final MalformedJsonException | EOFException e) {
            throw new FileException(where + "invalid JSON at " + OneLine.text(reader.getPath()) + ": expected strict JSON", e);
        }
    }
}
