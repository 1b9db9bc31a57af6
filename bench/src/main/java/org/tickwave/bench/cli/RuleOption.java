package org.tickwave.bench.cli;

import java.util.regex.Pattern;
import org.tickwave.Rule;
import org.tickwave.layout.Delays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --rule}: {@code diffusion}, {@code window:R} or {@code aligned}, as {@link Rule} names itself. */
public final class RuleOption implements ITypeConverter<Rule> {
    private static final String DIFFUSION = "diffusion";
    private static final String ALIGNED = "aligned";
    private static final String WINDOW = "window:";
    private static final Pattern TICKS = Pattern.compile("0*[1-9][0-9]{0,8}");

    @Override
    public Rule convert(final String text) {
        if (text.equals(DIFFUSION)) {
            return Rule.diffusion();
        }
        if (text.equals(ALIGNED)) {
            return Rule.aligned();
        }
        if (text.startsWith(WINDOW) && TICKS.matcher(text.substring(WINDOW.length())).matches()) {
            return Rule.window(Integer.parseInt(text.substring(WINDOW.length())));
        }
        throw new TypeConversionException("'" + text + "': expected diffusion, window:R with R from 1 to 2L-1, or aligned");
    }

    /**
     * The delays of a rule, for a layout that no engine is opened for.
     *
     * @throws IllegalArgumentException if a window is longer than the network allows
     */
    static Delays delays(final Rule rule, final int layers) {
        final String name = rule.toString();
        return switch (name) {
            case DIFFUSION -> Delays.none(layers);
            case ALIGNED -> Delays.aligned(layers);
            default -> Delays.window(layers, Integer.parseInt(name.substring(WINDOW.length())));
        };
    }
}
