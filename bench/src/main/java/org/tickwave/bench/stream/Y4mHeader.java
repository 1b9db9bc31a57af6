package org.tickwave.bench.stream;

import java.util.regex.Pattern;

/**
 * The header line of a YUV4MPEG2 stream. The record holds what is needed to read luma. The other parameters are checked only.
 *
 * @param framesPerSecond NaN if the header does not say
 * @param chromaBytes     number of bytes that follow the luma of each frame
 */
public record Y4mHeader(int width, int height, double framesPerSecond, long chromaBytes) {
    public static final String MAGIC = "YUV4MPEG2";
    /** The longest header. Real headers have less than a hundred bytes. */
    static final int LONGEST = 1_024;

    private static final Pattern SIDE = Pattern.compile("[0-9]{1,20}");
    private static final Pattern FRACTION = Pattern.compile("[0-9]{1,20}:[0-9]{1,20}");
    private static final Pattern DEEP = Pattern.compile("(420|422|444|mono)p?[0-9]+");

    /**
     * Parses a header.
     *
     * @param line without its line end
     * @throws StreamException if a parameter is missing, invalid, given twice, or not supported
     */
    static Y4mHeader parse(final String name, final String line) throws StreamException {
        if (!line.startsWith(MAGIC + " ")) {
            throw new StreamException(
                name + ": header \"" + Printable.text(line) + "\": expected " + MAGIC + " W... H... F...");
        }
        final String[] values = new String[128];
        for (final String parameter : line.substring(MAGIC.length() + 1).split(" ", -1)) {
            if (parameter.isEmpty()) {
                throw new StreamException(name + ": header \"" + Printable.text(line)
                    + "\": empty parameter: expected one space before each parameter, and no space at the end");
            }
            final char key = parameter.charAt(0);
            if ("WHFIACX".indexOf(key) < 0) {
                throw refused(name, parameter, "expected W, H, F, I, A, C or X");
            }
            if (values[key] != null && key != 'X') {
                throw refused(name, parameter, "expected one " + key + ", but " + key + values[key] + " is before it");
            }
            values[key] = parameter.substring(1);
        }
        final int width = side(name, 'W', "width", values['W']);
        final int height = side(name, 'H', "height", values['H']);
        if (AreaGrid.rows(width, height) > AreaGrid.MOST_ROWS) {
            throw refused(name, "W" + width + " H" + height, "expected a height of at most "
                + AreaGrid.MOST_ROWS / AreaGrid.COLUMNS + " times the width");
        }
        final double fps = fps(name, values['F']);
        checkInterlacing(name, values['I']);
        if (values['A'] != null && !FRACTION.matcher(values['A']).matches()) {
            throw refused(name, "A" + values['A'], "expected the aspect ratio of a pixel, such as A1:1");
        }
        return new Y4mHeader(width, height, fps, chromaBytes(name, values['C'], width, height));
    }

    private static int side(final String name, final char key, final String what, final String value)
        throws StreamException {
        final String expected = "expected a " + what + " from 1 to " + AreaGrid.LONGEST;
        if (value == null) {
            throw new StreamException(name + ": header has no " + key + ": " + expected);
        }
        final int side = SIDE.matcher(value).matches() ? Format.wholeNumber(value, AreaGrid.LONGEST) : -1;
        if (side < 1) {
            throw refused(name, key + value, expected);
        }
        return side;
    }

    /** NaN if the header has no usable rate. A camera or a pipe may not know the rate and then writes F0:0. */
    private static double fps(final String name, final String value) throws StreamException {
        if (value == null) {
            return Double.NaN;
        }
        if (!FRACTION.matcher(value).matches()) {
            throw refused(name, "F" + value, "expected frames a second as a fraction, such as F30000:1001");
        }
        try {
            return Format.parseFps(value);
        } catch (final IllegalArgumentException e) {
            return Double.NaN;
        }
    }

    private static void checkInterlacing(final String name, final String value) throws StreamException {
        if (value == null || value.equals("p") || value.equals("?")) {
            return;
        }
        final boolean interlaced = value.equals("t") || value.equals("b") || value.equals("m");
        throw refused(name, "I" + value, interlaced
            ? "interlaced video is not supported: expected Ip; deinterlace the video first" : "expected Ip");
    }

    private static long chromaBytes(final String name, final String value, final int width, final int height)
        throws StreamException {
        final long halfWidth = (width + 1) / 2;
        switch (value == null ? "420" : value) {
            case "420", "420jpeg", "420mpeg2", "420paldv":
                return 2 * halfWidth * ((height + 1) / 2);
            case "422":
                return 2 * halfWidth * height;
            case "444":
                return 2L * width * height;
            case "mono":
                return 0;
            default:
                final String expected = "expected C420 (jpeg, mpeg2, paldv), C422, C444 or Cmono";
                if (DEEP.matcher(value).matches()) {
                    throw refused(name, "C" + value, "more than 8 bits a sample: " + expected);
                }
                throw refused(name, "C" + value, value.endsWith("alpha") ? "alpha planes are not supported: " + expected : expected);
        }
    }

    private static StreamException refused(final String name, final String parameter, final String why) {
        return new StreamException(name + ": header parameter " + Printable.text(parameter) + ": " + Printable.text(why));
    }
}
