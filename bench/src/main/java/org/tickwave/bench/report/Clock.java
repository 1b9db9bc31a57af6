package org.tickwave.bench.report;

import java.util.Locale;

/** How a live run spreads the ticks of a frame over the frame's period. */
public enum Clock {
    /** All ticks of a frame run at once when the frame's time has come. Then the run waits for the next frame. */
    BURST,
    /** The ticks of a frame are spaced evenly: the paper's Δt. */
    SPREAD;

    /** The name in options and reports. */
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }
}
