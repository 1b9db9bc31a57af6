package org.tickwave;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Objects;
import org.tickwave.keep.Disk;
import org.tickwave.keep.RealDisk;
import org.tickwave.keep.Reservation;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.NotesDescriptor;

/**
 * A mapped file that holds the image of an engine, so that other processes can watch the engine: see {@link ImageView}. Watching costs the
 * engine nothing. The file stays when the engine is closed.
 *
 * {@snippet lang=java :
 * try (ImageFile file = ImageFile.create(path, network, context);
 *      Engine engine = Engine.open(network, context.arena(file.arena()))) {
 *     while (camera.read(frame, label)) {
 *         engine.input(frame).target(label).tick();
 *         if (System.nanoTime() - beatNs > 250_000_000) {
 *             beatNs = System.nanoTime();
 *             file.beat();
 *         }
 *     }
 * }
 * }
 *
 * <p>A file has one writer. A second one is refused while the first one lives. If the process of the first one has ended, the file is
 * replaced. The image that a dead writer has left can only be watched: a network goes on from a {@link Checkpoint}.
 *
 * <p>{@link #create} makes FILE.tmp, fills it with zeros, and moves it to FILE. So FILE never shrinks while somebody watches it, and a full
 * disk is found before the memory is used. FILE.tmp and .FILE.lock belong to the file. The file .FILE.lock stays.
 *
 * <p>All methods are for any thread. No method waits for the engine.
 */
public final class ImageFile implements AutoCloseable {
    private static final VarHandle LONGS = ImageNotes.LONG.varHandle();
    private static final int CHUNK_BYTES = 1 << 20;
    /** Where neither a lock nor a process tells whether a writer lives, a beat that is younger tells it. */
    private static final long BEAT_LIMIT_MS = 10_000;

    private final Reservation reservation;
    private final Arena mapping;
    private final MemorySegment file;
    private final ImageNotes notes;
    private final Arena arena = new OneImage();
    private boolean given;
    private boolean closed;

    private ImageFile(final Reservation reservation, final Arena mapping, final MemorySegment file, final ImageNotes notes) {
        this.reservation = reservation;
        this.mapping = mapping;
        this.file = file;
        this.notes = notes;
    }

    /**
     * Makes the file, in place of an image file whose writer has ended, and maps it. If the file is a symbolic link, the target of the link
     * is meant. Writes as many zeros as the image has bytes.
     *
     * @param path    in a directory that exists; the file may be missing, empty, or an image file
     * @param network the network to run
     * @param context how to run the network; unchanged. Call {@link Context#arena(Arena)} with {@link #arena()} before {@link Engine#open}
     * @return a file that no other process makes until it is closed, or until this process ends
     * @throws IOException              if another process, or this one, writes the file and lives: the message has its process id and the
     *                                  age of its last {@link #beat()}. Or if the file is no image file, if the directory is missing or not
     *                                  writable, or if the disk is full. The file is then as before
     * @throws IllegalArgumentException if the rule does not fit the network, or if the image is too large for any machine
     */
    public static ImageFile create(final Path path, final Network network, final Context context) throws IOException {
        return create(path, network, context, new RealDisk());
    }

    static ImageFile create(final Path path, final Network network, final Context context, final Disk disk) throws IOException {
        Objects.requireNonNull(path, "path");
        final long imageBytes = Engine.imageBytes(network, context);
        final ImageShape shape = ShapeBytes.shape(network, context);
        final Reservation reservation = Reservation.of(path);
        if (reservation == null) {
            throw inUse(path, before(Reservation.target(path), disk));
        }
        final Path temporary = reservation.target().resolveSibling(reservation.target().getFileName() + ".tmp");
        final Arena mapping = Arena.ofShared();
        boolean made = false;
        try {
            expectDead(path, reservation, disk);
            final long bytes = NotesDescriptor.fileBytes(imageBytes, ShapeBytes.of(shape).length);
            final MemorySegment file = mapped(disk, path, temporary, bytes, mapping);
            final ImageNotes notes = ImageNotes.write(file, imageBytes, shape, WriterProcess.own(), System.currentTimeMillis());
            disk.move(temporary, reservation.target());
            made = true;
            return new ImageFile(reservation, mapping, file, notes);
        } finally {
            if (!made) {
                mapping.close();
                reservation.close();
            }
        }
    }

