package org.tickwave.bench.cli;

import org.tickwave.bench.terminal.Terminal;
import picocli.CommandLine.Model.CommandSpec;

/** The terminal of a command. */
final class Terminals {
    private static final int DEFAULT_COLUMNS = 80;

    private Terminals() {
    }

    private static int columns() {
        final int columns = Integer.getInteger("tickwave.stderr.columns", DEFAULT_COLUMNS);
        return columns > 0 ? columns : DEFAULT_COLUMNS;
    }

    /** The launcher passes the properties that the JVM cannot find out. */
    static Terminal of(final CommandSpec spec) {
        final boolean tty = Boolean.getBoolean("tickwave.stderr.tty");
        final String noColor = System.getenv("NO_COLOR");
        return new Terminal(spec.commandLine().getOut(), spec.commandLine().getErr(), tty, noColor == null || noColor.isEmpty(),
            System.err.charset().newEncoder().canEncode('\u2588'), columns());
    }
}
