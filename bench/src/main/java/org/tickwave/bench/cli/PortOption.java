package org.tickwave.bench.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a port of TCP. */
final class PortOption implements ITypeConverter<Integer> {
    private static final int LAST = 65_535;

    @Override
    public Integer convert(final String value) {
        try {
            final int port = Integer.parseInt(value);
            if (port >= 0 && port <= LAST) {
                return port;
            }
        } catch (final NumberFormatException e) {
            // Refused below.
        }
        throw new TypeConversionException("'" + value + "': expected a port, 1 to " + LAST + ", or 0 for any free port");
    }
}
