package org.tickwave.bench.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses {@code --hold}: a number of ticks, or {@code auto}, which gives {@link #AUTO}. */
final class HoldOption implements ITypeConverter<Integer> {
    static final int AUTO = 0;
    private static final Pattern NUMBER = Pattern.compile("0*[1-9][0-9]{0,8}");

    @Override
    public Integer convert(final String text) {
        if (text.equals("auto")) {
            return AUTO;
        }
        if (NUMBER.matcher(text).matches()) {
            return Integer.valueOf(text);
        }
        throw new TypeConversionException("'" + text + "': expected at least 1 tick, or auto");
    }
}
