package org.tickwave.bench.input;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tickwave.bench.keep.Archive;
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
import org.tickwave.bench.table.Table;
import org.tickwave.bench.table.TableOptions;

/**
 * The input that the user named: a file, a FIFO, a directory of labelled recordings, or standard input.
 */
public final class Input {
    private static final String STANDARD_INPUT = "-";
    private static final String EXPECTED = "expected a file, a FIFO, a directory of recordings, or - for standard input";
    private static final int SHOWN = 16;
    /** A pipe has no length; this number replaces the length. */
    private static final int PIPE = -1;

    private final String name;
    private final Path path;
    private final Format format;
    private final RecordingDirectory directory;
    private final TableOptions options;
    private volatile Table table;
    private volatile boolean opened;
    /** Of the recordings when the run began: their list is not asked for again while the stream plays. */
    private volatile int listCrc;
    /** What was read of the file; null unless the input is kept. */
    private volatile Prefix prefix;
    private long markedLength;
    private int markedCrc;

    private Input(final String name, final Path path, final Format format, final RecordingDirectory directory,
        final TableOptions options) {
        this.name = name;
        this.path = path;
        this.format = format;
        this.directory = directory;
        this.options = options;
    }

    /** Whether the name of a path says that the file is a table. */
    public static boolean namesTable(final String path) {
        final String lower = path.toLowerCase(Locale.ROOT);
        return lower.endsWith(".csv") || lower.endsWith(".tsv");
    }

    /**
     * Checks an input that is a table, whatever its name. Examines a regular file; a pipe is examined by {@link #open}.
     *
     * @throws StreamException if the input is missing, empty, not readable or no suitable table
     */
    public static Input of(final String path, final TableOptions options) throws IOException {
        final Input input = new Input(nameOf(path), pathOf(path), null, null, options);
        if (input.path != null && Files.isDirectory(input.path)) {
            throw new StreamException(input.name + ": a directory: expected a table in a file or a FIFO, or - for standard input");
        }
        if (input.path != null) {
            input.check();
        }
        Table.requireLabels(input.name, input.regularFile(), options);
        if (input.regularFile()) {
            input.table = input.examine();
        }
        return input;
    }

    private Table examine() throws IOException {
        return Table.of(name, this::channel, regularFile(), options);
    }

    /**
     * Checks an input that may have any labels and no bad recordings.
     *
     * @see #of(String, Format, long, List, boolean)
     */
    public static Input of(final String path, final Format format, final long seed) throws IOException {
        return of(path, format, seed, null, false);
    }

    /**
     * Checks an input without opening it as a stream. In a directory, checks the header of each recording.
     *
     * @param path    path, or {@code -} for standard input
     * @param format  format of a raw stream; null if the first bytes of the stream tell its kind
     * @param seed    seed of the order of a directory's recordings
     * @param labels  the allowed labels of a directory by index, all of which need not occur; null to take the labels of the
     *                recordings, which must be at least two and fewer than the recordings
     * @param skipBad whether bad recordings are left out; otherwise a directory with a bad recording is refused
     * @throws StreamException if the input is missing, empty or not readable, or a directory without suitable recordings
     */
    public static Input of(
        final String path, final Format format, final long seed, final List<String> labels, final boolean skipBad)
        throws IOException {
        final String name = nameOf(path);
        final Path asPath = pathOf(path);
        if (asPath == null) {
            return new Input(name, null, format, null, null);
        }
        if (!Files.isDirectory(asPath)) {
            final Input input = new Input(name, asPath, format, null, null);
            input.check();
            return input;
        }
        if (format != null) {
            throw new StreamException(name + ": a directory, with --format " + format + ": expected a file, or no --format");
        }
        return new Input(name, asPath, null, RecordingDirectory.of(name, asPath, seed, labels, skipBad), null);
    }

    private static String nameOf(final String path) {
        return path.equals(STANDARD_INPUT) ? "standard input" : Printable.text(path);
    }

