package org.tickwave.bench.cli;

import org.tickwave.bench.stream.Format;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses frames per second: {@code 29.97} or {@code 30000:1001}. */
final class FpsOption implements ITypeConverter<Double> {
    @Override
    public Double convert(final String value) {
        try {
            return Format.parseFps(value);
        } catch (final IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
