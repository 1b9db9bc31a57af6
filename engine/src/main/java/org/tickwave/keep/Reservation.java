package org.tickwave.keep;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file name that one process has reserved for itself: FILE is reserved by a lock on .FILE.lock, which stays. The lock ends with the
 * process.
 */
public final class Reservation implements Closeable {
    /**
     * The locks of this process. When a process closes any descriptor of a file, POSIX drops all locks of the process on the file. So this
     * process opens each lock file once at most.
     */
    private static final Set<Path> LOCKS = ConcurrentHashMap.newKeySet();
    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    private enum Lock {
        TAKEN,
        /** A file system without locks, such as some network file systems, locks nothing. */
        UNSUPPORTED,
        OF_ANOTHER
    }

    private final Path target;
    private final Path lock;
    private final FileChannel channel;
    private final boolean proven;
    private boolean closed;

    private Reservation(final Path target, final Path lock, final FileChannel channel, final boolean proven) {
        this.target = target;
        this.lock = lock;
        this.channel = channel;
        this.proven = proven;
    }

    /**
     * Reserves a file for this process. The file need not exist. If the file is a symbolic link, the target of the link is meant. The
     * target need not exist either.
     *
     * @return null if another process, or this one, has reserved the file
     * @throws IOException if the directory is missing or not writable, or if the file is no regular file
     */
    public static Reservation of(final Path file) throws IOException {
        final Path target = target(file);
        final Path directory = target.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException(file + ": no such directory: expected a file in a directory that exists");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new IOException(file + ": no regular file: expected a file or a new name");
        }
        final Path lock = directory.toRealPath().resolve("." + target.getFileName() + ".lock");
        if (!LOCKS.add(lock)) {
            return null;
        }
        Reservation made = null;
        try {
            made = locked(target, lock);
            return made;
        } finally {
            if (made == null) {
                LOCKS.remove(lock);
            }
        }
    }

    /** Follows symbolic links, also to a file that does not exist yet. */
    public static Path target(final Path file) throws IOException {
        Path target = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new IOException(file + ": a loop of symbolic links: expected a link to a file or to a new name");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    private static Reservation locked(final Path target, final Path lock) throws IOException {
        final FileChannel channel;
        try {
            channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (final IOException e) {
            throw new IOException(lock + ": cannot be created: expected a directory that can be written", e);
        }
        final Lock taken = lock(channel);
        if (taken == Lock.OF_ANOTHER) {
            channel.close();
            return null;
        }
        return new Reservation(target, lock, channel, taken == Lock.TAKEN);
    }

    private static Lock lock(final FileChannel channel) {
        try {
            final FileLock lock = channel.tryLock();
            return lock == null ? Lock.OF_ANOTHER : Lock.TAKEN;
        } catch (final OverlappingFileLockException e) {
            return Lock.OF_ANOTHER;
        } catch (final IOException e) {
            return Lock.UNSUPPORTED;
        }
    }

    /** The file, with all symbolic links followed. */
    public Path target() {
        return target;
    }

    /** Whether a lock holds others off. On a file system without locks only this process is held off. */
    public boolean proven() {
        return proven;
    }

    /** Lets others reserve the file. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                channel.close();
            } finally {
                LOCKS.remove(lock);
            }
        }
    }
}
