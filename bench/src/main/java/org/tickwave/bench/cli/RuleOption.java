package org.tickwave.bench.cli;

import org.tickwave.Rule;
import org.tickwave.layout.Wiring;
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
     * A chain under a rule, for a layout without an engine.
     *
     * @throws IllegalArgumentException if a window is longer than the network allows
     */
    static Wiring chain(final int layers, final Rule rule) {
        final String name = rule.toString();
        return switch (name) {
            case "diffusion" -> Wiring.chain(layers);
            case "aligned" -> Wiring.chain(layers).aligned();
            default -> Wiring.chain(layers).window(Integer.parseInt(name.substring(name.indexOf(':') + 1)));
        };
    }
}
