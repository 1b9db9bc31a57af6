package org.tickwave;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.tickwave.keep.CheckpointStore;
import org.tickwave.keep.RealDisk;

/**
 * A file that holds the newest checkpoint, and beside it FILE.1 with the one before. If the program or the machine stops at any
 * moment, one of the two is whole.
 *
 * {@snippet lang=java :
 * try (CheckpointFile file = CheckpointFile.open(path);
 *      Checkpoint old = file.exists() ? file.read() : null;
 *      Engine engine = old == null ? Engine.open(network, context) : Engine.resume(network, context, old);
 *      Checkpoint checkpoint = new Checkpoint(network, context)) {
 *     camera.seek(old == null ? 0 : ByteBuffer.wrap(old.get("place")).getLong());
 *     while (camera.read(frame, label)) {
 *         engine.input(frame).target(label).tick();
 *         if (engine.frames() % 1000 == 0) {
 *             engine.checkpoint(checkpoint);
 *             file.write(checkpoint.put("place", ByteBuffer.allocate(8).putLong(0, camera.place()).array()));
 *         }
 *     }
 * }
 * }
 *
 * <p>The file does not depend on the machine, on the lane width or on the number of threads. {@link #write} takes as long as the disk takes;
 * another thread than the source may call it. Writing makes FILE.tmp, and an empty file .FILE.lock stays, which tells a second process that
 * the first one is alive. For one thread at a time.
 */
public final class CheckpointFile implements AutoCloseable {
    private final CheckpointStore store;
    private final FileChannel channel;

    private CheckpointFile(final CheckpointStore store, final FileChannel channel) {
        this.store = store;
        this.channel = channel;
    }

    /**
     * Reserves a file for this process. The file need not exist. If the file is a symbolic link, the target of the link is meant.
     *
     * @param file in a directory that exists
     * @return a file that no other process opens until it is closed, or until this process ends
     * @throws IOException if the directory is missing or not writable, if the file is a directory, or if another process, or this one,
     *                     has opened the file
     */
    public static CheckpointFile open(final Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        final Path target = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        final Path directory = target.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException(file + ": no such directory: expected a file in a directory that exists");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new IOException(file + ": no regular file: expected a file or a new name");
        }
        final Path lock = target.resolveSibling("." + target.getFileName() + ".lock");
        final FileChannel channel;
        try {
            channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (final IOException e) {
            throw new IOException(lock + ": cannot be created: expected a directory that can be written", e);
        }
        if (!locked(channel)) {
            channel.close();
            throw new IOException(file + ": a running process writes its checkpoints here: expected another file, or that process to end");
        }
        return new CheckpointFile(new CheckpointStore(new RealDisk(), target), channel);
    }

    /** A file system without locks, such as some network file systems, locks nothing. */
    private static boolean locked(final FileChannel channel) {
        try {
            final FileLock lock = channel.tryLock();
            return lock != null;
        } catch (final OverlappingFileLockException e) {
            return false;
        } catch (final IOException e) {
            return true;
        }
    }

    /**
     * Whether there is a file with the newest checkpoint or the one before.
     *
     * @return true also if the file is no good checkpoint
     */
    public boolean exists() {
        return store.exists();
    }

    /**
     * Writes a checkpoint. The newest one so far becomes the one before. Returns when the new one is on the disk.
     *
     * @param checkpoint filled by {@link Engine#checkpoint} or {@link #read}; unchanged
     * @throws IllegalStateException if the checkpoint was never filled
     * @throws IOException           if the file cannot be written; the checkpoints so far stay
     */
    public void write(final Checkpoint checkpoint) throws IOException {
        Objects.requireNonNull(checkpoint, "checkpoint");
        if (!checkpoint.copy.complete()) {
            throw new IllegalStateException("a checkpoint that was never filled: expected Engine.checkpoint before");
        }
        store.write(checkpoint.copy);
    }

    /**
     * Reads the newest checkpoint, or the one before if the newest is missing or bad. {@link #refused} then says why.
     *
     * @return a checkpoint that the caller closes
     * @throws IOException if neither is good: cut, longer, edited, of another version, or no checkpoint; the message names the file and the
     *                     fault
     */
    public Checkpoint read() throws IOException {
        return new Checkpoint(store.read());
    }

    /**
     * Why {@link #read} has taken the checkpoint before the newest.
     *
     * @return one line that names the file; null if the newest one was good
     */
    public String refused() {
        return store.refused();
    }

    /** Lets other processes open the file. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
