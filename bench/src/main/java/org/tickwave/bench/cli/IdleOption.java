package org.tickwave.bench.cli;

import java.util.Arrays;
import org.tickwave.bench.session.Idle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses {@code --idle}: how threads wait. */
final class IdleOption implements ITypeConverter<Idle> {
    @Override
    public Idle convert(final String text) {
        return Arrays.stream(Idle.values()).filter(idle -> idle.option().equals(text)).findFirst()
            .orElseThrow(() -> new TypeConversionException("'" + text + "': expected spin, yield or park"));
    }
}
