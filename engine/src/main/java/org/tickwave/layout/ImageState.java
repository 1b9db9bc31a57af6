package org.tickwave.layout;

/** What the engine of an image is doing. The ordinal is the code in the header. */
public enum ImageState {
    /** The engine writes the image for the first time. There is no MAGIC yet. */
    OPENING,
    /** The source has seen that every committed tick is completed, and has committed no tick since. */
    AT_REST,
    /** The source has committed ticks, and has not yet seen that all of them are completed. */
    TICKING,
    /** A band has failed. The last tick may be unfinished. */
    FAILED,
    /** The engine is closed. Its threads have left the image, unless one of them hangs. */
    CLOSED
}
