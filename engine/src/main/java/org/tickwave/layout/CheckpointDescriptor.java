package org.tickwave.layout;

/**
 * A checkpoint file: a header, a table with an entry for each section, then the sections, one after the other without a gap. A
 * section is a region of the image, or what the embedder has added. Matrices stand row by row, so the lane width is no part of the
 * file. Integers are little-endian.
 */
public final class CheckpointDescriptor {
    /** "TICKKEEP" in ASCII; the first letter is the lowest byte. */
    public static final long MAGIC = 0x5045_454b_4b43_4954L;
    public static final int VERSION = 1;

    public static final int MAGIC_OFFSET = 0;
    public static final int VERSION_OFFSET = 8;
    /** {@link HeaderDescriptor#VERSION} of the image. */
    public static final int IMAGE_VERSION_OFFSET = 12;
    public static final int FILE_BYTES_OFFSET = 16;
    public static final int DIGEST_OFFSET = 24;
    public static final int SEED_OFFSET = 32;
    public static final int IMAGE_BYTES_OFFSET = 40;
    public static final int LAYERS_OFFSET = 48;
    public static final int SECTION_COUNT_OFFSET = 52;
    /** CRC-32C of the table. */
    public static final int TABLE_CRC_OFFSET = 56;
    /** CRC-32C of the header before this field. */
    public static final int HEADER_CRC_OFFSET = 60;

    public static final int TABLE_OFFSET = 64;
    public static final int ENTRY_BYTES = 64;
    /** The code of a kind of regions, or {@link #ADDED}. */
    public static final int ENTRY_KIND_OFFSET = 0;
    public static final int ENTRY_OWNER_OFFSET = 4;
    /** Where the region stands in the image. */
    public static final int ENTRY_REGION_OFFSET = 8;
    /** As in the image; of a matrix the bytes of a row. */
    public static final int ENTRY_STRIDE_OFFSET = 16;
    /** As in the image; of a matrix the rows. */
    public static final int ENTRY_SLOTS_OFFSET = 24;
    /** As in the image; of an added section the bytes of its name, with which the section begins. */
    public static final int ENTRY_WIDTH_OFFSET = 28;
    /** Where the section stands in the file. */
    public static final int ENTRY_PLACE_OFFSET = 32;
    /** 0 for a region that means nothing between two ticks. */
    public static final int ENTRY_LENGTH_OFFSET = 40;
    /** CRC-32C of the section. */
    public static final int ENTRY_CRC_OFFSET = 48;

    /** The kind of a section that is no region of the image. */
    public static final int ADDED = -1;
    /** Most bytes in the name of an added section. */
    public static final int NAME_BYTES = 64;

    private CheckpointDescriptor() {
    }

    public static long entry(final int section) {
        return TABLE_OFFSET + (long) section * ENTRY_BYTES;
    }

    /** Whether a region is in the file. The others are zero, or mean nothing between two ticks. */
    public static boolean holds(final Region.Kind kind) {
        return switch (kind) {
            case COUNTERS, ACTIVATION, TARGET, WEIGHTS, BIAS, DELTA, ECHO, SETTINGS, FEEDBACK -> true;
            case HEADER, ZEROS, SCRATCH, ANSWER, STATISTICS, UPDATES -> false;
        };
    }

    /** Whether a region is a matrix, which stands row by row in the file. */
    public static boolean matrix(final Region.Kind kind) {
        return kind == Region.Kind.WEIGHTS || kind == Region.Kind.FEEDBACK;
    }
}
