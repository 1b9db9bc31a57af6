package org.tickwave.bench.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that the launcher passes on. */
@Command(name = "tickwave", mixinStandardHelpOptions = true, version = "tickwave 0.1.0", subcommands = LayoutCommand.class)
public final class Tickwave {
    private Tickwave() {
    }

    public static void main(final String[] args) {
        System.exit(new CommandLine(new Tickwave()).execute(args));
    }
}
