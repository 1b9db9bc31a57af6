package org.tickwave.bench.page;

import java.util.Locale;

/** Text and numbers for HTML and SVG. */
public final class Html {
    /** Control characters, halves of surrogate pairs, and the two others that XML does not allow. */
    private static final String NOT_IN_XML = "[\\p{Cc}&&[^\\n\\t]]|\\p{Cs}|[\\uFFFE\\uFFFF]";

    /** Below 2^53 every whole number is a double. */
    private static final double WHOLE = 0x1p53;

    private Html() {
    }

    /** Escapes any text, so that it can stand in an element or in an attribute with double quotes. */
    public static String text(final String text) {
        return text.replaceAll(NOT_IN_XML, "?").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            .replace("\"", "&quot;").replace("'", "&#39;");
    }

    /** A number with three significant digits, or a whole number with all its digits; a dash for NaN. */
    public static String number(final double value) {
        return number(value, 3);
    }

    /** The same with so many significant digits. */
    public static String number(final double value, final int significant) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "infinite" : "-infinite";
        }
        final double size = Math.abs(value);
        if (value == Math.rint(value) && size < WHOLE) {
            return Long.toString((long) value);
        }
        if (size < 1e-3 || size >= 1e6) {
            return String.format(Locale.ROOT, "%." + (significant - 1) + "e", value);
        }
        final int digits = Math.max(0, significant - 1 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** A name for a file or for an id: lower-case letters, digits and single hyphens. */
    public static String slug(final String text) {
        final String slug = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return slug.isEmpty() ? "x" : slug;
    }
}
