package org.tickwave;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tickwave.layout.Wiring;

/**
 * Which past activation, which past slope and which past target an error meets. All rules share one tick; each rule chooses
 * three delays for each layer. Immutable.
 */
public final class Rule {
    private static final int DIFFUSION = 0;
    private static final int ALIGNED = -1;
    private static final Pattern WINDOW = Pattern.compile("window:0*([1-9][0-9]{0,8})");

    private final int ticks;

    private Rule(final int ticks) {
        this.ticks = ticks;
    }

    /**
     * No delays: Eq. 5 of Betti and Gori, <i>Backprop Diffusion is Biologically Plausible</i>, as it is written. It gives the
     * true gradient of a frame that is held for 2L ticks, and an approximation while frames change slowly.
     *
     * @return the rule
     */
    public static Rule diffusion() {
        return new Rule(DIFFUSION);
    }

    /**
     * The true gradient of one frame in the layers l &gt;= L - floor((R-1)/2), and an approximation in the layers below.
     *
     * @param ticks R, how many ticks back a layer looks: from 1 to 2L-1, which is {@link #aligned()}. {@link Engine#open}
     *              refuses a larger number
     * @return the rule
     * @throws IllegalArgumentException if ticks is below 1
     */
    public static Rule window(final int ticks) {
        if (ticks < 1) {
            throw new IllegalArgumentException("window:" + ticks + ": expected 1 to 2L-1 ticks");
        }
        return new Rule(ticks);
    }

    /**
     * The true gradient of one frame in every layer, with a new frame in every tick: {@code window(2L-1)}.
     *
     * @return the rule
     */
    public static Rule aligned() {
        return new Rule(ALIGNED);
    }

    /**
     * The rule with a name, as {@link #toString()} gives it.
     *
     * @param name {@code diffusion}, {@code window:R} with R from 1 to 999999999, or {@code aligned}
     * @return the rule
     * @throws IllegalArgumentException if no rule has that name
     */
    public static Rule parse(final String name) {
        final Matcher window = WINDOW.matcher(Objects.requireNonNull(name, "name"));
        if (window.matches()) {
            return window(Integer.parseInt(window.group(1)));
        }
        return switch (name) {
            case "diffusion" -> diffusion();
            case "aligned" -> aligned();
            default -> throw new IllegalArgumentException(
                "rule '" + name + "': expected diffusion, window:R with R from 1 to 2L-1, or aligned");
        };
    }

    /** 0 diffusion, -1 aligned, R for window:R. */
    int code() {
        return ticks;
    }

    /** @param code from -1 */
    static Rule ofCode(final int code) {
        return new Rule(code);
    }

    /** The same layers and projections under this rule. */
    Wiring on(final Wiring wiring) {
        if (ticks != DIFFUSION && !wiring.balanced()) {
            throw new IllegalArgumentException("rule " + this + " where no projection waits: expected diffusion, or Balance.BALANCED");
        }
        return switch (ticks) {
            case DIFFUSION -> wiring;
            case ALIGNED -> wiring.aligned();
            default -> wiring.window(ticks);
        };
    }

    /** Whether both rules have the same name: {@code aligned} and {@code window:2L-1} differ. */
    @Override
    public boolean equals(final Object other) {
        return other instanceof final Rule rule && rule.ticks == ticks;
    }

    @Override
    public int hashCode() {
        return ticks;
    }

    /** {@code diffusion}, {@code window:R} or {@code aligned}. */
    @Override
    public String toString() {
        return switch (ticks) {
            case DIFFUSION -> "diffusion";
            case ALIGNED -> "aligned";
            default -> "window:" + ticks;
        };
    }
}
