package org.tickwave.bench.cli;

import org.tickwave.Rule;
import org.tickwave.layout.Delays;
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

    /**
     * The delays of a rule, for a layout without an engine.
     *
     * @throws IllegalArgumentException if a window is longer than the network allows
     */
    static Delays delays(final Rule rule, final int layers) {
        final String name = rule.toString();
        return switch (name) {
            case "diffusion" -> Delays.none(layers);
            case "aligned" -> Delays.aligned(layers);
            default -> Delays.window(layers, Integer.parseInt(name.substring(name.indexOf(':') + 1)));
        };
    }
}
