package org.tickwave.bench.stream;

import java.text.Normalizer;

/** Labels, wherever they come from: two that Unicode calls equivalent are one. */
public final class Labels {
    private Labels() {
    }

    /** The label in NFC, in which labels are compared and written. */
    public static String nfc(final String label) {
        return Normalizer.normalize(label, Normalizer.Form.NFC);
    }
}