    private static MemorySegment mapped(final Disk disk, final Path path, final Path temporary, final long bytes, final Arena mapping) throws IOException {
        try {
            try (Disk.Output to = disk.create(temporary)) {
                fill(to, bytes);
            }
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return ImageMemory.plain(channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, mapping), mapping);
            }
        } catch (final IOException e) {
            try {
                disk.delete(temporary);
            } catch (final IOException undeleted) {
                e.addSuppressed(undeleted);
            }
            throw new IOException(path + ": cannot make an image file of " + bytes + " bytes: " + reason(e), e);
        }
    }

    private static String reason(final IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Some file systems find out only when they are forced that they are full. */
    private static void fill(final Disk.Output to, final long bytes) throws IOException {
        final ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(bytes, CHUNK_BYTES));
        for (long at = 0; at < bytes; at += zeros.limit()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
            to.write(zeros, at);
        }
        to.force();
    }

    /** What a writer before has left. */
    private record Before(ImageNotes notes, long beatMs) {
        boolean closed() {
            return notes.closedAcquire() != 0;
        }

        long ageMs(final long now) {
            return Math.max(0, now - Math.max(beatMs, notes.created()));
        }
    }

    /** Null if there is no file, an empty one, or one without sound notes. */
    private static Before before(final Path target, final Disk disk) throws IOException {
        if (!disk.exists(target)) {
            return null;
        }
        try (Disk.Input from = disk.open(target)) {
            final long size = from.size();
            if (size < NotesDescriptor.PAGE_BYTES) {
                return null;
            }
            final ByteBuffer notes = ByteBuffer.allocateDirect(NotesDescriptor.BYTES);
            from.read(notes, size - NotesDescriptor.BYTES);
            final ByteBuffer beat = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            from.read(beat, HeaderDescriptor.BEAT_OFFSET);
            return new Before(ImageNotes.readNotes(MemorySegment.ofBuffer(notes.flip()), size), beat.getLong(0));
        } catch (final IllegalArgumentException e) {
            return null;
        }
    }

    /** A lock proves that another writer is dead, unless somebody has deleted the lock file. */
    private static void expectDead(final Path path, final Reservation reservation, final Disk disk) throws IOException {
        final Before before = before(reservation.target(), disk);
        if (before == null) {
            expectOurs(path, reservation.target(), disk);
            return;
        }
        final boolean beats = !reservation.proven() && before.ageMs(System.currentTimeMillis()) < BEAT_LIMIT_MS;
        if (!before.closed() && (before.notes.writer().lives() || beats)) {
            throw inUse(path, before);
        }
    }

    /** Replaces no file that somebody else has made. */
    private static void expectOurs(final Path path, final Path target, final Disk disk) throws IOException {
        if (!disk.exists(target)) {
            return;
        }
        try (Disk.Input from = disk.open(target)) {
            final long size = from.size();
            final ByteBuffer notes = ByteBuffer.allocateDirect(NotesDescriptor.BYTES);
            if (size >= NotesDescriptor.BYTES) {
                from.read(notes, size - NotesDescriptor.BYTES);
            }
            if (size > 0 && !ImageNotes.marked(MemorySegment.ofBuffer(notes.clear()))) {
                throw new IOException(path + ": is no image file: expected an image file, an empty file or a new name");
            }
        }
    }

    private static IOException inUse(final Path path, final Before before) {
        final String who = before == null || before.closed() ? "" : ", " + before.notes.process() + ",";
        final String beat = who.isEmpty() ? "" : String.format(Locale.ROOT, ", and last said so %.1f s ago",
            before.ageMs(System.currentTimeMillis()) / 1e3);
        return new IOException(path + ": a running process" + who + " keeps its image here" + beat
            + ": expected another file, or that process to end");
    }

    /**
     * The arena that gives the memory of the image, for {@link Context#arena(Arena)}. It gives the memory once: one engine has its image in
     * the file. Several threads may use the memory. {@link Arena#close()} of the arena throws an {@link UnsupportedOperationException}:
     * close this file instead.
     *
     * @return the same object every time
     */
    public Arena arena() {
        return arena;
    }

    /**
     * Says that the writer lives. Call this method a few times a second, from the duty cycle of the embedder or from another thread. Until
     * the first call after {@link Engine#open} observers see the age of the file instead.
     *
     * @throws IllegalStateException if the file is closed
     */
    public synchronized void beat() {
        expectOpen();
        LONGS.setOpaque(file, (long) HeaderDescriptor.BEAT_OFFSET, System.currentTimeMillis());
    }

    /**
     * Tells observers numbers that the image does not have. Observers see all numbers of one call, never of two.
     *
     * @param numbers copied
     * @throws IllegalStateException if the file is closed
     */
    public synchronized void publish(final ImageNumbers numbers) {
        Objects.requireNonNull(numbers, "numbers");
        expectOpen();
        notes.publishRelease(numbers);
    }

    private void expectOpen() {
        if (closed) {
            throw new IllegalStateException("the image file is closed");
        }
    }

    /**
     * Unmaps the file, and lets other processes take it over. Close the engine before. The file stays, and can be watched.
     *
     * @throws IllegalStateException if an engine still uses the memory; then the file stays open. Close the engine, and call this method again
     * @throws IOException           if the lock file cannot be closed
     */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            notes.closedRelease(System.currentTimeMillis());
            mapping.close();
            closed = true;
            reservation.close();
        }
    }

    /** Gives the memory of the image, once. */
    private final class OneImage implements Arena {
        @Override
        public MemorySegment allocate(final long bytes, final long alignmentBytes) {
            synchronized (ImageFile.this) {
                expectOpen();
                if (given) {
                    throw new IllegalStateException("an engine has the memory of the image file: expected one engine for each file");
                }
                if (bytes != notes.imageBytes() || alignmentBytes > NotesDescriptor.PAGE_BYTES) {
                    throw new IllegalArgumentException("the image file has room for an image of " + notes.imageBytes() + " bytes: expected "
                        + bytes + ", so the network and the context of ImageFile.create");
                }
                given = true;
                return file.asSlice(0, bytes);
            }
        }

        @Override
        public MemorySegment.Scope scope() {
            return mapping.scope();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException("the arena of an image file: expected ImageFile.close()");
        }
    }
}
