package org.tickwave.bench.convert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.StreamException;

/**
 * The header of a WFDB record: a {@code .hea} file.
 *
 * @param name            of the header in messages
 * @param framesPerSecond sampling frequency
 * @param frames          samples of each signal; 0 if the header does not say
 */
record Header(String name, double framesPerSecond, long frames, List<Signal> signals) {
    private static final int LONGEST = 1 << 20;
    private static final double DEFAULT_FREQUENCY = 250;

    private static final Pattern NAME = Pattern.compile("([^/]+)(?:/(.*))?");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");
    private static final Pattern FREQUENCY =
        Pattern.compile("(N)(?:/N(?:\\(N\\))?)?".replace("N", HeaderLine.NUMBER));
    private static final int FREQUENCY_FIELD = 2;
    private static final int FRAMES_FIELD = 3;

    /** Reads a header. */
    static Header read(final String name, final Path path) throws IOException {
        final byte[] all;
        try (Bytes bytes = new Bytes(name, Bytes.channel(name, path), 0)) {
            all = new byte[bytes.await(LONGEST + 1)];
            bytes.take(all);
        }
        if (all.length > LONGEST) {
            throw new StreamException(name + ": more than " + LONGEST + " bytes: expected a WFDB header, which is short text");
        }
        return parse(name, new String(all, StandardCharsets.UTF_8));
    }

    /** Reads the text of a header. */
    static Header parse(final String name, final String text) throws StreamException {
        final List<String> lines = text.lines().toList();
        HeaderLine first = null;
        int signals = 0;
        final List<Signal> found = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (int i = 0; i < lines.size() && (first == null || found.size() < signals); i++) {
            final String line = lines.get(i);
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            expectText(name, i + 1, line);
            if (first == null) {
                first = new HeaderLine(name, i + 1, line, Integer.MAX_VALUE);
                signals = signals(first);
            } else {
                found.add(SignalLine.parse(name, i + 1, line, found.size(), names));
            }
        }
        if (first == null) {
            throw new StreamException(name + ": no record line: expected a WFDB header");
        }
        if (found.size() < signals) {
            throw first.mistake(signals + " signals, but the lines of " + found.size() + ": expected a line for each signal");
        }
        expectGroups(name, found);
        return new Header(name, frequency(first), frames(first), List.copyOf(found));
    }

    private static void expectText(final String name, final int number, final String line) throws StreamException {
        for (int k = 0; k < line.length(); k++) {
            if (Character.isISOControl(line.charAt(k)) && line.charAt(k) != '\t') {
                throw new StreamException(name + ", line " + number + ": " + Printable.text(line.substring(k, k + 1)) + " at character "
                    + (k + 1) + ": expected the text of a WFDB header");
            }
        }
    }

    private static int signals(final HeaderLine line) throws StreamException {
        final Matcher record = line.match(0, NAME, "record", "the record's name");
        if (record.group(2) != null) {
            throw line.mistake("record " + Printable.text(record.group(1)) + " has several segments (/"
                + Printable.text(record.group(2)) + "): expected a record of one segment; convert each segment by itself");
        }
        line.match(1, COUNT, "number of signals", "a number from 1 to " + Format.WIDEST);
        final long signals = Long.parseLong(line.field(1));
        if (signals < 1 || signals > Format.WIDEST) {
            throw line.mistake("number of signals " + signals + ": expected 1 to " + Format.WIDEST);
        }
        return (int) signals;
    }

    private static double frequency(final HeaderLine line) throws StreamException {
        if (line.field(FREQUENCY_FIELD) == null) {
            return DEFAULT_FREQUENCY;
        }
        final double frequency = Double.parseDouble(
            line.match(FREQUENCY_FIELD, FREQUENCY, "sampling frequency", "a number, such as 360 or 360/1(0)").group(1));
        if (!(frequency > 0 && frequency < Double.POSITIVE_INFINITY)) {
            throw line.mistake("sampling frequency " + Printable.text(line.field(FREQUENCY_FIELD)) + ": expected a number above 0");
        }
        return frequency;
    }

    private static long frames(final HeaderLine line) throws StreamException {
        if (line.field(FRAMES_FIELD) == null) {
            return 0;
        }
        return Long.parseLong(line.match(FRAMES_FIELD, COUNT, "number of samples", "a whole number of at most 18 digits").group());
    }

    /** Signals of one file are a group: their lines follow each other, and agree about the file. */
    private static void expectGroups(final String name, final List<Signal> signals) throws StreamException {
        final Set<String> files = new HashSet<>();
        Signal before = null;
        for (final Signal signal : signals) {
            final String where = name + ", line " + signal.line() + ": " + Printable.text(signal.file());
            if (before != null && before.file().equals(signal.file())) {
                if (before.format() != signal.format() || before.byteOffset() != signal.byteOffset()) {
                    throw new StreamException(where + " has another format or byte offset than in line " + before.line()
                        + ": expected the same for all signals of a file");
                }
            } else if (!files.add(signal.file())) {
                throw new StreamException(where + " is named in an earlier line, too: expected the signals of a file in consecutive lines");
            }
            before = signal;
        }
    }
}
