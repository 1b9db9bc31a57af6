package org.tickwave.layout;

/** A slot of a ring: a cache line that describes the vector, then the vector. */
public final class SlotDescriptor {
    public static final int LINE_BYTES = 64;

    /** The tick of the vector; -1 while the vector is being written. A long. */
    public static final int TICK_OFFSET = 0;
    /** Activations: the number of the frame that the vector was made from, from 1; 0 if there is none. A long. */
    public static final int FRAME_OFFSET = 8;
    /** Targets: 1 if the frame has a target, else 0. An int. */
    public static final int PRESENT_OFFSET = 16;
    /**
     * Activations and errors: 1 if the guard refused the vector, which then is zero. Activations: 1 also if the vector was made
     * from one that bears the mark. An int.
     */
    public static final int REFUSED_OFFSET = 20;
    /** The vector in float32, padded with zeros to a multiple of 64 numbers. */
    public static final int VECTOR_OFFSET = LINE_BYTES;

    /** The tick of a slot that holds no vector. */
    public static final long NO_TICK = -1;

    private SlotDescriptor() {
    }
}
