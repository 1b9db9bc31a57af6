package org.tickwave.pipeline;

/**
 * Some ticks that the source has committed, all with the frame of the first, and what they learn. Two are used in turn: one is
 * written while the other's last tick runs.
 */
final class Commit extends Learning {
    /** The tick after its last. */
    long end;

    Commit() {
        super(0, false);
    }
}
