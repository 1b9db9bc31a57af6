package org.tickwave.bench.input;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tickwave.bench.sound.RecordingDirectory;
import org.tickwave.bench.sound.RecordingDirectoryStream;
import org.tickwave.bench.sound.WavHeader;
import org.tickwave.bench.sound.WavStream;
import org.tickwave.bench.stdio.Descriptors;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.RawStream;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Y4mHeader;
import org.tickwave.bench.stream.Y4mStream;

/**
 * A stream that somebody named, and how to open it: a file, a FIFO, a directory of labelled recordings, or {@code -}, which
 * is standard input.
 */
public final class Input {
    private static final String STANDARD_INPUT = "-";
    private static final String EXPECTED = "expected a file, a FIFO, a directory of recordings, or - for standard input";
    private static final int SHOWN = 16;
    /** In place of a file's length. */
    private static final int PIPE = -1;

    private final String name;
    private final Path path;
    private final Format format;
    private final RecordingDirectory directory;
    private volatile boolean opened;

    private Input(final String name, final Path path, final Format format, final RecordingDirectory directory) {
        this.name = name;
        this.path = path;
        this.format = format;
        this.directory = directory;
    }

    /**
     * Names a stream that may have any labels, and in which every recording must be good.
     *
     * @see #of(String, Format, long, List, boolean)
     */
    public static Input of(final String path, final Format format, final long seed) throws IOException {
        return of(path, format, seed, null, false);
    }

    /**
     * Names a stream, and looks whether it is there, without opening it; of a directory, at the header of every
     * recording.
     *
     * @param format what its bytes mean, or null: found from the first of them when it is opened
     * @param seed   of the order of a directory's recordings
     * @param labels that recordings may have, by index, if they are known already: then a directory may have few of them, or
     *               one; null for those that there are, of which there must be two or more, and fewer than recordings
     * @param skipBad whether recordings that cannot be used are left out; otherwise they are refused
     * @throws StreamException if it is missing, empty, a directory of something else, or may not be read
     */
    public static Input of(
        final String path, final Format format, final long seed, final List<String> labels, final boolean skipBad)
        throws IOException {
        if (path.equals(STANDARD_INPUT)) {
            final String closed = Descriptors.closed(Descriptors.INPUT);
            if (closed != null) {
                throw new StreamException(closed);
            }
            return new Input("standard input", null, format, null);
        }
        if (path.isEmpty()) {
            throw new StreamException("input \"\": " + EXPECTED);
        }
        final String name = Printable.text(path);
        final Path asPath = FileNames.path(name, path);
        if (!Files.isDirectory(asPath)) {
            final Input input = new Input(name, asPath, format, null);
            input.check();
            return input;
        }
        if (format != null) {
            throw new StreamException(name + ": a directory, with --format " + format + ": expected a file; recordings say "
                + "themselves what they are");
        }
        return new Input(name, asPath, null, RecordingDirectory.of(name, asPath, seed, labels, skipBad));
    }

    private void check() throws IOException {
        final String closed = Descriptors.closed(path);
        if (closed != null) {
            throw new StreamException(name + ": " + closed);
        }
        if (!Files.exists(path) || Descriptors.ofJvm(path)) {
            throw new StreamException(name + ": no such file: " + EXPECTED);
        }
        if (!Files.isReadable(path)) {
            throw new StreamException(name + ": may not be read: expected a file with read permission");
        }
        if (Files.isRegularFile(path) && Files.size(path) == 0) {
            throw new StreamException(name + ": empty: expected frames");
        }
    }

    /** What to call it in a message. */
    public String name() {
        return name;
    }

    /** Whether it can be played again, and waits for its reader; what comes from a pipe does not. */
    public boolean regularFile() {
        return directory != null || path != null && Files.isRegularFile(path);
    }

    /** Lines for the user: what of a directory was passed over, and what was left out. */
    public List<String> notes() {
        return directory == null ? List.of() : directory.notes();
    }

    /** A directory's recordings, as they are played in every pass; null where a stream is not made of labelled recordings. */
    public List<Recording> recordings() {
        return directory == null ? null : directory.recordings();
    }

    /** What {@link #open} still waits for, in words. From any thread. */
    public String missing() {
        return opened || path == null || regularFile() ? "no whole header has come" : "no program has opened it for writing";
    }

    /**
     * Opens it; a file or a directory from its start, as often as wanted. Waits for whoever writes into a FIFO, and where there is
     * no format for the first bytes.
     *
     * @throws StreamException if what it begins with is not a kind of stream that is read
     * @throws IOException     if it cannot be opened
     */
    public FrameStream open() throws IOException {
        if (directory != null) {
            return new RecordingDirectoryStream(directory);
        }
        // Both are channels of files: an interrupt, or closing it, ends a read that waits.
        if (path == null) {
            return open(name, new FileInputStream(FileDescriptor.in).getChannel(), format);
        }
        check();
        final FileChannel channel = Bytes.channel(name, path);
        opened = true;
        return open(name, channel, format, Files.isRegularFile(path) ? Files.size(path) : PIPE);
    }

    /** A pipe. Closes the channel if it does not hold a stream. */
    public static FrameStream open(final String name, final ReadableByteChannel channel, final Format format) throws IOException {
        return open(name, channel, format, PIPE);
    }

    private static FrameStream open(
        final String name, final ReadableByteChannel channel, final Format format, final long fileBytes) throws IOException {
        final Bytes bytes = new Bytes(name, channel, format == null ? 0 : format.frameBytes());
        if (format != null) {
            return new RawStream(bytes, format);
        }
        try {
            if (begins(bytes, Y4mHeader.MAGIC)) {
                return new Y4mStream(bytes);
            }
            for (final String magic : WavHeader.MAGICS) {
                if (begins(bytes, magic)) {
                    return new WavStream(bytes, WavHeader.read(bytes, fileBytes));
                }
            }
            throw new StreamException(name + (bytes.await(1) == 0 ? ": empty" : ": begins " + bytes.shown(SHOWN))
                + ": expected " + Y4mHeader.MAGIC + ", " + WavHeader.MAGIC + " (WAV), or --format " + Format.FORM);
        } catch (final IOException e) {
            bytes.close();
            throw e;
        }
    }

    private static boolean begins(final Bytes bytes, final String magic) throws IOException {
        boolean begins = bytes.await(magic.length()) == magic.length();
        for (int i = 0; begins && i < magic.length(); i++) {
            begins = bytes.at(i) == magic.charAt(i);
        }
        return begins;
    }
}
