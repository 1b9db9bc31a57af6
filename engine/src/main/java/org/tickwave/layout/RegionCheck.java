package org.tickwave.layout;

/**
 * Checks the entries of a region table, one after the other. A region must follow the region before, lie within the image, stand
 * on lines, and have room for what its kind holds. No sum or product of two numbers of an entry overflows.
 */
final class RegionCheck {
    private static final Region.Kind[] KINDS = Region.Kind.values();

    private final int lanes;
    private final long imageBytes;
    private final int layers;
    private final int count;
    private int next;
    private long end;

    RegionCheck(final int lanes, final long imageBytes, final int layers, final int count) {
        this.lanes = lanes;
        this.imageBytes = imageBytes;
        this.layers = layers;
        this.count = count;
    }

    /** Checks the next entry. */
    Region next(
        final int code, final int owner, final long offset, final long strideBytes, final int slots, final int width) {
        final HeaderCheck ofEntry = new HeaderCheck("entry " + next);
        if (next == 0) {
            ofEntry.expectSame("KIND", code, Region.Kind.HEADER.ordinal());
            ofEntry.expectSame("REGION", offset, 0);
        }
        ofEntry.expect("KIND", code, next == 0 ? 0 : 1, KINDS.length - 1, 1);
        final Region.Kind kind = KINDS[code];
        final HeaderCheck check = new HeaderCheck("entry " + next + ", " + kind + " " + owner);
        check.expect("OWNER", owner, leastOwner(kind), mostOwner(kind), 1);
        final int line = ImageLayout.lineOf(kind);
        check.expect("REGION", offset, end, imageBytes - line, line);
        final long room = imageBytes - offset;
        switch (kind) {
            case COUNTERS -> check.expectSame("STRIDE", strideBytes, CountersDescriptor.STRIDE_BYTES);
            case SETTINGS -> check.expectSame("STRIDE", strideBytes, SettingsDescriptor.STRIDE_BYTES);
            default -> check.expect("STRIDE", strideBytes, leastStride(kind), room, strideMultiple(kind));
        }
        check.expect("SLOTS", slots, leastSlots(kind), Math.min(room / strideBytes, Integer.MAX_VALUE), 1);
        check.expect("WIDTH", width, leastWidth(kind), mostWidth(kind, strideBytes, slots), 1);
        final Region region = new Region(kind, owner, offset, slots, strideBytes, width);
        next++;
        end = region.end();
        return region;
    }

    private static int leastOwner(final Region.Kind kind) {
        return kind == Region.Kind.WEIGHTS || kind == Region.Kind.ECHO || kind == Region.Kind.FEEDBACK ? 1 : 0;
    }

    /** An image has at least a region for each projection and for each direct edge, so there are fewer edges than regions. */
    private int mostOwner(final Region.Kind kind) {
        return switch (kind) {
            case HEADER, COUNTERS, ZEROS, ANSWER, SETTINGS -> 0;
            case ACTIVATION, TARGET, BIAS, SCRATCH, DELTA -> layers;
            case WEIGHTS, ECHO, FEEDBACK -> count;
            case STATISTICS, UPDATES -> Integer.MAX_VALUE;
        };
    }

    private long leastStride(final Region.Kind kind) {
        return kind == Region.Kind.HEADER ? HeaderDescriptor.bytes(count) : SlotDescriptor.LINE_BYTES;
    }

    private int strideMultiple(final Region.Kind kind) {
        return kind == Region.Kind.WEIGHTS || kind == Region.Kind.FEEDBACK ? lanes * 4 * Float.BYTES : SlotDescriptor.LINE_BYTES;
    }

    private int leastSlots(final Region.Kind kind) {
        return switch (kind) {
            case COUNTERS -> layers + 1;
            case SETTINGS -> SettingsDescriptor.LINES;
            default -> 1;
        };
    }

    private static int leastWidth(final Region.Kind kind) {
        return switch (kind) {
            case ACTIVATION, TARGET, WEIGHTS, BIAS, SCRATCH, DELTA, ECHO, FEEDBACK -> 1;
            default -> 0;
        };
    }

    private long mostWidth(final Region.Kind kind, final long strideBytes, final int slots) {
        final long width = switch (kind) {
            case HEADER, COUNTERS, ZEROS, ANSWER, SETTINGS -> 0;
            case ACTIVATION, TARGET, DELTA, ECHO -> (strideBytes - SlotDescriptor.VECTOR_OFFSET) / Float.BYTES;
            case BIAS, SCRATCH -> strideBytes / Float.BYTES;
            case WEIGHTS, FEEDBACK -> slots * 4L * lanes;
            case STATISTICS, UPDATES -> Integer.MAX_VALUE;
        };
        return Math.min(width, Integer.MAX_VALUE);
    }
}
