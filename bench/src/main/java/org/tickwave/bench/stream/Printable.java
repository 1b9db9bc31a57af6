package org.tickwave.bench.stream;

/** Makes any text or bytes printable, so that a message with them stays one line. */
public final class Printable {
    private static final int LONGEST = 200;

    private Printable() {
    }

    /** A name or a value with its control characters escaped, cut after 200 characters. */
    public static String text(final String text) {
        final StringBuilder shown = new StringBuilder();
        final int n = Math.min(text.length(), LONGEST);
        for (int i = 0; i < n; i++) {
            final char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                escape(shown, c);
            } else if (c == '\u2028' || c == '\u2029') {
                shown.append(' ');
            } else {
                shown.append(c);
            }
        }
        return text.length() > LONGEST ? shown + "..." : shown.toString();
    }

    /** Bytes in quotes. All bytes that are not printable ASCII are escaped. */
    static String bytes(final byte[] bytes) {
        final StringBuilder shown = new StringBuilder("\"");
        for (final byte b : bytes) {
            if (b == '\n') {
                shown.append("\\n");
            } else if (b < ' ' || b > '~') {
                escape(shown, b & 0xff);
            } else {
                if (b == '"' || b == '\\') {
                    shown.append('\\');
                }
                shown.append((char) b);
            }
        }
        return shown.append('"').toString();
    }

    private static void escape(final StringBuilder shown, final int value) {
        shown.append("\\x").append(Character.forDigit(value >> 4, 16)).append(Character.forDigit(value & 15, 16));
    }
}
