package org.tickwave.bench.model;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.tickwave.bench.stream.Printable;

/**
 * A file that is written whole or not at all: under a temporary name in its folder, forced to the disk, then moved over the
 * old one. A link is followed, so that what it names is replaced and not the link; permissions stay.
 *
 * <p>An interrupt ends none of it, so that a run which is interrupted still saves.
 */
public final class AtomicFile {
    private static final int MOST_LINKS = 40;
    private static final String TEMPORARY = ".tickwave-";
    private static final String SUFFIX = ".tmp";

    private AtomicFile() {
    }

    /** Writes what a file is to hold. */
    public interface Contents {
        void writeTo(OutputStream to) throws IOException;
    }

    /**
     * Looks whether a file can be written, by writing nothing under its temporary name.
     *
     * @throws ModelException if its folder is missing or may not be written, or if it is there and no regular file that may
     *                        be written
     */
    public static synchronized void check(final Path file) throws ModelException {
        final String name = Printable.text(file.toString());
        final Path target = target(file, name);
        final Path temporary = temporary(target);
        try {
            create(temporary, target);
        } catch (final IOException e) {
            throw cannot(name, e);
        } finally {
            remove(temporary);
        }
    }

    /**
     * Writes a file; what killed processes left of earlier attempts is removed. One at a time in a process, whose number
     * makes a temporary name its own.
     *
     * @throws ModelException if it cannot be written; what it held before, it still holds
     */
    public static synchronized void write(final Path file, final Contents contents) throws ModelException {
        final String name = Printable.text(file.toString());
        final boolean interrupted = Thread.interrupted();
        try {
            final Path target = target(file, name);
            removeLeftOvers(target);
            final Path temporary = temporary(target);
            try {
                create(temporary, target);
                // Not a channel: an interrupt would close it.
                try (FileOutputStream to = new FileOutputStream(temporary.toFile())) {
                    contents.writeTo(to);
                    to.getFD().sync();
                }
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                // There is none after the move.
                remove(temporary);
            }
            force(target.getParent());
        } catch (final ModelException e) {
            throw e;
        } catch (final IOException e) {
            throw cannot(name, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What is to be replaced, absolute: a file, or nothing yet. */
    private static Path target(final Path file, final String name) throws ModelException {
        Path target = file.toAbsolutePath();
        try {
            for (int links = 0; Files.isSymbolicLink(target); links++) {
                if (links == MOST_LINKS) {
                    throw new ModelException(name + ": a link to a link, " + MOST_LINKS + " times over: expected a file");
                }
                target = target.resolveSibling(Files.readSymbolicLink(target));
            }
        } catch (final ModelException e) {
            throw e;
        } catch (final IOException e) {
            throw cannot(name, e);
        }
        if (Files.isDirectory(target)) {
            throw new ModelException(name + ": a directory: expected a file to write");
        }
        if (!Files.isDirectory(target.getParent())) {
            throw new ModelException(name + ": its folder " + Printable.text(target.getParent().toString()) + " "
                + (Files.exists(target.getParent()) ? "is none" : "is not there") + ": expected a folder that is");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new ModelException(name + ": a device, a FIFO or a socket: expected a regular file, or none yet");
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new ModelException(name + ": may not be written: expected a file with write permission");
        }
        return target;
    }

    private static Path temporary(final Path target) {
        return target.resolveSibling("." + target.getFileName() + TEMPORARY + ProcessHandle.current().pid() + SUFFIX);
    }

    private static void create(final Path temporary, final Path target) throws IOException {
        // Left by a process that had our number.
        remove(temporary);
        final PosixFileAttributeView old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (old == null || !Files.exists(target)) {
            Files.createFile(temporary);
            return;
        }
        final Set<PosixFilePermission> permissions = old.readAttributes().permissions();
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(permissions));
        // Once more, without the mask.
        Files.setPosixFilePermissions(temporary, permissions);
    }

    private static void removeLeftOvers(final Path target) {
        final String prefix = "." + target.getFileName() + TEMPORARY;
        try (DirectoryStream<Path> leftOvers = Files.newDirectoryStream(target.getParent(), path -> {
            final String name = path.getFileName().toString();
            return name.length() > prefix.length() + SUFFIX.length() && name.startsWith(prefix) && name.endsWith(SUFFIX)
                && !alive(name.substring(prefix.length(), name.length() - SUFFIX.length()));
        })) {
            leftOvers.forEach(AtomicFile::remove);
        } catch (final IOException | RuntimeException e) {
            // Then they stay.
        }
    }

    /** What is no process's number is no left-over either. */
    private static boolean alive(final String pid) {
        return !pid.matches("[1-9][0-9]{0,17}") || ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }

    private static void remove(final Path temporary) {
        try {
            if (Files.isRegularFile(temporary, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(temporary);
            }
        } catch (final IOException e) {
            // The next attempt says what is wrong.
        }
    }

    /** The move itself; some systems open no directory, and need not. */
    private static void force(final Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (final IOException e) {
            // The file is whole in any case.
        }
    }

    private static ModelException cannot(final String name, final IOException e) {
        return new ModelException(name + ": cannot be written: " + reason(e), e);
    }

    /** Why something could not be done, without the name of what. */
    static String reason(final IOException e) {
        final String reason = switch (e) {
            case final AccessDeniedException denied -> "access is denied";
            case final FileAlreadyExistsException exists -> Printable.text(exists.getFile()) + " is there already";
            case final FileSystemException other -> other.getReason();
            default -> e.getMessage();
        };
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
