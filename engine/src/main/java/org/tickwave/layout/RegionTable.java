package org.tickwave.layout;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The region table of an image, with those fields of the header that it needs. {@link ImageLayout} makes a table, and
 * {@link #write} puts the table into an image. {@link #read} takes the table from an image, and believes nothing: every region of
 * the result lies within the image, and has room for what its kind holds.
 */
public final class RegionTable {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = LONG.varHandle();

    private final int lanes;
    private final long imageBytes;
    private final int layers;
    private final List<Region> regions;
    private final Map<Long, Region> byOwner = new HashMap<>();

    /** @param layers L, the number of the last layer */
    public RegionTable(final int lanes, final long imageBytes, final int layers, final List<Region> regions) {
        this.lanes = lanes;
        this.imageBytes = imageBytes;
        this.layers = layers;
        this.regions = List.copyOf(regions);
        for (int i = 0; i < regions.size(); i++) {
            final Region region = regions.get(i);
            if (byOwner.put(key(region.kind(), region.owner()), region) != null) {
                throw new IllegalArgumentException("OWNER " + region.owner() + " of entry " + i + ", " + region.kind()
                    + ": expected an owner that no entry before has");
            }
        }
    }

    private static long key(final Region.Kind kind, final int owner) {
        return (long) kind.ordinal() << Integer.SIZE | owner;
    }

    /**
     * Reads and checks the table of a complete image. Changes nothing.
     *
     * @param segment begins with the image; may be longer
     * @throws IllegalArgumentException if the segment holds no image of this version, or an image that is cut short or damaged. The
     *                                  message names the field, its value, the region, and what was expected
     */
    public static RegionTable read(final MemorySegment segment) {
        if (segment.maxByteAlignment() < Long.BYTES) {
            throw new IllegalArgumentException(
                "an image aligned to " + segment.maxByteAlignment() + " bytes: expected at least " + Long.BYTES);
        }
        final HeaderCheck check = new HeaderCheck("the header");
        check.expect("the segment's length", segment.byteSize(), HeaderDescriptor.TABLE_OFFSET, Long.MAX_VALUE, 1);
        final long magic = (long) LONGS.getAcquire(segment, (long) HeaderDescriptor.MAGIC_OFFSET);
        if (magic != HeaderDescriptor.MAGIC) {
            throw new IllegalArgumentException("MAGIC 0x" + Long.toHexString(magic) + " in the header: expected 0x"
                + Long.toHexString(HeaderDescriptor.MAGIC) + ", which a complete image has");
        }
        return readOpening(segment);
    }

    /** Reads and checks the table as {@link #read} does, in an image that has no MAGIC yet. */
    public static RegionTable readOpening(final MemorySegment segment) {
        final HeaderCheck check = new HeaderCheck("the header");
        check.expect("VERSION", segment.get(INT, HeaderDescriptor.VERSION_OFFSET),
            HeaderDescriptor.VERSION, HeaderDescriptor.VERSION, 1);
        final int lanes = segment.get(INT, HeaderDescriptor.LANES_OFFSET);
        if (lanes != 4 && lanes != 8 && lanes != 16) {
            throw check.refused("LANES", lanes, "4, 8 or 16");
        }
        final long bytes = segment.get(LONG, HeaderDescriptor.IMAGE_BYTES_OFFSET);
        check.expect("IMAGE_BYTES", bytes, HeaderDescriptor.TABLE_OFFSET, segment.byteSize(), SlotDescriptor.LINE_BYTES);
        final int layers = segment.get(INT, HeaderDescriptor.LAYERS_OFFSET);
        check.expect("LAYERS", layers, 1, Integer.MAX_VALUE - 1, 1);
        final int count = segment.get(INT, HeaderDescriptor.REGION_COUNT_OFFSET);
        check.expect("REGION_COUNT", count, 1, (bytes - HeaderDescriptor.TABLE_OFFSET) / HeaderDescriptor.ENTRY_BYTES, 1);
        final RegionCheck regionCheck = new RegionCheck(lanes, bytes, layers, count);
        final List<Region> regions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final long entry = HeaderDescriptor.entry(i);
            regions.add(regionCheck.next(
                segment.get(INT, entry + HeaderDescriptor.ENTRY_KIND_OFFSET),
                segment.get(INT, entry + HeaderDescriptor.ENTRY_OWNER_OFFSET),
                segment.get(LONG, entry + HeaderDescriptor.ENTRY_REGION_OFFSET),
                segment.get(LONG, entry + HeaderDescriptor.ENTRY_STRIDE_OFFSET),
                segment.get(INT, entry + HeaderDescriptor.ENTRY_SLOTS_OFFSET),
                segment.get(INT, entry + HeaderDescriptor.ENTRY_WIDTH_OFFSET)));
        }
        return new RegionTable(lanes, bytes, layers, regions);
    }

    /** Writes the table, the version, the lanes, the size and the number of layers into the header of an image without MAGIC. */
    public void write(final MemorySegment segment) {
        segment.set(INT, HeaderDescriptor.VERSION_OFFSET, HeaderDescriptor.VERSION);
        segment.set(INT, HeaderDescriptor.LANES_OFFSET, lanes);
        segment.set(LONG, HeaderDescriptor.IMAGE_BYTES_OFFSET, imageBytes);
        segment.set(INT, HeaderDescriptor.LAYERS_OFFSET, layers);
        segment.set(INT, HeaderDescriptor.REGION_COUNT_OFFSET, regions.size());
        for (int i = 0; i < regions.size(); i++) {
            final Region region = regions.get(i);
            final long entry = HeaderDescriptor.entry(i);
            segment.set(INT, entry + HeaderDescriptor.ENTRY_KIND_OFFSET, region.kind().ordinal());
            segment.set(INT, entry + HeaderDescriptor.ENTRY_OWNER_OFFSET, region.owner());
            segment.set(LONG, entry + HeaderDescriptor.ENTRY_REGION_OFFSET, region.offset());
            segment.set(LONG, entry + HeaderDescriptor.ENTRY_STRIDE_OFFSET, region.strideBytes());
            segment.set(INT, entry + HeaderDescriptor.ENTRY_SLOTS_OFFSET, region.slots());
            segment.set(INT, entry + HeaderDescriptor.ENTRY_WIDTH_OFFSET, region.width());
        }
    }

    /**
     * Compares this table, which was read from an image, with that of a layout.
     *
     * @throws IllegalArgumentException if they differ; the message names the first difference
     */
    public void expectSame(final RegionTable expected) {
        expectSame("LANES", "the header", lanes, expected.lanes);
        expectSame("LAYERS", "the header", layers, expected.layers);
        expectSame("REGION_COUNT", "the header", regions.size(), expected.regions.size());
        for (int i = 0; i < regions.size(); i++) {
            final Region mine = regions.get(i);
            final Region other = expected.regions.get(i);
            final String where = "entry " + i + ", " + other.kind() + " " + other.owner();
            expectSame("KIND", where, mine.kind().ordinal(), other.kind().ordinal());
            expectSame("OWNER", where, mine.owner(), other.owner());
            expectSame("WIDTH", where, mine.width(), other.width());
            expectSame("SLOTS", where, mine.slots(), other.slots());
            expectSame("STRIDE", where, mine.strideBytes(), other.strideBytes());
            expectSame("REGION", where, mine.offset(), other.offset());
        }
        expectSame("IMAGE_BYTES", "the header", imageBytes, expected.imageBytes);
    }

    private static void expectSame(final String field, final String where, final long value, final long expected) {
        if (value != expected) {
            throw new HeaderCheck(where).refused(field, value, expected + ", as this network with this history has");
        }
    }

    /** float32 lanes of a vector: 4, 8 or 16. */
    public int lanes() {
        return lanes;
    }

    public long imageBytes() {
        return imageBytes;
    }

    /** L, the number of the last layer. */
    public int layers() {
        return layers;
    }

    /** All regions, in the order of their offsets. */
    public List<Region> regions() {
        return regions;
    }

    public boolean has(final Region.Kind kind, final int owner) {
        return byOwner.containsKey(key(kind, owner));
    }

    /** @throws IllegalArgumentException if the image has no such region */
    public Region region(final Region.Kind kind, final int owner) {
        final Region region = byOwner.get(key(kind, owner));
        if (region == null) {
            throw new IllegalArgumentException("no " + kind + " " + owner + " in the region table: expected one");
        }
        return region;
    }

    /** The ring of an owner. Throws as {@link #region} does. */
    public RingDescriptor ring(final Region.Kind kind, final int owner) {
        return new RingDescriptor(region(kind, owner));
    }
}
