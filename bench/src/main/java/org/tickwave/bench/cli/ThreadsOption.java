package org.tickwave.bench.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses {@code --threads}: a number, or {@code auto}, which gives {@link #AUTO}. */
final class ThreadsOption implements ITypeConverter<Integer> {
    static final int AUTO = 0;
    private static final int LARGEST = 1024;
    private static final Pattern NUMBER = Pattern.compile("0*[1-9][0-9]{0,3}");

    @Override
    public Integer convert(final String text) {
        if (text.equals("auto")) {
            return AUTO;
        }
        if (NUMBER.matcher(text).matches() && Integer.parseInt(text) <= LARGEST) {
            return Integer.valueOf(text);
        }
        throw new TypeConversionException("'" + text + "': expected 1 to " + LARGEST + ", or auto");
    }
}
