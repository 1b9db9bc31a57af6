package org.tickwave.bench.convert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.StreamException;

/** The frames of a WFDB record, in physical units. NaN stands for a sample that is missing. */
public final class RecordStream implements FrameStream {
    /** Small, because a record may have many files. */
    private static final int BUFFER = 8_192;

    private final Header header;
    private final List<Path> paths = new ArrayList<>();
    private final List<SignalFile> files = new ArrayList<>();
    private final int[] samples;
    private final int[] initial;
    private final int[] sums;
    private long frames;
    private boolean ended;

    private RecordStream(final Header header) {
        this.header = header;
        samples = new int[header.signals().size()];
        initial = new int[samples.length];
        sums = new int[samples.length];
    }

    /**
     * Opens a record: its header, and the signal files that the header names.
     *
     * @throws StreamException if the header or a file is missing, invalid, or of a kind that is not read
     */
    public static RecordStream open(final String name, final Path path) throws IOException {
        final RecordStream stream = new RecordStream(Header.read(name, path));
        try {
            stream.openFiles(path.toAbsolutePath());
        } catch (final IOException e) {
            stream.close();
            throw e;
        }
        return stream;
    }

    private void openFiles(final Path path) throws IOException {
        final List<Signal> signals = header.signals();
        int from = 0;
        while (from < signals.size()) {
            final Signal first = signals.get(from);
            int to = from;
            while (to < signals.size() && signals.get(to).file().equals(first.file())) {
                to++;
            }
            final String where = header.name() + ", line " + first.line() + ": signal file " + Printable.text(first.file());
            final Path file = path.resolveSibling(FileNames.path(where, first.file()));
            if (!Files.isRegularFile(file)) {
                throw new StreamException(where + (Files.exists(file) ? ": not a regular file" : ": no such file")
                    + ": expected a regular file; its name is relative to the header's directory");
            }
            final String shown = Printable.text(first.file());
            files.add(new SignalFile(new Bytes(shown, Bytes.channel(shown, file), ByteBuffer.allocate(BUFFER)), first.format(), to - from));
            paths.add(file);
            files.getLast().skip(first.byteOffset());
            from = to;
        }
    }

    @Override
    public String name() {
        return header.name();
    }

    @Override
    public int width() {
        return samples.length;
    }

    @Override
    public double framesPerSecond() {
        return header.framesPerSecond();
    }

    /** The names of the signals: all different. */
    public List<String> names() {
        return header.signals().stream().map(Signal::name).toList();
    }

    /** The physical units of the signals. */
    public List<String> units() {
        return header.signals().stream().map(Signal::units).toList();
    }

    /** The signal files. */
    public List<Path> files() {
        return List.copyOf(paths);
    }

    @Override
    public boolean read(final float[] frame) throws IOException {
        if (ended || header.frames() > 0 && frames == header.frames()) {
            return false;
        }
        int at = 0;
        SignalFile shorter = null;
        SignalFile longer = null;
        for (final SignalFile file : files) {
            if (file.read(samples, at)) {
                longer = file;
            } else {
                shorter = file;
            }
            at += file.signals();
        }
        if (shorter != null) {
            end(shorter, longer);
            return false;
        }
        for (int s = 0; s < samples.length; s++) {
            frame[s] = header.signals().get(s).physical(samples[s]);
            sums[s] += samples[s];
        }
        if (frames == 0) {
            System.arraycopy(samples, 0, initial, 0, samples.length);
        }
        frames++;
        return true;
    }

    /** @param longer a file that has more frames; null if all files have ended */
    private void end(final SignalFile file, final SignalFile longer) throws StreamException {
        ended = true;
        if (header.frames() > 0) {
            throw new StreamException(file.name() + ": ends after " + frames + " frames: expected " + header.frames()
                + ", as the header says");
        }
        if (longer != null) {
            throw new StreamException(file.name() + ": ends after " + frames + " frames, but " + longer.name()
                + " goes on: expected files of the same length");
        }
        if (frames == 0) {
            throw new StreamException(file.name() + ": empty: expected samples");
        }
    }

    /**
     * Signals whose first sample is not the one that the header gives. A line for each. Empty if the header does not give the number of
     * samples, since then its other numbers may be placeholders.
     */
    public List<String> initialValues() {
        final List<String> found = new ArrayList<>();
        for (int s = 0; s < samples.length && header.frames() > 0 && frames > 0; s++) {
            final Integer expected = header.signals().get(s).initial();
            if (expected != null && expected != initial[s]) {
                found.add(where(s) + " begins with sample " + initial[s] + ": expected " + expected + ", as the header says");
            }
        }
        return found;
    }

    /** Signals whose checksum is not the one that the header gives. A line for each. Empty unless the whole record was read. */
    public List<String> checksums() {
        final List<String> found = new ArrayList<>();
        for (int s = 0; s < samples.length && header.frames() > 0 && frames == header.frames(); s++) {
            final Integer expected = header.signals().get(s).checksum();
            if (expected != null && expected.shortValue() != (short) sums[s]) {
                found.add(where(s) + " has checksum " + (short) sums[s] + ": expected " + expected
                    + ", as the header says: the samples or the header have changed");
            }
        }
        return found;
    }

    private String where(final int s) {
        return Printable.text(header.signals().get(s).file()) + ": " + Printable.text(header.signals().get(s).name());
    }

    @Override
    public void close() throws IOException {
        for (final SignalFile file : files) {
            file.close();
        }
    }
}
