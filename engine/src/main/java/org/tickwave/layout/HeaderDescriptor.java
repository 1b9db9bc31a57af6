package org.tickwave.layout;

/** The first region of an image: identifies the image and locates all other regions. Integers are little-endian. */
public final class HeaderDescriptor {
    /** "TICKWAVE" in ASCII; the first letter is the lowest byte. */
    public static final long MAGIC = 0x4556_4157_4b43_4954L;
    public static final int VERSION = 3;

    public static final int MAGIC_OFFSET = 0;
    public static final int VERSION_OFFSET = 8;
    public static final int LANES_OFFSET = 12;
    public static final int IMAGE_BYTES_OFFSET = 16;
    public static final int DIGEST_OFFSET = 24;
    public static final int SEED_OFFSET = 32;
    public static final int LAYERS_OFFSET = 40;
    public static final int REGION_COUNT_OFFSET = 44;
    /** When the writer of an image file last said that it lives, in milliseconds since 1970; 0 if it never did. */
    public static final int BEAT_OFFSET = 48;
    /** The code of OPENING, AT_REST or TICKING of {@link ImageState}. */
    public static final int STATE_OFFSET = 56;
    /** The code of FAILED or CLOSED; 0 while the engine runs. While MAGIC is there, only BEAT, STATE and END of the header change. */
    public static final int END_OFFSET = 60;

    public static final int TABLE_OFFSET = 64;
    public static final int ENTRY_BYTES = 32;
    public static final int ENTRY_KIND_OFFSET = 0;
    public static final int ENTRY_OWNER_OFFSET = 4;
    public static final int ENTRY_REGION_OFFSET = 8;
    public static final int ENTRY_STRIDE_OFFSET = 16;
    public static final int ENTRY_SLOTS_OFFSET = 24;
    public static final int ENTRY_WIDTH_OFFSET = 28;

    private HeaderDescriptor() {
    }

    static long bytes(final int regions) {
        return Geometry.roundUp(TABLE_OFFSET + (long) regions * ENTRY_BYTES, SlotDescriptor.LINE_BYTES);
    }

    public static long entry(final int region) {
        return TABLE_OFFSET + (long) region * ENTRY_BYTES;
    }
}
