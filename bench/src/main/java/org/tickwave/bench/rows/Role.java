package org.tickwave.bench.rows;

import com.google.gson.annotations.SerializedName;

/** What a learner is in a comparison. */
public enum Role {
    /** The engine, as {@code run} sets it up. */
    @SerializedName("ours")
    OURS,
    /** What else a user could pick. */
    @SerializedName("peer")
    PEER,
    /** A rule of thumb that learns next to nothing. */
    @SerializedName("baseline")
    BASELINE
}
