package org.tickwave.bench.forks;

import com.google.gson.annotations.SerializedName;

/** Why no further fork ran. */
public enum End {
    @SerializedName("done")
    DONE,
    @SerializedName("interrupted")
    INTERRUPTED,
    @SerializedName("failed")
    FAILED
}
