package org.tickwave.safetensors.file;

/** Makes any text printable, so that a message with the text stays one line. */
public final class OneLine {
    private static final int LONGEST = 200;

    private OneLine() {
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

    /** Appends a byte, or a character below 256, as a backslash, an x and two hexadecimal digits. */
    public static void escape(final StringBuilder shown, final int value) {
        shown.append("\\x").append(Character.forDigit(value >> 4, 16)).append(Character.forDigit(value & 15, 16));
    }
}
