package org.tickwave.bench.cli;

import java.util.Arrays;
import java.util.Locale;
import org.tickwave.Activation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the name of an activation, in lower case. */
final class ActivationOption implements ITypeConverter<Activation> {
    @Override
    public Activation convert(final String value) {
        return Arrays.stream(Activation.values()).filter(activation -> name(activation).equals(value)).findFirst()
            .orElseThrow(() -> new TypeConversionException("'" + value + "': expected one of "
                + String.join(", ", Arrays.stream(Activation.values()).map(ActivationOption::name).toList())));
    }

    private static String name(final Activation activation) {
        return activation.name().toLowerCase(Locale.ROOT);
    }
}
