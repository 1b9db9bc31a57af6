package org.tickwave.bench.convert;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.StreamException;

/** What is converted: a WFDB record, or a stream of raw numbers. */
public final class Source implements Closeable {
    private static final String STANDARD_INPUT = "-";
    private static final String EXPECTED = "expected the header of a record (.hea), or with --format a file, a FIFO or - for standard input";

    private final FrameStream stream;
    /** Null for raw numbers. */
    private final RecordStream record;
    private final List<Path> files = new ArrayList<>();

    private Source(final FrameStream stream, final RecordStream record) {
        this.stream = stream;
        this.record = record;
    }

    /**
     * Opens an input.
     *
     * @param format of raw numbers; null if the input is the header of a record
     * @throws IOException if the input is missing, cannot be opened or is invalid
     */
    public static Source open(final String input, final Format format) throws IOException {
        if (format != null && input.equals(STANDARD_INPUT)) {
            return new Source(Input.of(input, format, 1).open(), null);
        }
        final String name = Printable.text(input);
        final Path path = FileNames.path(name, input);
        if (!Files.exists(path)) {
            throw new StreamException(name + ": no such file: " + EXPECTED);
        }
        if (Files.isDirectory(path)) {
            throw new StreamException(name + ": a directory: " + EXPECTED);
        }
        final RecordStream record = format == null ? RecordStream.open(name, path) : null;
        final Source source = new Source(record == null ? Input.of(input, format, 1).open() : record, record);
        source.files.add(path);
        source.files.addAll(record == null ? List.of() : record.files());
        return source;
    }

    /** The frames. NaN stands for a number that is missing. */
    public FrameStream stream() {
        return stream;
    }

    /** The names of the numbers of a frame, all different. */
    public List<String> names() {
        return record == null ? IntStream.range(0, stream.width()).mapToObj(i -> "signal " + i).toList() : record.names();
    }

    /** @throws StreamException if the file is one of the files that are read */
    public void expectOther(final Path output) throws IOException {
        for (final Path file : files) {
            if (Files.exists(output) && Files.isSameFile(file, output)) {
                throw new StreamException(Printable.text(output.toString()) + ": a file of the input: expected another file to write");
            }
        }
    }

    /** What was converted, in one line: how many frames, the format, and the names and units of the signals of a record. */
    public String described(final long frames) {
        final StringBuilder text = new StringBuilder(frames + " frames, ")
            .append(new Format(Format.Numbers.F32, stream.width(), stream.framesPerSecond()));
        for (int i = 0; record != null && i < stream.width(); i++) {
            text.append(i == 0 ? ": " : ", ").append(record.names().get(i)).append(" in ").append(record.units().get(i));
        }
        return Printable.text(text.toString());
    }

    /** @see RecordStream#initialValues() */
    public List<String> initialValues() {
        return record == null ? List.of() : record.initialValues();
    }

    /** @see RecordStream#checksums() */
    public List<String> checksums() {
        return record == null ? List.of() : record.checksums();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
