package org.tickwave.layout;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The numbers that determine an image: lanes, widths of the layers, delays of the rule, history. Layer 0 is the input, and
 * layer {@link #layers()} is the output. Projection l leads from layer l-1 into layer l.
 */
public final class Geometry {
    /** The possible numbers of float32 lanes: 128, 256 and 512 bits. */
    private static final int[] LANES = {4, 8, 16};

    /** More than any machine can map. Sums of sizes below this limit do not overflow a long. */
    private static final long MAX_IMAGE_BYTES = 1L << 47;

    private final int lanes;
    private final int[] widths;
    private final Delays delays;
    private final int history;

    /**
     * @param lanes   float32 lanes of a vector: 4, 8 or 16
     * @param widths  neurons of every layer, from the input to the output; at least two layers, each at least 1 wide
     * @param delays  delays of the rule, for widths.length - 1 layers with weights
     * @param history extra slots in every ring, for observers of past waves
     * @throws IllegalArgumentException if a number is out of range, or if the image would be too large for any machine
     */
    public Geometry(final int lanes, final int[] widths, final Delays delays, final int history) {
        this.lanes = lanes;
        this.widths = widths.clone();
        this.delays = delays;
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
        if (delays.layers() != layers()) {
            throw new IllegalArgumentException("delays for " + delays.layers() + " layers: expected " + layers());
        }
        if (history < 0 || history > 1 << 20) {
            throw new IllegalArgumentException("history " + history + ": expected 0 to 1048576 slots");
        }
        refuseTooLarge();
    }

    /** Checks a lower bound of the image's size, in numbers that cannot overflow. */
    private void refuseTooLarge() {
        BigInteger floats = BigInteger.ZERO;
        for (int l = 0; l <= layers(); l++) {
            final BigInteger padded = BigInteger.valueOf(padded(widths[l]));
            floats = floats.add(padded.multiply(BigInteger.valueOf(activationSlots(l) + deltaSlots() + 5L + WeightsDescriptor.SUMS)));
            if (l > 0) {
                floats = floats.add(BigInteger.valueOf(padded(widths[l - 1])).multiply(BigInteger.valueOf(widths[l])));
            }
        }
        final BigInteger bytes = floats.multiply(BigInteger.valueOf(Float.BYTES));
        if (bytes.compareTo(BigInteger.valueOf(MAX_IMAGE_BYTES)) > 0) {
            throw new IllegalArgumentException(
                "network " + this + ": its image would take at least " + bytes + " bytes; expected at most " + MAX_IMAGE_BYTES);
        }
    }

    public int lanes() {
        return lanes;
    }

    /** L: the number of layers with weights, and the index of the output layer. */
    public int layers() {
        return widths.length - 1;
    }

    public int width(final int layer) {
        return widths[layer];
    }

    /** The width of the widest layer that has weights. */
    public int widest() {
        return Arrays.stream(widths, 1, widths.length).max().getAsInt();
    }

    public Delays delays() {
        return delays;
    }

    public int history() {
        return history;
    }

    /** {@code n} rounded up to whole groups of columns: the float32 numbers that a vector of n numbers occupies. */
    public static long padded(final long n) {
        return roundUp(n, WeightsDescriptor.GROUP_COLUMNS);
    }

    /**
     * Slots of a layer's activation ring. A reader in another layer with delay p needs the ticks t-p to t+1: p+2 slots. The
     * layer itself reads for its slope before it writes: q+1 slots. This holds for every order of layers within a tick.
     */
    public int activationSlots(final int layer) {
        int slots = layer == 0 ? 2 : Math.max(2, delays.slope(layer) + 1);
        if (layer < layers()) {
            slots = Math.max(slots, delays.activation(layer + 1) + 2);
        }
        return slots + history;
    }

    public int targetSlots() {
        return delays.target() + 2 + history;
    }

    public int deltaSlots() {
        return 2 + history;
    }

    /** Always two: one layer reads an echo, in the tick after the echo was written. */
    public int echoSlots() {
        return 2;
    }

    static long roundUp(final long value, final long multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }

    /** The widths, input to output: {@code 416-128-128-208}. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        for (final int width : widths) {
            text.append(text.isEmpty() ? "" : "-").append(width);
        }
        return text.toString();
    }
}
