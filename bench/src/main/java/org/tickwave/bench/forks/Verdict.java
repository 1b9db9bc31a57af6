package org.tickwave.bench.forks;

import com.google.gson.annotations.SerializedName;

/** What the forks say about one side of two. */
public enum Verdict {
    @SerializedName("faster")
    FASTER("faster"),
    @SerializedName("slower")
    SLOWER("slower"),
    @SerializedName("no verdict")
    NONE("no verdict");

    /**
     * With fewer forks on a side there is no verdict. The intervals of two equal builds lie apart by chance in 1 of 35 comparisons of
     * four forks each, but in 1 of 10 of three.
     */
    public static final int LEAST_FORKS = 4;

    private final String words;

    Verdict(final String words) {
        this.words = words;
    }

    /** A side is faster if the two intervals do not overlap. */
    public static Verdict of(final Spread base, final Spread other, final boolean higherBetter) {
        if (Math.min(base.forks().size(), other.forks().size()) < LEAST_FORKS || base.overlaps(other)) {
            return NONE;
        }
        return other.low() > base.high() == higherBetter ? FASTER : SLOWER;
    }

    @Override
    public String toString() {
        return words;
    }
}
