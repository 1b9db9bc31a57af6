package org.tickwave.bench.cli;

import java.util.regex.Pattern;
import org.tickwave.bench.scale.Normaliser;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses {@code --normalise}: a number of frames, {@code all} or {@code none}, which gives 0. */
final class NormaliseOption implements ITypeConverter<Long> {
    private static final Pattern NUMBER = Pattern.compile("0*([2-9]|[1-9][0-9]{1,17})");

    @Override
    public Long convert(final String text) {
        if (text.equals("all")) {
            return Normaliser.ALL_FRAMES;
        }
        if (text.equals("none")) {
            return 0L;
        }
        if (NUMBER.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        throw new TypeConversionException("'" + text + "': expected at least 2 frames, all or none");
    }
}
