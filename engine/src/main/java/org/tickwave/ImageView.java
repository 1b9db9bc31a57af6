package org.tickwave;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.tickwave.layout.CountersDescriptor;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.Region;
import org.tickwave.layout.RegionTable;
import org.tickwave.layout.SettingsDescriptor;
import org.tickwave.pipeline.StateWords;

/**
 * An image file, seen from another process or from the same one: see {@link ImageFile}. The file is mapped read-only, so a view has no
 * effect on the engine. A view believes nothing that the file says: what is damaged is refused, with the name of the field.
 *
 * {@snippet lang=java :
 * try (ImageView view = ImageView.open(path)) {
 *     while (!view.stale() && view.live()) {
 *         if (view.complete()) {
 *             long tick = view.completed();
 *             for (int layer = 0; layer < view.shape().layers().size(); layer++) {
 *                 if (view.waves().activation(layer, tick, activation)) {
 *                     draw(layer, activation);
 *                 }
 *             }
 *         }
 *         Thread.sleep(100);
 *     }
 * }
 * }
 *
 * <p>All methods are for any thread, and no method waits. The numbers of different methods may be of different ticks. Once the view is
 * closed, every method but {@link #close()}, {@link #shape()}, {@link #process()}, {@link #createdMs()} and {@link #toString()} throws an
 * {@link IllegalStateException}.
 *
 * <p>An {@link ImageFile} never shrinks and is never replaced in place: a new writer makes a new file, and {@link #stale()} tells. If another
 * program cuts the file nevertheless, a read of the missing part throws an {@link InternalError}; the JVM goes on.
 */
public final class ImageView implements AutoCloseable {
    private static final VarHandle LONGS = ImageNotes.LONG.varHandle();
    private static final VarHandle INTS = ImageNotes.INT.varHandle();
    /** A file may be replaced while it is opened. */
    private static final int TRIES = 100;

    private final Path path;
    private final Object key;
    private final Arena arena;
    private final MemorySegment file;
    private final ImageNotes notes;
    /** Null until the image is complete. */
    private volatile Opened opened;
    private volatile ImageNumbers newest = ImageNumbers.UNKNOWN;

    /** What the engine is doing, or did last. */
    public enum State {
        /** The engine is being opened. There are no waves yet. */
        OPENING,
        /** Every tick that was committed is completed. The writer may have ended since. */
        AT_REST,
        /** The engine ticks. */
        TICKING,
        /** A band has failed. Some layers may have done the last tick and others not. */
        FAILED,
        /** The engine was closed. */
        CLOSED,
        /** The writer has ended in the middle of ticks, or while the engine was being opened. Layers may be of different ticks. */
        UNFINISHED
    }

    /** The complete image. */
    private record Opened(Waves waves, long counters, long settings) {
    }

    private ImageView(final Path path, final Object key, final Arena arena, final MemorySegment file) {
        this.path = path;
        this.key = key;
        this.arena = arena;
        this.file = file;
        notes = ImageNotes.read(file);
        final long magic = magicAcquire();
        if (magic != 0 && magic != HeaderDescriptor.MAGIC) {
            RegionTable.read(file);
        }
        if (complete()) {
            state();
        }
    }

    /**
     * Maps an image file, and checks it.
     *
     * @param path an image file of a writer that lives or has ended
     * @return a view of the file that stands at the path now
     * @throws IOException if the file cannot be read, or if it is no image file, cut, damaged or of another version; the message names the
     *                     file and the field
     */
    public static ImageView open(final Path path) throws IOException {
        Objects.requireNonNull(path, "path");
        for (int i = 0; i < TRIES; i++) {
            final BasicFileAttributes before = attributes(path);
            if (!before.isRegularFile()) {
                throw new IOException(path + ": no regular file: expected an image file");
            }
            final Arena arena = Arena.ofShared();
            ImageView view = null;
            try {
                final MemorySegment file = mapped(path, arena);
                if (Objects.equals(before.fileKey(), attributes(path).fileKey())) {
                    view = new ImageView(path, before.fileKey(), arena, file);
                    return view;
                }
            } catch (final IllegalArgumentException e) {
                throw new IOException(path + ": no image file, or a damaged one: " + e.getMessage(), e);
            } catch (final InternalError e) {
                throw new IOException(path + ": was cut while it was opened: expected an image file", e);
            } finally {
                if (view == null) {
                    arena.close();
                }
            }
        }
        throw new IOException(path + ": was replaced " + TRIES + " times while it was opened: expected an image file that stays");
    }

    private static BasicFileAttributes attributes(final Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (final NoSuchFileException e) {
            throw new IOException(path + ": no such file: expected an image file", e);
        }
    }

