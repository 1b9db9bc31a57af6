package org.tickwave.bench.fuzz;

import java.util.function.Supplier;

/** What holds for every input, as an error where it does not: whoever fuzzes takes an error for a finding. */
final class Require {
    /** The longest message: two values of two hundred characters, some of which become four, and what was expected. */
    private static final int LONGEST_MESSAGE = 2_000;

    private Require() {
    }

    static void that(final boolean holds, final Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(what.get());
        }
    }

    /** The message of a refusal, which is one line that can be printed. */
    static String oneLine(final Exception refusal) {
        final String message = refusal.getMessage();
        that(message != null && !message.isBlank() && message.length() <= LONGEST_MESSAGE
            && message.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029'),
            () -> "not one line: " + message);
        return message;
    }
}
