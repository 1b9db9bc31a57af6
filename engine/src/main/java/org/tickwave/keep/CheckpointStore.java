package org.tickwave.keep;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The newest checkpoint, FILE, and the one before, FILE.1. A write makes FILE.tmp and forces it to the disk. Then FILE becomes FILE.1, and
 * FILE.tmp becomes FILE. So after a crash at any moment FILE or FILE.1 is a whole checkpoint: the last one or the one before.
 *
 * <p>Only a good FILE becomes FILE.1: a bad one would take the place of the only good checkpoint. For one thread at a time.
 */
public final class CheckpointStore {
    private final Disk disk;
    private final Path newest;
    private final Path before;
    private final Path temporary;
    private boolean newestIsGood;
    private String refused;

    /** @param file in a directory that exists */
    public CheckpointStore(final Disk disk, final Path file) {
        this.disk = disk;
        newest = file;
        before = file.resolveSibling(file.getFileName() + ".1");
        temporary = file.resolveSibling(file.getFileName() + ".tmp");
    }

    /** Whether there is a file with the newest checkpoint or the one before. */
    public boolean exists() {
        return disk.exists(newest) || disk.exists(before);
    }

    /**
     * Writes a checkpoint.
     *
     * @throws IOException if the checkpoint cannot be written; FILE or FILE.1 is then as good as before
     */
    public void write(final ImageCopy copy) throws IOException {
        try {
            final boolean keep = disk.exists(newest) && (newestIsGood || good(newest));
            if (disk.exists(newest) && !keep) {
                expectDamaged();
            }
            try (Disk.Output to = disk.create(temporary)) {
                CheckpointWriter.write(copy, to);
                to.force();
            } catch (final IOException e) {
                remove(e);
                throw e;
            }
            if (keep) {
                newestIsGood = false;
                disk.move(newest, before);
            }
            disk.move(temporary, newest);
            disk.forceDirectory(newest.toAbsolutePath().getParent());
            newestIsGood = true;
        } catch (final IOException e) {
            throw new IOException(newest + ": cannot be written: " + reason(e), e);
        }
    }

    /** A file that is bad may be a checkpoint that was damaged, or a file of somebody else. Only the first one is replaced. */
    private void expectDamaged() throws IOException {
        try (Disk.Input from = disk.open(newest)) {
            CheckpointReader.expectBegin(from);
        } catch (final IOException e) {
            if (!good(before)) {
                throw e;
            }
        }
    }

    /** Makes room on a full disk. */
    private void remove(final IOException failure) {
        try {
            disk.delete(temporary);
        } catch (final IOException e) {
            failure.addSuppressed(e);
        }
    }

    private boolean good(final Path file) {
        try {
            read(file).close();
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    /**
     * Reads the newest good checkpoint.
     *
     * @throws IOException if no file is a whole checkpoint
     */
    public ImageCopy read() throws IOException {
        refused = null;
        try {
            final ImageCopy copy = read(newest);
            newestIsGood = true;
            return copy;
        } catch (final IOException e) {
            newestIsGood = false;
            refused = e.getMessage();
        }
        try {
            return read(before);
        } catch (final IOException e) {
            throw new IOException(disk.exists(before) ? refused + "; " + e.getMessage() : refused, e);
        }
    }

    /** Why {@link #read} has taken the checkpoint before the newest; null if it has not. */
    public String refused() {
        return refused;
    }

    private ImageCopy read(final Path file) throws IOException {
        try (Disk.Input from = disk.open(file)) {
            return CheckpointReader.read(from);
        } catch (final IOException e) {
            throw new IOException(file + ": " + reason(e), e);
        }
    }

    private static String reason(final IOException e) {
        return switch (e) {
            case final NoSuchFileException missing -> "no such file";
            case final FileNotFoundException missing -> "no such file";
            case final FileSystemException other -> other.getReason() != null ? other.getReason() : other.getClass().getSimpleName();
            default -> e.getMessage() != null ? e.getMessage() : e.getClass().getSimpleName();
        };
    }
}
