package org.tickwave.bench.peer;

/**
 * A benchmark throws this in its set-up if this machine lacks what the benchmark needs, such as a library. The suite then names the
 * benchmark and the reason, and is no failure.
 */
public final class Skipped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param why one line for the user: what is missing, and how to get it */
    public Skipped(final String why) {
        super(why);
    }
}
