package org.tickwave.bench.stream;

import java.text.Normalizer;

/** The canonical form of labels: labels that are equivalent in Unicode are the same label. */
public final class Labels {
    private Labels() {
    }

    /** The label in NFC. Labels are compared and written in NFC. */
    public static String nfc(final String label) {
        return Normalizer.normalize(label, Normalizer.Form.NFC);
    }
}
