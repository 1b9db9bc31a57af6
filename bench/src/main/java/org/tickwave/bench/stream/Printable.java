package org.tickwave.bench.stream;

import org.tickwave.safetensors.file.OneLine;

/** Makes any text or bytes printable, so that a message with them stays one line. */
public final class Printable {
    private Printable() {
    }

    /** A name or a value with its control characters escaped, cut after 200 characters. */
    public static String text(final String text) {
        return OneLine.text(text);
    }

    /** Bytes in quotes. All bytes that are not printable ASCII are escaped. */
    static String bytes(final byte[] bytes) {
        final StringBuilder shown = new StringBuilder("\"");
        for (final byte b : bytes) {
            if (b == '\n') {
                shown.append("\\n");
            } else if (b < ' ' || b > '~') {
                OneLine.escape(shown, b & 0xff);
            } else {
                if (b == '"' || b == '\\') {
                    shown.append('\\');
                }
                shown.append((char) b);
            }
        }
        return shown.append('"').toString();
    }
}
