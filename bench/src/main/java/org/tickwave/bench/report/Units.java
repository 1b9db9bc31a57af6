package org.tickwave.bench.report;

import java.math.BigDecimal;
import java.util.Locale;

/** Formats numbers with units for text output. */
public final class Units {
    private Units() {
    }

    public static String time(final double ns) {
        if (ns < 1e3) {
            return String.format(Locale.ROOT, "%.0f ns", ns);
        }
        if (ns < 1e6) {
            return String.format(Locale.ROOT, "%.1f us", ns / 1e3);
        }
        return ns < 1e9 ? String.format(Locale.ROOT, "%.2f ms", ns / 1e6) : String.format(Locale.ROOT, "%.1f s", ns / 1e9);
    }

    public static String bytes(final long bytes) {
        if (bytes < 1 << 20) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        }
        return bytes < 1 << 30
            ? String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0) : String.format(Locale.ROOT, "%.1f GiB", bytes / 1073741824.0);
    }

    public static String count(final long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A fraction in per cent, with more digits the smaller it is. */
    public static String percent(final double share) {
        final double percent = share * 100;
        return String.format(Locale.ROOT, percent < 0.1 ? "%.3f %%" : percent < 10 ? "%.1f %%" : "%.0f %%", percent);
    }

    /** A float without an exponent and without trailing zeros, as a user would type it. */
    public static String number(final double value) {
        return Double.isFinite((float) value)
            ? new BigDecimal(Float.toString((float) value)).stripTrailingZeros().toPlainString() : Double.toString(value);
    }
}
