package org.tickwave.bench.stream;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A stream that somebody named, and how to open it: a file, a FIFO, or {@code -}, which is standard input. */
public final class Input {
    private static final int SHOWN = 16;

    private final String name;
    private final Path path;
    private final Format format;

    private Input(final String name, final Path path, final Format format) {
        this.name = name;
        this.path = path;
        this.format = format;
    }

    /**
     * Names a stream, and looks whether it is there, without opening it.
     *
     * @param format what its bytes mean, or null: found from the first of them when it is opened
     * @throws StreamException if it is missing, empty, a directory, or may not be read
     */
    public static Input of(final String path, final Format format) throws IOException {
        if (path.equals("-")) {
            return new Input("standard input", null, format);
        }
        if (path.isEmpty()) {
            throw new StreamException("input \"\": expected a file, a FIFO, or - for standard input");
        }
        final Path asPath;
        try {
            asPath = Path.of(path);
        } catch (final InvalidPathException e) {
            throw new StreamException(Shown.text(path) + ": no such file: expected a file, a FIFO, or - for standard input");
        }
        final Input input = new Input(Shown.text(path), asPath, format);
        input.check();
        return input;
    }

    private void check() throws IOException {
        if (!Files.exists(path)) {
            throw new StreamException(name + ": no such file: expected a file, a FIFO, or - for standard input");
        }
        if (Files.isDirectory(path)) {
            throw new StreamException(name + ": a directory: expected a file or a FIFO");
        }
        if (!Files.isReadable(path)) {
            throw new StreamException(name + ": may not be read: expected a file with read permission");
        }
        if (regularFile() && Files.size(path) == 0) {
            throw new StreamException(name + ": empty: expected frames");
        }
    }

    /** What to call it in a message. */
    public String name() {
        return name;
    }

    /** Whether it can be played again, and waits for its reader; what comes from a pipe does not. */
    public boolean regularFile() {
        return path != null && Files.isRegularFile(path);
    }

    /**
     * Opens it; a regular file from its start, as often as wanted. Waits for whoever writes into a FIFO, and where there is
     * no format for the first bytes.
     *
     * @throws StreamException if what it begins with is not a kind of stream that is read
     * @throws IOException     if it cannot be opened
     */
    public Source open() throws IOException {
        return open(name, channel(), format);
    }

    /** Closes the channel if it does not hold a stream. */
    static Source open(final String name, final ReadableByteChannel channel, final Format format) throws IOException {
        final Bytes bytes = new Bytes(name, channel, format == null ? 0 : format.frameBytes());
        if (format != null) {
            return new RawSource(bytes, format);
        }
        try {
            final int there = bytes.await(Y4mHeader.MAGIC.length());
            for (int i = 0; i < Y4mHeader.MAGIC.length(); i++) {
                if (i == there || bytes.at(i) != Y4mHeader.MAGIC.charAt(i)) {
                    throw new StreamException(name + (there == 0 ? ": empty" : ": begins " + bytes.shown(SHOWN))
                        + ": expected " + Y4mHeader.MAGIC + ", or --format " + Format.FORM);
                }
            }
            return new Y4mSource(bytes);
        } catch (final IOException e) {
            bytes.close();
            throw e;
        }
    }

    // Both are channels of files: an interrupt, or closing it, ends a read that waits.
    private ReadableByteChannel channel() throws IOException {
        if (path == null) {
            return new FileInputStream(FileDescriptor.in).getChannel();
        }
        check();
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (final FileSystemException e) {
            throw new IOException(name + ": cannot be opened: " + (e.getReason() == null ? e.toString() : e.getReason()), e);
        }
    }
}
