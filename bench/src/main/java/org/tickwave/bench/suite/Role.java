package org.tickwave.bench.suite;

import com.google.gson.annotations.SerializedName;
import java.util.Locale;

/** Whose time a figure tells. */
enum Role {
    /** This engine. */
    @SerializedName("ours")
    OURS,
    /** What a user might take instead. */
    @SerializedName("peer")
    PEER,
    /** A limit of the machine or of the engine. */
    @SerializedName("ceiling")
    CEILING;

    static Role parse(final String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
