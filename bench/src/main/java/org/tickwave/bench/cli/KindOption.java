package org.tickwave.bench.cli;

import org.tickwave.bench.convert.Conversion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses what {@code convert} writes: {@code f32} or {@code csv}. */
final class KindOption implements ITypeConverter<Conversion.Kind> {
    @Override
    public Conversion.Kind convert(final String value) {
        return switch (value) {
            case "f32" -> Conversion.Kind.F32;
            case "csv" -> Conversion.Kind.CSV;
            default -> throw new TypeConversionException("'" + value + "': expected f32 or csv");
        };
    }
}