    private static MemorySegment mapped(final Path path, final Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return ImageMemory.plain(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena), arena);
        } catch (final AccessDeniedException e) {
            throw new IOException(path + ": permission denied: expected a file that can be read", e);
        }
    }

    private long magicAcquire() {
        return (long) LONGS.getAcquire(file, (long) HeaderDescriptor.MAGIC_OFFSET);
    }

    /**
     * Whether the engine has been opened, so that there are waves. Stays true.
     *
     * @return false in the state {@link State#OPENING}, and if the writer has ended in that state
     * @throws IllegalArgumentException if the image was damaged since the view was opened
     */
    public boolean complete() {
        expectOpen();
        if (opened == null && magicAcquire() == HeaderDescriptor.MAGIC) {
            final Opened found = opened();
            synchronized (this) {
                opened = opened == null ? found : opened;
            }
        }
        return opened != null;
    }

    /** Checks the whole region table, and that it fits the notes. */
    private Opened opened() {
        final MemorySegment image = file.asSlice(0, notes.imageBytes());
        final RegionTable table = RegionTable.read(image);
        final ImageShape shape = notes.shape();
        expectSame("IMAGE_BYTES", table.imageBytes(), notes.imageBytes());
        expectSame("LAYERS", table.layers(), shape.layers().size() - 1);
        for (int l = 0; l <= table.layers(); l++) {
            final ImageShape.Layer layer = shape.layers().get(l);
            expectSame("WIDTH of ACTIVATION " + l, table.region(Region.Kind.ACTIVATION, l).width(), layer.width());
            expectSame("the number of regions DELTA " + l, count(table, Region.Kind.DELTA, l), layer.role() == ImageShape.Role.INPUT ? 0 : 1);
            expectSame("the number of regions TARGET " + l, count(table, Region.Kind.TARGET, l), layer.role() == ImageShape.Role.OUTPUT ? 1 : 0);
            if (layer.role() != ImageShape.Role.INPUT) {
                expectSame("WIDTH of DELTA " + l, table.region(Region.Kind.DELTA, l).width(), layer.width());
            }
        }
        return new Opened(new Waves(image, table, "the view"), table.region(Region.Kind.COUNTERS, 0).offset(),
            table.region(Region.Kind.SETTINGS, 0).offset());
    }

    private static int count(final RegionTable table, final Region.Kind kind, final int owner) {
        return table.has(kind, owner) ? 1 : 0;
    }

    private static void expectSame(final String what, final long inImage, final long inNotes) {
        if (inImage != inNotes) {
            throw new IllegalArgumentException(what + " " + inImage + " in the region table: expected " + inNotes + ", as the notes say");
        }
    }

    private Opened expectComplete() {
        if (!complete()) {
            throw new IllegalStateException("the engine is being opened: expected ImageView.complete() before");
        }
        return opened;
    }

    private void expectOpen() {
        if (!arena.scope().isAlive()) {
            throw new IllegalStateException("the view is closed");
        }
    }

    /**
     * What the engine is doing, or did last.
     *
     * @return the state
     * @throws IllegalArgumentException if the image was damaged since the view was opened
     */
    public State state() {
        if (!complete()) {
            // The writer may have opened the engine, and ended, since.
            return live() || complete() ? State.OPENING : State.UNFINISHED;
        }
        // A writer that ends after this line was ticking before this line.
        final boolean live = live();
        return switch (StateWords.stateAcquire(file)) {
            case OPENING -> throw new IllegalArgumentException("STATE 0 in the header: expected 1 or 2 in an image that is complete");
            case AT_REST -> State.AT_REST;
            case TICKING -> live ? State.TICKING : State.UNFINISHED;
            case FAILED -> State.FAILED;
            case CLOSED -> State.CLOSED;
        };
    }

    /**
     * Whether the process of the writer lives on this machine and has not closed the file. A process in another container is not seen; there
     * {@link #beatAgeMs()} tells more.
     *
     * @return false if the writer has ended
     */
    public boolean live() {
        expectOpen();
        return notes.closedAcquire() == 0 && notes.writer().lives();
    }

    /**
     * How long ago the writer called {@link ImageFile#beat()}.
     *
     * @return milliseconds by the clock of this machine, from 0; if the writer never called it, since the file was made
     */
    public long beatAgeMs() {
        expectOpen();
        final long beat = (long) LONGS.getOpaque(file, (long) HeaderDescriptor.BEAT_OFFSET);
        return Math.max(0, System.currentTimeMillis() - Math.max(beat, notes.created()));
    }

    /**
     * The id of the writer's process.
     *
     * @return at least 1
     */
    public long process() {
        return notes.process();
    }

    /**
     * When the writer made the file.
     *
     * @return milliseconds since 1970
     */
    public long createdMs() {
        return notes.created();
    }

    /**
     * The network, and how it runs. The names are as they stand in the file: a program that prints them has to mask control characters.
     *
     * @return the same object every time
     */
    public ImageShape shape() {
        return notes.shape();
    }

    /**
     * What the writer last told with {@link ImageFile#publish}. All numbers are of one call.
     *
     * @return {@link ImageNumbers#UNKNOWN} if the writer has told nothing. If the writer has ended in the middle of a call, what this view
     *         saw last
     */
    public ImageNumbers numbers() {
        expectOpen();
        final ImageNumbers numbers = notes.numbersAcquire();
        if (numbers != null) {
            newest = numbers;
        }
        return newest;
    }

    /**
     * The waves. The methods never give a torn vector.
     *
     * @return the same object every time
     * @throws IllegalStateException if the image is not {@link #complete()}
     */
    public Waves waves() {
        return expectComplete().waves;
    }

    /**
     * How many ticks all layers have completed, as {@link Engine#completed()} counts them.
     *
     * @return from 0
     * @throws IllegalStateException if the image is not {@link #complete()}
     */
    public long completed() {
        long ticks = Long.MAX_VALUE;
        for (int l = 0; l < notes.shape().layers().size(); l++) {
            ticks = notes.shape().layers().get(l).role() == ImageShape.Role.INPUT ? ticks : Math.min(ticks, completed(l));
        }
        return ticks;
    }

    /**
     * How many ticks a layer has completed. Its newest activation is of this tick, and its newest error of the tick before.
     *
     * @param layer the number of a layer that is no input
     * @return from 0
     * @throws IllegalArgumentException if there is no such layer
     * @throws IllegalStateException    if the image is not {@link #complete()}
     */
    public long completed(final int layer) {
        return Math.max(0, (long) LONGS.getAcquire(file, counter(layer) + CountersDescriptor.DONE_OFFSET));
    }

    private long counter(final int layer) {
        final Opened image = expectComplete();
        final int last = notes.shape().layers().size() - 1;
        if (layer < 0 || layer > last || notes.shape().layers().get(layer).role() == ImageShape.Role.INPUT) {
            throw new IllegalArgumentException("layer " + layer + ": expected the number of a layer that is no input, at most " + last);
        }
        return image.counters + (long) layer * CountersDescriptor.STRIDE_BYTES;
    }

    /**
     * How many vectors the guard has refused, as {@link Engine#guardTrips()} counts them.
     *
     * @return from 0
     * @throws IllegalStateException if the image is not {@link #complete()}
     */
    public long guardTrips() {
        long trips = 0;
        for (int l = 0; l < notes.shape().layers().size(); l++) {
            if (notes.shape().layers().get(l).role() != ImageShape.Role.INPUT) {
                trips += Math.max(0, (long) LONGS.getAcquire(file, counter(l) + CountersDescriptor.TRIPS_OFFSET));
            }
        }
        return trips;
    }

    /**
     * How many frames were committed, as {@link Engine#frames()} counts them.
     *
     * @return from 0
     * @throws IllegalStateException if the image is not {@link #complete()}
     */
    public long frames() {
        return Math.max(0, (long) LONGS.getOpaque(file, expectComplete().settings + SettingsDescriptor.FRAME_OFFSET));
    }

    /**
     * The learning rate of a frame.
     *
     * @return the rate of a tick multiplied by {@link ImageShape#hold()}
     * @throws IllegalStateException if the image is not {@link #complete()}
     */
    public float rate() {
        return -Float.intBitsToFloat((int) INTS.getOpaque(file, expectComplete().settings + SettingsDescriptor.MINUS_RATE_OFFSET))
            * notes.shape().hold();
    }

    /**
     * Whether the engine learns.
     *
     * @return as {@link Engine#learning(boolean)} set it
     * @throws IllegalStateException if the image is not {@link #complete()}
     */
    public boolean learning() {
        return (int) INTS.getOpaque(file, expectComplete().settings + SettingsDescriptor.LEARNING_OFFSET) != 0;
    }

    /**
     * Whether another file stands at the path now, or none, or whether the file has another size. Then close this view, and open another one.
     *
     * @return true if a new writer has replaced the file, or if somebody has deleted, moved or cut it
     */
    public boolean stale() {
        expectOpen();
        try {
            final BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return !Objects.equals(key, now.fileKey()) || now.size() != file.byteSize();
        } catch (final IOException e) {
            return true;
        }
    }

    /** The path, the id of the writer's process, and whether the view is open. Also once the view is closed. */
    @Override
    public String toString() {
        return "ImageView[" + path + ", process=" + notes.process() + (arena.scope().isAlive() ? ", open]" : ", closed]");
    }

    /**
     * Unmaps the file. The writer does not notice.
     *
     * @throws IllegalStateException if another thread is reading; call this method again
     */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
