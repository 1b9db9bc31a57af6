package org.tickwave.bench.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.tickwave.bench.stream.Printable;

/** The text of a description, and the place of each of its characters. A place is an index in the text. */
final class SourceText {
    static final int MOST_BYTES = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final String name;
    private final String text;

    /** @param name name of the file in messages */
    SourceText(final String name, final String text) {
        this.name = name;
        this.text = text;
    }

    /** Reads a stream to its end. Refuses a text that is too long or is not UTF-8. */
    static SourceText read(final String name, final InputStream from) throws IOException {
        final byte[] bytes = from.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new NetworkException(name + ": more than " + MOST_BYTES + " bytes: expected at most " + MOST_BYTES);
        }
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        final CharBuffer chars = CharBuffer.allocate(bytes.length);
        final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        final CoderResult result = decoder.decode(in, chars, true);
        final SourceText text = new SourceText(name, chars.flip().toString());
        if (result.isError()) {
            throw text.refuse(
                chars.length(), "byte 0x" + HexFormat.of().toHexDigits(in.get(in.position())) + ": expected text in UTF-8");
        }
        return text;
    }

    int length() {
        return text.length();
    }

    char at(final int place) {
        return text.charAt(place);
    }

    String between(final int from, final int to) {
        return text.substring(from, to);
    }

    boolean startsWith(final String part, final int place) {
        return text.startsWith(part, place);
    }

    /** The place of the first character. A byte order mark before it is no character. */
    int start() {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    }

    /** The character at a place, in words for a message. */
    String shown(final int place) {
        return place >= text.length() ? "the end of the text"
            : "'" + Printable.text(Character.toString(text.codePointAt(place))) + "'";
    }

    /** @param message ends with what was expected */
    NetworkException refuse(final int place, final String message) {
        int line = 1;
        int lineStart = start();
        for (int i = lineStart; i < place; i++) {
            final char c = text.charAt(i);
            if (c == '\n' || c == '\r' && !text.startsWith("\n", i + 1)) {
                line++;
                lineStart = i + 1;
            }
        }
        final int column = 1 + (place < lineStart ? 0 : text.codePointCount(lineStart, place));
        return new NetworkException(name + ": line " + line + ", column " + column + ": " + message);
    }

    /** A refusal that concerns no place. */
    NetworkException refuse(final String message) {
        return new NetworkException(name + ": " + message);
    }
}
