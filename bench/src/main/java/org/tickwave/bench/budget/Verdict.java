package org.tickwave.bench.budget;

import java.util.Locale;

/** Whether a tick fits its budget. */
enum Verdict {
    /** Also a slow tick leaves the reserve that was asked for. */
    FITS("fits"),
    /** Also a slow tick is in time, but leaves less reserve. */
    TIGHT("tight"),
    /** The median tick is in time. A slow tick is late. */
    SOMETIMES_LATE("sometimes late"),
    /** The median tick is late. */
    TOO_SLOW("too slow"),
    /** The image is larger than the memory that is available. */
    NO_MEMORY("no memory");

    private final String words;

    Verdict(final String words) {
        this.words = words;
    }

    /**
     * @param budgetNs of a tick
     * @param needNs   of a slow tick
     * @param p50Ns    of the median tick
     * @param share    of the budget that a tick may need to fit
     */
    static Verdict of(final double budgetNs, final double needNs, final double p50Ns, final double share) {
        return needNs <= share * budgetNs ? FITS : needNs <= budgetNs ? TIGHT : p50Ns <= budgetNs ? SOMETIMES_LATE : TOO_SLOW;
    }

    /** For readers. */
    String words() {
        return words;
    }

    /** For {@code --json}. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
