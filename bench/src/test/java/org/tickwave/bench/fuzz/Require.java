package org.tickwave.bench.fuzz;

import java.util.function.Supplier;

/** Requirements for every input. A violation throws an Error, which Jazzer reports as a finding. */
final class Require {
    /** The longest message: two values of 200 characters, escaped to four characters each, and the expectation. */
    private static final int LONGEST_MESSAGE = 2_000;

    private Require() {
    }

    static void that(final boolean holds, final Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(what.get());
        }
    }

    /** The message of a refusal. Requires that it is one printable line. */
    static String oneLine(final Exception refusal) {
        final String message = refusal.getMessage();
        that(message != null && !message.isBlank() && message.length() <= LONGEST_MESSAGE
            && message.chars().noneMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029'),
            () -> "not one line: " + message);
        return message;
    }
}
