package org.tickwave.bench.stream;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the bytes of a raw stream mean, since they do not say so themselves.
 *
 * @param numbers         how one number is written
 * @param width           numbers in a frame
 * @param framesPerSecond as its text says, 29.97 or 30000:1001; NaN where it does not say
 */
public record Format(Numbers numbers, int width, double framesPerSecond) {
    /** The widest frame. */
    public static final int WIDEST = 65_536;
    /** The most frames a second. */
    public static final double FASTEST = 1e6;

    public static final String FORM = "f32:WIDTH@FPS or u8:WIDTH@FPS";

    private static final Pattern FORMAT = Pattern.compile("(f32|u8):([0-9]{1,20})(?:@(.+))?");
    private static final Pattern FPS = Pattern.compile("([0-9]{1,20}(?:\\.[0-9]{1,20})?)(?::([0-9]{1,20}))?");

    /** How a number is written. */
    public enum Numbers {
        /** Float32, little-endian, as it is. */
        F32(Float.BYTES),
        /** A byte v from 0 to 255, read as v/255 - .5. */
        U8(1);

        final int bytes;

        Numbers(final int bytes) {
            this.bytes = bytes;
        }
    }

    /** As it is written: {@code f32:2@360}. */
    @Override
    public String toString() {
        return (numbers == Numbers.F32 ? "f32:" : "u8:") + width
            + (Double.isNaN(framesPerSecond) ? "" : "@" + Double.toString(framesPerSecond).replaceAll("\\.0$", ""));
    }

    public int frameBytes() {
        return width * numbers.bytes;
    }

    /**
     * Reads {@code f32:WIDTH@FPS} or {@code u8:WIDTH@FPS}, or either without {@code @FPS}.
     *
     * @throws IllegalArgumentException if it is neither, or a number in it is out of range; one line that names it
     */
    public static Format parse(final String text) {
        final String where = "format " + Printable.text(text) + ": ";
        final Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(where + "expected " + FORM + ", such as f32:2@360 or u8:256@30");
        }
        final int width = wholeNumber(matcher.group(2), WIDEST);
        if (width < 1) {
            throw new IllegalArgumentException(where + "width " + matcher.group(2) + ": expected 1 to " + WIDEST);
        }
        try {
            final Numbers numbers = matcher.group(1).equals("f32") ? Numbers.F32 : Numbers.U8;
            return new Format(numbers, width, matcher.group(3) == null ? Double.NaN : parseFps(matcher.group(3)));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(where + e.getMessage(), e);
        }
    }

    /**
     * Reads frames a second: a decimal number, or a fraction.
     *
     * @throws IllegalArgumentException if it is neither, not above 0, or above {@link #FASTEST}; one line that names it
     */
    public static double parseFps(final String text) {
        final Matcher matcher = FPS.matcher(text);
        double fps = Double.NaN;
        if (matcher.matches()) {
            fps = Double.parseDouble(matcher.group(1));
            if (matcher.group(2) != null) {
                fps = matcher.group(1).contains(".") ? Double.NaN : fps / Double.parseDouble(matcher.group(2));
            }
        }
        if (!(fps > 0 && fps <= FASTEST)) {
            throw new IllegalArgumentException("fps " + Printable.text(text)
                + ": expected a number or a fraction above 0 and at most 1000000, such as 29.97 or 30000:1001");
        }
        return fps;
    }

    /** The value of some digits, or -1 above a limit. */
    static int wholeNumber(final String digits, final int limit) {
        final double value = Double.parseDouble(digits);
        return value <= limit ? (int) value : -1;
    }
}
