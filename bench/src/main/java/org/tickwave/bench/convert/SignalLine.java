package org.tickwave.bench.convert;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.StreamException;

/** Parses a line of a WFDB header that describes a signal. */
final class SignalLine {
    private static final double DEFAULT_GAIN = 200;
    private static final String DEFAULT_UNITS = "mV";

    private static final Pattern FORMAT = Pattern.compile("([0-9]{1,9})(?:x([0-9]{1,9}))?(?::([0-9]{1,9}))?(?:\\+([0-9]{1,18}))?");
    private static final Pattern GAIN = Pattern.compile("(" + HeaderLine.NUMBER + ")(?:\\(([^()]*)\\))?(?:/(.+))?");

    private static final int FORMAT_FIELD = 1;
    private static final int GAIN_FIELD = 2;
    private static final int ZERO_FIELD = 4;
    private static final int INITIAL_FIELD = 5;
    private static final int CHECKSUM_FIELD = 6;
    private static final int DESCRIPTION_FIELD = 8;

    private SignalLine() {
    }

    /**
     * @param index of the signal, from 0, as WFDB counts
     * @param names of the signals before; receives the name of this signal
     */
    static Signal parse(final String header, final int number, final String text, final int index, final Set<String> names)
        throws StreamException {
        final HeaderLine line = new HeaderLine(header, number, text, DESCRIPTION_FIELD + 1);
        final Matcher format = line.match(FORMAT_FIELD, FORMAT, "format", "a number, such as 212");
        final SampleFormat samples = samples(line, index, format);
        final long byteOffset = format.group(4) == null ? 0 : Long.parseLong(format.group(4));
        final Integer zero = line.integer(ZERO_FIELD, "ADC zero");
        double gain = 0;
        int baseline = zero == null ? 0 : zero;
        String units = null;
        if (line.field(GAIN_FIELD) != null) {
            final Matcher matcher = line.match(GAIN_FIELD, GAIN, "ADC gain", "gain, baseline and units, such as 200 or 200(1024)/mV");
            gain = Double.parseDouble(matcher.group(1));
            baseline = matcher.group(2) == null ? baseline : line.integer(matcher.group(2), "baseline");
            units = matcher.group(3);
        }
        gain = gain == 0 ? DEFAULT_GAIN : gain;
        // A gain can be so small that the largest number of the signal is no float32.
        if (Double.isInfinite(gain) || !(((double) -samples.missing + Math.abs((double) baseline)) / Math.abs(gain) <= Float.MAX_VALUE)) {
            throw line.mistake("ADC gain " + Printable.text(line.field(GAIN_FIELD)) + ": expected a gain that gives numbers below 3e38");
        }
        return new Signal(number, line.field(0), samples, byteOffset, gain, baseline, units == null ? DEFAULT_UNITS : units,
            line.integer(INITIAL_FIELD, "initial value"), line.integer(CHECKSUM_FIELD, "checksum"),
            name(line.field(DESCRIPTION_FIELD), index, names));
    }

    private static SampleFormat samples(final HeaderLine line, final int index, final Matcher format) throws StreamException {
        final SampleFormat samples = SampleFormat.of(Integer.parseInt(format.group(1)));
        if (samples == null) {
            throw line.mistake("signal " + index + " has format " + format.group(1) + ": expected format " + SampleFormat.all());
        }
        if (format.group(2) != null && Integer.parseInt(format.group(2)) > 1) {
            throw line.mistake("signal " + index + " has " + format.group(2) + " samples a frame: expected one");
        }
        if (format.group(3) != null && Integer.parseInt(format.group(3)) > 0) {
            throw line.mistake("signal " + index + " has a skew of " + format.group(3) + " samples: expected no skew");
        }
        return samples;
    }

    /** A name that no signal before has. */
    private static String name(final String description, final int index, final Set<String> names) {
        final String name = description == null || description.isBlank() ? "signal " + index : description.strip();
        String unique = name;
        for (int k = 2; !names.add(unique); k++) {
            unique = name + " " + k;
        }
        return unique;
    }
}
