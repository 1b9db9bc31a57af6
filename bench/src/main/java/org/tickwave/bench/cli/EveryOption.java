package org.tickwave.bench.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the period of checkpoints: {@code 1000} frames, or {@code 10s}. */
final class EveryOption implements ITypeConverter<EveryOption.Every> {
    private static final double NS = 1e9;
    private static final double LARGEST_NS = 1e18;

    /** @param frames 0 if the period is a time; else the time is 0 */
    record Every(long frames, long ns) {
    }

    @Override
    public Every convert(final String value) {
        try {
            if (value.endsWith("s")) {
                final double ns = Double.parseDouble(value.substring(0, value.length() - 1)) * NS;
                if (ns >= 1 && ns <= LARGEST_NS) {
                    return new Every(0, (long) ns);
                }
            } else if (Long.parseLong(value) >= 1) {
                return new Every(Long.parseLong(value), 0);
            }
        } catch (final NumberFormatException e) {
            // Refused below.
        }
        throw new TypeConversionException("'" + value + "': expected a number of frames, such as 1000, or seconds, such as 10s");
    }
}
