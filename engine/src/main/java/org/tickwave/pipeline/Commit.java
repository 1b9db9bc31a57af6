package org.tickwave.pipeline;

/**
 * Ticks that the source has committed with one frame, and what they learn. Two commits take turns: the source writes one while
 * the last tick of the other runs.
 */
final class Commit extends Learning {
    /** The tick after the last tick of the commit. */
    long end;

    Commit() {
        super(0, false);
    }
}
