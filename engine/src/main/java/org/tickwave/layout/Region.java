package org.tickwave.layout;

/**
 * One region of an image: {@code slots} pieces of {@code strideBytes} each, starting at {@code offset}.
 *
 * @param kind        what the region holds
 * @param owner       the layer that owns the region; for weights, echo and feedback the edge; 0 if neither does
 * @param offset      bytes from the start of the image
 * @param slots       number of pieces: the depth of a ring, the panels of a weight matrix
 * @param strideBytes distance from one piece to the next
 * @param width       numbers in a piece, without padding; 0 where the region has no such number
 */
public record Region(Kind kind, int owner, long offset, int slots, long strideBytes, int width) {
    /** The ordinal is the code in the image's region table. No image has regions of the last two kinds yet. */
    public enum Kind {
        HEADER, COUNTERS, ZEROS, ACTIVATION, TARGET, WEIGHTS, BIAS, SCRATCH, DELTA, ECHO, ANSWER, SETTINGS,
        FEEDBACK, STATISTICS, UPDATES
    }

    public long bytes() {
        return slots * strideBytes;
    }

    public long end() {
        return offset + bytes();
    }
}
