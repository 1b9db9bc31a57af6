package org.tickwave.layout;

import java.math.BigInteger;
import java.util.Arrays;

/** The numbers that determine an image: lanes, widths of the layers, the wiring with the delays of its rule, history. */
public final class Geometry {
    /** The possible numbers of float32 lanes: 128, 256 and 512 bits. */
    private static final int[] LANES = {4, 8, 16};

    /** More than any machine can map. Sums of sizes below this limit do not overflow a long. */
    private static final long MAX_IMAGE_BYTES = 1L << 47;

    private final int lanes;
    private final int[] widths;
    private final Wiring wiring;
    private final int history;

    /**
     * @param lanes   float32 lanes of a vector: 4, 8 or 16
     * @param widths  neurons of every layer, inputs included; at least two layers, each at least 1 wide
     * @param wiring  the projections between so many layers, under a rule
     * @param history extra slots in every ring, for observers of past waves
     * @throws IllegalArgumentException if a number is out of range, or if the image would be too large for any machine
     */
    public Geometry(final int lanes, final int[] widths, final Wiring wiring, final int history) {
        this.lanes = lanes;
        this.widths = widths.clone();
        this.wiring = wiring;
        this.history = history;
        if (Arrays.binarySearch(LANES, lanes) < 0) {
            throw new IllegalArgumentException("lanes " + lanes + ": expected 4, 8 or 16 (128, 256 or 512 bits)");
        }
        if (widths.length < 2) {
            throw new IllegalArgumentException("widths " + Arrays.toString(widths) + ": expected at least two widths, of the input and the output");
        }
        for (int l = 0; l < widths.length; l++) {
            if (widths[l] < 1) {
                throw new IllegalArgumentException("width " + widths[l] + " of layer " + l + ": expected at least 1");
            }
        }
        if (wiring.layers() != widths.length) {
            throw new IllegalArgumentException("a wiring of " + wiring.layers() + " layers: expected " + widths.length);
        }
        if (history < 0 || history > 1 << 20) {
            throw new IllegalArgumentException("history " + history + ": expected 0 to 1048576 slots");
        }
        refuseTooLarge();
    }

    /** Checks a lower bound of the image's size, in numbers that cannot overflow. */
    private void refuseTooLarge() {
        BigInteger floats = BigInteger.ZERO;
        for (int l = 0; l < widths.length; l++) {
            final BigInteger padded = BigInteger.valueOf(padded(widths[l]));
            floats = floats.add(padded.multiply(BigInteger.valueOf(activationSlots(l) + deltaSlots() + 5L + WeightsDescriptor.SUMS)));
        }
        for (int e = 1; e <= wiring.edges(); e++) {
            final int matrices = (e <= wiring.projections() ? 1 : 0) + (wiring.hasMatrix(e) ? 1 : 0);
            final BigInteger columns = BigInteger.valueOf(padded(widths[wiring.from(e)]));
            floats = floats.add(columns.multiply(BigInteger.valueOf((long) matrices * widths[wiring.to(e)])));
        }
        final BigInteger bytes = floats.multiply(BigInteger.valueOf(Float.BYTES));
        if (bytes.compareTo(BigInteger.valueOf(MAX_IMAGE_BYTES)) > 0) {
            throw new IllegalArgumentException(
                "network " + this + ": its image would take at least " + bytes + " bytes; expected at most " + MAX_IMAGE_BYTES);
        }
    }

    /** The same network and history for another lane width. */
    Geometry withLanes(final int otherLanes) {
        return new Geometry(otherLanes, widths, wiring, history);
    }

    public int lanes() {
        return lanes;
    }

    public int width(final int layer) {
        return widths[layer];
    }

    /** The width of the widest layer that has weights. */
    public int widest() {
        return Arrays.stream(widths, wiring.inputs(), widths.length).max().getAsInt();
    }

    public Wiring wiring() {
        return wiring;
    }

    public int history() {
        return history;
    }

    /** {@code n} rounded up to whole groups of columns: the float32 numbers that a vector of n numbers occupies. */
    public static long padded(final long n) {
        return roundUp(n, WeightsDescriptor.GROUP_COLUMNS);
    }

    /**
     * The depth of a ring. A reader in another layer with age a needs the ticks t-a to t+1: a+2 slots. The writer itself reads
     * before it writes: a+1 slots. This holds for every order of layers within a tick.
     *
     * @param othersAge age at which other layers read; 0 also if no other layer reads, for observers
     * @param ownAge    age at which the writer reads
     */
    private static int depth(final int othersAge, final int ownAge) {
        return Math.max(othersAge + 2, ownAge + 1);
    }

    public int activationSlots(final int layer) {
        int age = 0;
        for (final int projection : wiring.outOf(layer)) {
            age = Math.max(age, Math.max(wiring.delay(projection), wiring.age(projection)));
        }
        return depth(age, layer < wiring.inputs() ? 0 : wiring.slopeAge(layer)) + history;
    }

    public int targetSlots(final int output) {
        return depth(wiring.targetAge(output), 0) + history;
    }

    public int deltaSlots() {
        return depth(0, 0) + history;
    }

    /** Without history: no observer reads echoes. */
    public int echoSlots(final int edge) {
        return depth(wiring.delay(edge), 0);
    }

    static long roundUp(final long value, final long multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }

    /** The widths of all layers: {@code 416-128-128-208}. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        for (final int width : widths) {
            text.append(text.isEmpty() ? "" : "-").append(width);
        }
        return text.toString();
    }
}
