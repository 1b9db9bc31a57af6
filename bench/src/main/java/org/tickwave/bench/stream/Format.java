package org.tickwave.bench.stream;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of a raw stream. A raw stream has no header, so the user gives the format.
 *
 * @param numbers         encoding of a number
 * @param width           number of numbers in a frame
 * @param framesPerSecond NaN if the user gave none
 */
public record Format(Numbers numbers, int width, double framesPerSecond) {
    public static final int WIDEST = 65_536;
    public static final double FASTEST = 1e6;

    public static final String FORM = "f32:WIDTH@FPS or u8:WIDTH@FPS";

    private static final Pattern FORMAT = Pattern.compile("(f32|u8):([0-9]{1,20})(?:@(.+))?");
    private static final Pattern FPS = Pattern.compile("([0-9]{1,20}(?:\\.[0-9]{1,20})?)(?::([0-9]{1,20}))?");

    /** The encoding of a number. */
    public enum Numbers {
        /** Float32, little-endian. */
        F32(Float.BYTES),
        /** An unsigned byte. A byte v is read as v/255 - .5. */
        U8(1);

        final int bytes;

        Numbers(final int bytes) {
            this.bytes = bytes;
        }
    }

    /** The text that {@link #parse} reads, such as {@code f32:2@360}. */
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
     * @throws IllegalArgumentException if the text has another form, or a number in the text is out of range
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
     * Reads frames a second: a decimal number such as 29.97, or a fraction such as 30000:1001.
     *
     * @throws IllegalArgumentException if the text is not a number or a fraction, or its value is not above 0, or is above
     *                                  {@link #FASTEST}
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

    /** The value of decimal digits, or -1 if the value is above the limit. */
    static int wholeNumber(final String digits, final int limit) {
        final double value = Double.parseDouble(digits);
        return value <= limit ? (int) value : -1;
    }
}
