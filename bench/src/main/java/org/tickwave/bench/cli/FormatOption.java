package org.tickwave.bench.cli;

import org.tickwave.bench.stream.Format;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a format: {@code f32:WIDTH@FPS} or {@code u8:WIDTH@FPS}. */
final class FormatOption implements ITypeConverter<Format> {
    @Override
    public Format convert(final String value) {
        try {
            return Format.parse(value);
        } catch (final IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
