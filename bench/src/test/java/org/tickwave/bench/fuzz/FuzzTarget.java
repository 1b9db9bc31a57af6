package org.tickwave.bench.fuzz;

import java.io.IOException;

/** The entry points of Jazzer, which defines the names of the methods. */
public final class FuzzTarget {
    private static Parser parser;

    private FuzzTarget() {
    }

    public static void fuzzerInitialize(final String[] args) {
        parser = Parser.valueOf(args[0]);
    }

    public static void fuzzerTestOneInput(final byte[] input) throws IOException {
        parser.check(input);
    }
}
