package org.tickwave.bench.stream;

import java.text.Normalizer;
import java.util.Comparator;

/** The canonical form and the order of labels. Labels that are equivalent in Unicode are the same label. */
public final class Labels {
    /** Compares by code points. {@link String#compareTo} would put surrogate pairs before U+E000 to U+FFFF. */
    public static final Comparator<String> BY_CODE_POINTS = (a, b) -> {
        int i = 0;
        while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        if (i == a.length() || i == b.length()) {
            return a.length() - b.length();
        }
        final char c = a.charAt(i);
        final char d = b.charAt(i);
        return Character.isSurrogate(c) == Character.isSurrogate(d) ? c - d : Character.isSurrogate(c) ? 1 : -1;
    };

    private Labels() {
    }

    /** The label in NFC. Labels are compared and written in NFC. */
    public static String nfc(final String label) {
        return Normalizer.normalize(label, Normalizer.Form.NFC);
    }
}