    /** The path; null for standard input, which must be open. */
    private static Path pathOf(final String path) throws StreamException {
        if (path.equals(STANDARD_INPUT)) {
            final String closed = Descriptors.closed(Descriptors.INPUT);
            if (closed != null) {
                throw new StreamException(closed);
            }
            return null;
        }
        if (path.isEmpty()) {
            throw new StreamException("input \"\": " + EXPECTED);
        }
        return FileNames.path(Printable.text(path), path);
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
            throw new StreamException(name + ": permission denied: expected a file with read permission");
        }
        if (Files.isRegularFile(path) && Files.size(path) == 0) {
            throw new StreamException(name + ": empty: expected frames");
        }
    }

    /** The name of the input in messages. */
    public String name() {
        return name;
    }

    /** Whether the input is a regular file or a directory: the program can read it again, and at any pace. A pipe allows neither. */
    public boolean regularFile() {
        return directory != null || path != null && Files.isRegularFile(path);
    }

    /** Lines for the user: which files and directories of a directory were ignored or left out. */
    public List<String> notes() {
        return directory == null ? List.of() : directory.notes();
    }

    /** The recordings of a directory in the order of play, which is the same in every pass; null if the input is no directory. */
    public List<Recording> recordings() {
        return directory == null ? null : directory.recordings();
    }

    /** The table that was examined; null if the input is no table, and before a pipe is opened. */
    public Table table() {
        return table;
    }

    /** What {@link #open} waits for, in words for the user. Any thread may call this. */
    public String missing() {
        return opened || path == null || regularFile() ? "no complete header has arrived" : "no program has opened the FIFO for writing";
    }

    /**
     * Opens the stream. A file or a directory can be opened several times and begins at its start. Waits until a program opens a FIFO
     * for writing. Without a format, also waits for the header.
     *
     * @throws StreamException if the stream has an unknown kind, or its header is invalid
     * @throws IOException     if the stream cannot be opened
     */
    public FrameStream open() throws IOException {
        if (directory != null) {
            return new RecordingDirectoryStream(directory);
        }
        if (options != null) {
            if (!regularFile()) {
                table = examine();
            }
            return table.open();
        }
        return open(name, channel(), format, path != null && Files.isRegularFile(path) ? Files.size(path) : PIPE);
    }

    /** Opens the bytes. Both channels are FileChannels: an interrupt or a close ends a waiting read. */
    private ReadableByteChannel channel() throws IOException {
        if (path == null) {
            return new FileInputStream(FileDescriptor.in).getChannel();
        }
        check();
        final FileChannel channel = Bytes.channel(name, path);
        opened = true;
        return prefix == null ? channel : new PrefixChannel(channel, prefix);
    }

    /** Notes the list of recordings, and from now on what is read of a file, for {@link #keep}. */
    public void note() throws IOException {
        listCrc = directory == null ? 0 : directory.listCrc();
        prefix = directory == null && regularFile() ? new Prefix() : null;
    }

    /** Notes how much of a file was read so far, for {@link #keep}. Allocates nothing. For the thread that reads the stream. */
    public void mark() {
        if (prefix != null) {
            markedLength = prefix.length();
            markedCrc = prefix.crc();
        }
    }

    /**
     * Keeps what tells this input from others: of a file its length and the CRC of what was read until {@link #mark}, of a directory
     * the list of its recordings with their lengths. While reading, compares.
     *
     * @param mayGrow whether a file may be longer than it was
     * @throws StreamException if the input is another one
     */
    public void keep(final Archive archive, final boolean mayGrow) throws IOException {
        final String kind = directory != null ? "a directory" : regularFile() ? "a file" : "a pipe";
        final String found = archive.text(kind);
        if (!found.equals(kind)) {
            throw new StreamException(name + ": " + kind + ": expected " + found + ", as before");
        }
        if (directory != null) {
            if (archive.of(listCrc) != listCrc) {
                throw new StreamException(name + ": has other recordings than before, or recordings of other lengths: expected the same directory");
            }
        } else if (prefix != null) {
            keepFile(archive, mayGrow);
        }
    }

    private void keepFile(final Archive archive, final boolean mayGrow) throws IOException {
        final long size = Files.size(path);
        final long before = archive.of(size);
        final long length = archive.of(markedLength);
        final int crc = archive.of(markedCrc);
        if (size < before || size > before && !mayGrow) {
            throw new StreamException(name + ": has " + size + " bytes: expected " + (mayGrow ? "at least " : "") + "the " + before
                + " that it had before");
        }
        if (archive.reads()) {
            try (FileChannel file = Bytes.channel(name, path)) {
                prefix.expect(name, file, length, crc);
            }
        }
    }

    /** Opens a stream from a pipe. Closes the channel if this fails. */
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
            throw new StreamException(name + (bytes.await(1) == 0 ? ": empty" : ": begins with " + bytes.shown(SHOWN))
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
