package org.tickwave.layout;

/**
 * The notes of an image file, for observers: the last {@link #BYTES} bytes of the file. The file begins with the image. Between the image
 * and the notes stands the shape of the network: an entry for each layer, an entry for each projection, and the names of the layers in
 * UTF-8, without a gap. Integers are little-endian.
 */
public final class NotesDescriptor {
    /** "TICKNOTE" in ASCII; the first letter is the lowest byte. */
    public static final long MAGIC = 0x4554_4f4e_4b43_4954L;
    public static final int VERSION = 2;
    public static final int BYTES = 256;
    /** The image is padded to a multiple of this, and so is the file. */
    public static final int PAGE_BYTES = 4096;

    public static final int MAGIC_OFFSET = 0;
    public static final int VERSION_OFFSET = 8;
    /** CRC-32C of all that never changes: the notes before CRC, the notes from FILE_BYTES to SEQUENCE, the shape. */
    public static final int CRC_OFFSET = 12;
    public static final int FILE_BYTES_OFFSET = 16;
    public static final int IMAGE_BYTES_OFFSET = 24;
    /** Where the shape begins in the file. */
    public static final int SHAPE_OFFSET = 32;
    public static final int SHAPE_BYTES_OFFSET = 40;
    public static final int PROCESS_OFFSET = 48;
    /** When the process began, in milliseconds since 1970; 0 if that is unknown. */
    public static final int PROCESS_START_OFFSET = 56;
    /** When the file was made, in milliseconds since 1970. */
    public static final int CREATED_OFFSET = 64;
    /** How many layers there are, inputs included. */
    public static final int LAYERS_OFFSET = 72;
    public static final int PROJECTIONS_OFFSET = 76;
    public static final int HOLD_OFFSET = 80;
    /** Ticks from a frame to the answer. */
    public static final int LATENCY_OFFSET = 84;
    /** 0 diffusion, -1 aligned, R for window:R. */
    public static final int RULE_OFFSET = 88;

    /** Odd while the numbers from {@link #BUDGET_OFFSET} to {@link #TICK_OFFSET} change. */
    public static final int SEQUENCE_OFFSET = 128;
    public static final int BUDGET_OFFSET = 136;
    public static final int SCHEDULED_OFFSET = 144;
    public static final int FRAMES_READ_OFFSET = 152;
    public static final int LATE_FRAMES_OFFSET = 160;
    public static final int LOSS_LATELY_OFFSET = 168;
    public static final int LOSS_OFFSET = 176;
    /** How long a tick takes, in nanoseconds. */
    public static final int TICK_OFFSET = 184;

    /** When the writer closed the file, in milliseconds since 1970; 0 before. */
    public static final int CLOSED_OFFSET = 192;

    public static final int LAYER_ENTRY_BYTES = 16;
    public static final int LAYER_WIDTH_OFFSET = 0;
    /** 0 for a hidden layer, 1 for an input, 2 for an output. */
    public static final int LAYER_ROLE_OFFSET = 4;
    /** Where the name begins, after the entries of the projections. */
    public static final int LAYER_NAME_OFFSET = 8;
    public static final int LAYER_NAME_BYTES_OFFSET = 12;

    public static final int PROJECTION_ENTRY_BYTES = 16;
    public static final int PROJECTION_FROM_OFFSET = 0;
    public static final int PROJECTION_TO_OFFSET = 4;
    /** Ticks that an activation takes from layer to layer. */
    public static final int PROJECTION_TICKS_OFFSET = 8;

    private NotesDescriptor() {
    }

    /** Where the shape begins, after an image of this size. */
    public static long shape(final long imageBytes) {
        return Geometry.roundUp(imageBytes, PAGE_BYTES);
    }

    /** The size of a file. */
    public static long fileBytes(final long imageBytes, final long shapeBytes) {
        return Geometry.roundUp(shape(imageBytes) + shapeBytes + BYTES, PAGE_BYTES);
    }
}
