package org.tickwave.layout;

/**
 * One region of an image: {@code slots} pieces of {@code strideBytes} each, from {@code offset} on.
 *
 * @param kind        what it holds
 * @param layer       whose it is; for weights and echo the layer that the projection leads into; 0 where it is nobody's
 * @param offset      of its first byte from the start of the image
 * @param slots       how many pieces: the depth of a ring, the panels of a weight matrix
 * @param strideBytes from one piece to the next
 * @param width       numbers that a piece is about, without padding; 0 where that says nothing
 */
public record Region(Kind kind, int layer, long offset, int slots, long strideBytes, int width) {
    /** In the order of the codes that stand in an image's region table. */
    public enum Kind {
        HEADER, COUNTERS, ZEROS, ACTIVATION, TARGET, WEIGHTS, BIAS, SCRATCH, DELTA, ECHO
    }

    public long bytes() {
        return slots * strideBytes;
    }

    public long end() {
        return offset + bytes();
    }
}
