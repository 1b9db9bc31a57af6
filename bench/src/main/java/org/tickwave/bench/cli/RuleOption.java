package org.tickwave.bench.cli;

import org.tickwave.Rule;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses {@code --rule} with {@link Rule#parse}. */
final class RuleOption implements ITypeConverter<Rule> {
    @Override
    public Rule convert(final String text) {
        try {
            return Rule.parse(text);
        } catch (final IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
