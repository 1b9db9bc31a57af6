package org.tickwave.bench.answer;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.tickwave.bench.keep.RunningCrc;
import org.tickwave.bench.stdio.Descriptors;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.safetensors.file.AtomicFile;

/** The file or the pipe that answers are written to. */
public final class AnswerFile {
    private static final String STANDARD_INPUT = "-";
    private static final String RECORDING = ".wav";
    private static final int MOST_LINKS = 40;
    private static final int CHUNK_BYTES = 1 << 20;

    private AnswerFile() {
    }

    /** The name in messages. */
    public static String name(final AnswerOptions options) {
        return options.toStandardOutput() ? "standard output" : Printable.text(options.file());
    }

    /**
     * Whether the answers' file is another file, or a recording in another directory. Follows symbolic links, also to files that do not
     * exist yet.
     *
     * @param other a path as the user gave it; null for none
     */
    public static boolean same(final AnswerOptions options, final String other) throws IOException {
        return !options.toStandardOutput() && same(name(options), options.file(), other);
    }

    /**
     * The same for a file with a name.
     *
     * @param name  the name in messages
     * @param file  the path as the user gave it
     * @param other a path as the user gave it; null for none
     */
    public static boolean same(final String name, final String file, final String other) throws IOException {
        if (other == null) {
            return false;
        }
        final Path one = FileNames.path(name, file);
        final Path two = other.equals(STANDARD_INPUT) ? Path.of("/dev/stdin") : FileNames.path(Printable.text(other), other);
        if (Files.isDirectory(two)) {
            return target(one).startsWith(two.toRealPath()) && one.toString().toLowerCase(Locale.ROOT).endsWith(RECORDING);
        }
        if (Files.exists(one) && Files.exists(two)) {
            // A terminal or /dev/null may be both.
            return (Files.isRegularFile(one) || !other.equals(STANDARD_INPUT)) && Files.isSameFile(one, two);
        }
        return target(one).equals(target(two));
    }

    /** The file that a path leads to. The file need not exist. */
    private static Path target(final Path path) throws IOException {
        Path at = path.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(at) && links < MOST_LINKS; links++) {
            at = at.resolveSibling(Files.readSymbolicLink(at));
        }
        final Path directory = at.getParent();
        return directory != null && Files.isDirectory(directory) && at.getFileName() != null
            ? directory.toRealPath().resolve(at.getFileName()).normalize() : at.normalize();
    }

    /**
     * A file that holds answers already.
     *
     * @param channel at its end
     * @param crc     of all its bytes
     */
    public record Reopened(WritableByteChannel channel, RunningCrc crc) {
    }

    /**
     * Opens a file that holds answers already, and cuts it, so that the next answer follows those that are kept.
     *
     * @param mark the end of what stays
     * @throws StreamException if the file is missing, shorter, not writable, or holds something else; it is then unchanged
     */
    public static Reopened reopen(final AnswerOptions options, final AnswerMark mark) throws IOException {
        final String name = "--answers " + name(options);
        final Path file = FileNames.path(name, options.file());
        if (!Files.exists(file) || Files.size(file) < mark.length()) {
            throw new StreamException(name + ": " + (Files.exists(file) ? "has " + Files.size(file) + " bytes" : "no such file")
                + ": expected the " + mark.length() + " bytes that were written before the checkpoint, and perhaps more");
        }
        final FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (final IOException e) {
            throw new StreamException(name + ": cannot be read and written: " + AtomicFile.reason(e));
        }
        try {
            final RunningCrc crc = crc(channel, mark.length());
            if (crc.value() != mark.crc()) {
                throw new StreamException(name + ": its first " + mark.length()
                    + " bytes differ from those that were written before the checkpoint: expected the same file");
            }
            return new Reopened(channel.truncate(mark.length()).position(mark.length()), crc);
        } catch (final StreamException e) {
            channel.close();
            throw e;
        } catch (final IOException e) {
            channel.close();
            throw new StreamException(name + ": cannot be read and written: " + AtomicFile.reason(e));
        }
    }

    /** Of the first bytes of a file. */
    private static RunningCrc crc(final FileChannel file, final long length) throws IOException {
        final RunningCrc crc = new RunningCrc();
        final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        long at = 0;
        while (at < length && file.read(chunk.clear().limit((int) Math.min(CHUNK_BYTES, length - at)), at) >= 0) {
            at += chunk.position();
            crc.update(chunk.flip());
        }
        return crc;
    }

    /** Whether the answers go to a file, which can be cut, and not to a pipe. The file need not exist. */
    public static boolean regular(final AnswerOptions options) throws IOException {
        if (options.toStandardOutput()) {
            return false;
        }
        final Path file = FileNames.path("--answers " + name(options), options.file());
        return !Files.exists(file) || Files.isRegularFile(file);
    }

    /**
     * Opens the file, and empties it. An interrupt ends a blocked write to the channel.
     *
     * @throws StreamException if standard output is closed, or the file cannot be written
     */
    public static WritableByteChannel open(final AnswerOptions options) throws IOException {
        if (options.toStandardOutput()) {
            final String closed = Descriptors.closed(Descriptors.OUTPUT);
            if (closed != null) {
                throw new StreamException("--answers -: " + closed);
            }
            return new FileOutputStream(FileDescriptor.out).getChannel();
        }
        final Path file = FileNames.path("--answers " + name(options), options.file());
        final String closed = Descriptors.closed(file);
        if (closed != null) {
            throw new StreamException("--answers " + name(options) + ": " + closed);
        }
        if (Files.isDirectory(file)) {
            throw new StreamException("--answers " + name(options) + ": a directory: expected a file, or - for standard output");
        }
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (final IOException e) {
            throw new StreamException("--answers " + name(options) + ": cannot be written: " + AtomicFile.reason(e));
        }
    }
}
