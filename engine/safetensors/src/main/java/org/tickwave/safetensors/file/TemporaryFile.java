package org.tickwave.safetensors.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A new file beside a target, under a random name, locked until it is moved over the target or deleted. The lock tells other
 * processes that this process still writes the file. A process number in the name would not: in containers many processes have
 * the same number.
 *
 * <p>This process never opens a temporary file of its own a second time: POSIX drops all locks that a process has on a file
 * when the process closes any descriptor of that file.
 */
final class TemporaryFile implements Closeable {
    private static final String MARK = ".tickwave-";
    private static final String SUFFIX = ".tmp";
    private static final String RANDOM = "[0-9a-f]{16}";
    /** Earlier versions used the number of the process in place of random digits, and did not lock the file. */
    private static final String PROCESS = "[1-9][0-9]{0,9}";
    /** A younger file may be in use although it is not locked: its process may be about to lock the file. */
    private static final Duration LEAST_AGE = Duration.ofMinutes(1);
    /** A younger file of an earlier version may be in use: such a file is never locked. */
    private static final Duration LEAST_AGE_UNLOCKED = Duration.ofHours(1);
    private static final int MOST_ATTEMPTS = 8;
    private static final SecureRandom NAMES = new SecureRandom();
    /** The names of the temporary files that this process has open. Names are random, so one set serves for all directories. */
    private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    /** Locks a file. Tests use other implementations. */
    interface Locks {
        /** @return null if another process has locked the file */
        FileLock tryLock(FileChannel channel) throws IOException;
    }

    private TemporaryFile(final Path path, final FileAttribute<?>... attributes) throws IOException {
        this.path = path;
        OWN.add(path.getFileName().toString());
        try {
            channel = FileChannel.open(path,
                Set.<OpenOption>of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS), attributes);
        } catch (final IOException | RuntimeException | Error e) {
            OWN.remove(path.getFileName().toString());
            throw e;
        }
    }

    /** Creates a file with the permissions of the target, if there is a target, and locks the file where locks work. */
    static TemporaryFile create(final Path target, final Locks locks) throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            final TemporaryFile file = create(target);
            try {
                if (file.lock(locks)) {
                    return file;
                }
            } catch (final IOException | RuntimeException | Error e) {
                file.close();
                throw e;
            }
            file.close();
        }
        throw new FileSystemException(null, null, "another process removes each temporary file");
    }

    private static TemporaryFile create(final Path target) throws IOException {
        final Path path = target.resolveSibling("." + target.getFileName() + MARK + HexFormat.of().toHexDigits(NAMES.nextLong())
            + SUFFIX);
        final PosixFileAttributeView old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (old == null || !Files.exists(target)) {
            return new TemporaryFile(path);
        }
        final Set<PosixFilePermission> permissions = old.readAttributes().permissions();
        final TemporaryFile file = new TemporaryFile(path, PosixFilePermissions.asFileAttribute(permissions));
        try {
            // Once more, because the umask applied at creation. Before the lock, because this opens and closes the file.
            Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).setPermissions(permissions);
        } catch (final AccessDeniedException e) {
            // The owner may not read the file. Then the permissions with the umask stay.
        } catch (final IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
        return file;
    }

    /** @return false if another process removed the file as a left-over before this process locked the file */
    private boolean lock(final Locks locks) throws IOException {
        final BasicFileAttributes before = attributes(path);
        try {
            locks.tryLock(channel);
        } catch (final IOException | UnsupportedOperationException e) {
            // A file system without locks, such as NFS without its lock service. There no process removes left-overs.
        }
        return same(before, attributes(path));
    }

    FileChannel channel() {
        return channel;
    }

    /** Moves this file over the target. The file stays locked. */
    void moveTo(final Path target) throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes the file, unless the file was moved. */
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(path);
        } catch (final IOException e) {
            // The file is a left-over now. The next process that saves removes it.
        } finally {
            OWN.remove(path.getFileName().toString());
        }
    }

    /** Removes the temporary files of a target that killed processes left behind. */
    static void removeLeftOvers(final Path target, final Locks locks) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(target.getParent())) {
            for (final Path path : all) {
                if (abandoned(target, path)) {
                    removeUnlocked(path, locks);
                }
            }
        } catch (final IOException | RuntimeException e) {
            // The left-overs stay.
        }
    }

    /** Whether a file has the name of a temporary file of the target, and is too old to be in use without a lock. */
    private static boolean abandoned(final Path target, final Path path) throws IOException {
        final String prefix = "." + target.getFileName() + MARK;
        final String name = path.getFileName().toString();
        if (!name.startsWith(prefix) || !name.endsWith(SUFFIX) || name.length() < prefix.length() + SUFFIX.length()
            || OWN.contains(name)) {
            return false;
        }
        final String middle = name.substring(prefix.length(), name.length() - SUFFIX.length());
        final Duration leastAge = middle.matches(RANDOM) ? LEAST_AGE : middle.matches(PROCESS) ? LEAST_AGE_UNLOCKED : null;
        final BasicFileAttributes found = attributes(path);
        return leastAge != null && found != null && found.isRegularFile()
            && found.lastModifiedTime().toInstant().isBefore(Instant.now().minus(leastAge));
    }

    private static void removeUnlocked(final Path path, final Locks locks) {
        try {
            final BasicFileAttributes before = attributes(path);
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                // The owner may have moved the file meanwhile. Then the name is gone, or names another file.
                if (locks.tryLock(channel) != null && same(before, attributes(path))) {
                    Files.delete(path);
                }
            }
        } catch (final IOException | UnsupportedOperationException | OverlappingFileLockException e) {
            // A process may still write the file, so the file stays.
        }
    }

    private static BasicFileAttributes attributes(final Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (final IOException e) {
            return null;
        }
    }

    private static boolean same(final BasicFileAttributes one, final BasicFileAttributes other) {
        return one != null && other != null && Objects.equals(one.fileKey(), other.fileKey());
    }
}
