package org.tickwave.pipeline;

/** Some ticks that the source has committed, and what they learn. Two are used in turn: one is written while the other's last tick runs. */
final class Commit extends Learning {
    /** The tick after its last. */
    long end;
    /** From this tick on the frame is that of the tick before, and the target too. */
    long heldFrom;

    Commit() {
        super(0, false);
    }
}
