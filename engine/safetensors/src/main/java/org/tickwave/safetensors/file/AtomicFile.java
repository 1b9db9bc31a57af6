package org.tickwave.safetensors.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Writes a file as a whole or not at all. The new file is written under a temporary name in the same directory, forced to the disk,
 * and then moved over the old file. If the file is a symbolic link, the target of the link is replaced. Permissions stay.
 *
 * <p>A thread of its own writes the file: an interrupt closes a {@link FileChannel}, and a program that is interrupted still saves.
 */
public final class AtomicFile {
    private static final int MOST_LINKS = 40;

    private AtomicFile() {
    }

    /** The content of a file. */
    public interface Contents {
        void writeTo(OutputStream to) throws IOException;
    }

    /** The content of a file, from memory outside the heap. */
    public interface Buffers {
        void writeTo(WritableByteChannel to) throws IOException;
    }

    /**
     * Tests whether a file can be written: creates an empty file in its directory and deletes the empty file again.
     *
     * @throws FileException if the directory is missing or not writable, or if the file exists, but is not a regular file or not
     *                        writable
     */
    public static void check(final Path file) throws FileException {
        final String name = OneLine.text(file.toString());
        final Path target = target(file, name);
        try {
            TemporaryFile.create(target, FileChannel::tryLock).close();
        } catch (final IOException e) {
            throw cannot(name, e);
        }
    }

    /**
     * Tests whether the disk has room for a new file. The old file still needs its room until the new file is complete.
     *
     * @param bytes size of the new file
     * @throws FileException if the file store reports less room
     */
    public static void expectRoom(final Path file, final long bytes) throws FileException {
        final String name = OneLine.text(file.toString());
        final Path directory = target(file, name).getParent();
        final long usable;
        try {
            usable = Files.getFileStore(directory).getUsableSpace();
        } catch (final IOException e) {
            // In some containers a directory has no known mount point. Then writing shows whether there is room.
            return;
        }
        if (usable < bytes) {
            throw new FileException(name + ": " + usable + " bytes free on the disk: expected " + bytes + " bytes for the new file");
        }
    }

    /**
     * Writes a file, and removes temporary files that killed processes left behind. Several threads and processes may write the same
     * file at the same time; the last writer wins.
     *
     * @param contents called by another thread while the calling thread waits
     * @throws FileException if the file cannot be written; the old file is unchanged
     */
    public static void write(final Path file, final Contents contents) throws FileException {
        write(file, contents, FileChannel::tryLock);
    }

    /** Writes a file as {@link #write} does. */
    public static void writeBuffers(final Path file, final Buffers contents) throws FileException {
        writeBuffers(file, contents, FileChannel::tryLock);
    }

    static void write(final Path file, final Contents contents, final TemporaryFile.Locks locks) throws FileException {
        writeBuffers(file, channel -> contents.writeTo(Channels.newOutputStream(channel)), locks);
    }

    private static void writeBuffers(final Path file, final Buffers contents, final TemporaryFile.Locks locks) throws FileException {
        final FutureTask<Void> task = new FutureTask<>(() -> {
            replace(file, contents, locks);
            return null;
        });
        boolean interrupted = Thread.interrupted();
        try {
            Thread.ofPlatform().name("tickwave-save").daemon().start(task);
        } catch (final OutOfMemoryError e) {
            // The system allows no more threads.
            task.run();
        }
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (final ExecutionException e) {
            switch (e.getCause()) {
                case final FileException refused -> throw refused;
                case final RuntimeException ours -> throw ours;
                case final Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void replace(final Path file, final Buffers contents, final TemporaryFile.Locks locks)
        throws FileException {
        final String name = OneLine.text(file.toString());
        try {
            final Path target = target(file, name);
            TemporaryFile.removeLeftOvers(target, locks);
            try (TemporaryFile temporary = TemporaryFile.create(target, locks)) {
                contents.writeTo(temporary.channel());
                temporary.channel().force(true);
                temporary.moveTo(target);
            }
            force(target.getParent());
        } catch (final FileException e) {
            throw e;
        } catch (final IOException e) {
            throw cannot(name, e);
        }
    }

    /** The file that is replaced, after all symbolic links are followed. An absolute path; the file need not exist. */
    private static Path target(final Path file, final String name) throws FileException {
        Path target = file.toAbsolutePath();
        try {
            for (int links = 0; Files.isSymbolicLink(target); links++) {
                if (links == MOST_LINKS) {
                    throw new FileException(name + ": too many levels of symbolic links: expected at most " + MOST_LINKS);
                }
                target = target.resolveSibling(Files.readSymbolicLink(target));
            }
        } catch (final FileException e) {
            throw e;
        } catch (final IOException e) {
            throw cannot(name, e);
        }
        if (Files.isDirectory(target)) {
            throw new FileException(name + ": a directory: expected a file to write");
        }
        final Path directory = target.getParent();
        if (!Files.isDirectory(directory)) {
            final String shown = OneLine.text(directory.toString());
            throw new FileException(name + ": "
                + (Files.exists(directory) ? shown + " is not a directory" : "directory " + shown + " does not exist"));
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new FileException(name + ": a device, a FIFO or a socket: expected a regular file or a new name");
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new FileException(name + ": permission denied: expected a file with write permission");
        }
        return target;
    }

    /** Forces a move in the directory to the disk. Some systems cannot open directories; there the move is safe without this. */
    private static void force(final Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (final IOException e) {
            // The file is complete in any case.
        }
    }

    private static FileException cannot(final String name, final IOException e) {
        return new FileException(name + ": cannot be written: " + reason(e), e);
    }

    /** The reason of an exception, without the name of the file. */
    public static String reason(final IOException e) {
        final String reason = switch (e) {
            case final AccessDeniedException denied -> "access is denied";
            case final NoSuchFileException missing -> "no such directory";
            case final FileAlreadyExistsException exists -> OneLine.text(exists.getFile()) + " already exists";
            case final FileSystemException other -> other.getReason();
            default -> e.getMessage();
        };
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
