package org.tickwave;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.tickwave.keep.CheckpointStore;
import org.tickwave.keep.RealDisk;
import org.tickwave.keep.Reservation;

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
 * another thread than the source may call it. FILE.1, FILE.tmp and .FILE.lock belong to the file: {@link #write} replaces FILE.1 and
 * FILE.tmp without a check. The file .FILE.lock stays. Its lock tells a second process that the first one is alive. For one thread at a
 * time.
 */
public final class CheckpointFile implements AutoCloseable {
    private final CheckpointStore store;
    private final Reservation reservation;

    private CheckpointFile(final CheckpointStore store, final Reservation reservation) {
        this.store = store;
        this.reservation = reservation;
    }

    /**
     * Reserves a file for this process. The file need not exist. If the file is a symbolic link, the target of the link is meant. The
     * target need not exist either.
     *
     * @param file in a directory that exists
     * @return a file that no other process opens until it is closed, or until this process ends
     * @throws IOException if the directory is missing or not writable, if the file is a directory, or if another process, or this one,
     *                     has opened the file
     */
    public static CheckpointFile open(final Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        final Reservation reservation = Reservation.of(file);
        if (reservation == null) {
            throw new IOException(
                file + ": a running process writes its checkpoints here: expected another file, or that process to end");
        }
        return new CheckpointFile(new CheckpointStore(new RealDisk(), reservation.target()), reservation);
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
     * <p>Replaces no file that somebody else has made: a FILE that is neither empty nor begins as a checkpoint does is refused, and nothing
     * is changed. Only if FILE.1 is a good checkpoint, such a FILE is a damaged checkpoint, and is replaced.
     *
     * <p>If the write fails, one whole checkpoint stays, if there was one. Mostly both stay. But if FILE has become FILE.1, and the new
     * checkpoint cannot become FILE, the checkpoint that was FILE.1 is gone.
     *
     * @param checkpoint filled by {@link Engine#checkpoint} or {@link #read}; unchanged
     * @throws IllegalStateException if the checkpoint was never filled
     * @throws IOException           if the file cannot be written; or if FILE is no checkpoint; or if the thread is interrupted: the cause is
     *                               then a {@link java.nio.channels.ClosedByInterruptException}
     * @throws OutOfMemoryError      if FILE was not read or written before, and there is no memory to check it; nothing was changed
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
     * @throws IOException      if neither is good: cut, longer, edited, of another version, or no checkpoint; the message names the file and
     *                          the fault. Or if the thread is interrupted
     * @throws OutOfMemoryError if there is no memory for the image and the added sections of a checkpoint; FILE.1 is not tried then
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
        reservation.close();
    }
}
