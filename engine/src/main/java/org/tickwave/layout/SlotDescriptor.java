package org.tickwave.layout;

/** A slot of a ring that carries its tick: a line about the vector, then the vector. */
public final class SlotDescriptor {
    public static final int LINE_BYTES = 64;

    /** The tick that the vector belongs to, -1 while it is written; a long. */
    public static final int TICK_OFFSET = 0;
    /** Activations: the number of the frame whose wave this is, from 1; 0 for none; a long. */
    public static final int FRAME_OFFSET = 8;
    /** Targets: 1 if the frame has one, else 0; an int. */
    public static final int PRESENT_OFFSET = 16;
    /** Activations and errors: 1 if the guard refused the vector, which then is zero; an int. */
    public static final int REFUSED_OFFSET = 20;
    /** The vector, in float32, padded with zeros to whole panels. */
    public static final int VECTOR_OFFSET = LINE_BYTES;

    /** What the line of a slot holds that stands for no tick. */
    public static final long NO_TICK = -1;

    private SlotDescriptor() {
    }
}
