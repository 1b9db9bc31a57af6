package org.tickwave.bench.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.stream.IntStream;
import org.tickwave.ImageNumbers;
import org.tickwave.ImageShape;
import org.tickwave.ImageView;
import org.tickwave.bench.stream.Printable;
import org.tickwave.layout.Wiring;

/** One image file of one writer. */
final class WatchedFile implements AutoCloseable {
    private static final int MOST_NAMED = 12;

    private final Path path;
    /** Of the file when it was opened: which file it is, and its size. */
    private final BasicFileAttributes attributes;
    private final ImageView view;
    private final Shape shape;
    private final Speed speed = new Speed();
    /** Null until the image is complete. */
    private WaveReader reader;

    private WatchedFile(final Path path, final BasicFileAttributes attributes, final ImageView view) {
        this.path = path;
        this.attributes = attributes;
        this.view = view;
        shape = shape(Printable.text(path.toString()), view);
    }

    /** @throws IOException with a message for the user if the file is missing, no image file, or damaged */
    static WatchedFile open(final Path path) throws IOException {
        final ImageView view = ImageView.open(path);
        try {
            // If a new writer comes just now, the view is stale, and the new file is opened next.
            return new WatchedFile(path, Files.readAttributes(path, BasicFileAttributes.class), view);
        } catch (final IllegalArgumentException e) {
            view.close();
            throw new IOException(path + ": a damaged image file: " + e.getMessage(), e);
        } catch (final IOException | RuntimeException | Error e) {
            view.close();
            throw e;
        }
    }

    private static Shape shape(final String title, final ImageView view) {
        final ImageShape image = view.shape();
        final int layers = image.layers().size();
        final int projections = image.projections().size();
        final int[] from = image.projections().stream().mapToInt(ImageShape.Projection::from).toArray();
        final int[] to = image.projections().stream().mapToInt(ImageShape.Projection::to).toArray();
        final int[] outputs = IntStream.range(0, layers).filter(l -> image.layers().get(l).role() == ImageShape.Role.OUTPUT).toArray();
        // Levels as in a graph that may have cycles: the file does not say whether there are any.
        final Wiring wiring = wiring(layers, from, to, outputs);
        final boolean chain = projections == layers - 1 && IntStream.range(0, projections).allMatch(k -> from[k] == k && to[k] == k + 1);
        final String text = chain && layers <= MOST_NAMED ? String.join("-", image.layers().stream().map(layer -> Integer.toString(layer.width())).toList())
            : layers + " layers, " + projections + " projections";
        return Shapes.of(title, text, image.rule().toString(), image.hold(), image.latency(), wiring, k -> image.projections().get(k - 1).ticks(),
            image.layers().stream().map(layer -> Printable.text(layer.name())).toList(),
            image.layers().stream().mapToInt(ImageShape.Layer::width).toArray()).of(view.process(), view.createdMs());
    }

    private static Wiring wiring(final int layers, final int[] from, final int[] to, final int[] outputs) {
        try {
            return Wiring.immediate(layers, from, to, outputs);
        } catch (final IllegalArgumentException e) {
            return Wiring.recurrent(layers, from, to, outputs);
        }
    }

    Shape shape() {
        return shape;
    }

    /** Whether another file stands at the path, or none, or whether the file was cut. */
    boolean stale() {
        return view.stale();
    }

    /** Whether the file still stands at its path, but with another size. Then its memory may be missing. */
    boolean cut() {
        try {
            final BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return Objects.equals(attributes.fileKey(), now.fileKey()) && attributes.size() != now.size();
        } catch (final IOException e) {
            return false;
        }
    }

    /** The newest waves are those of the last tick that all layers have completed. */
    Sight look() {
        final ImageNumbers numbers = view.numbers();
        // First whether the writer lives: the state of a writer that has ended is the last one.
        final boolean live = view.live();
        final Sight.State now = switch (view.state()) {
            case OPENING -> Sight.State.OPENING;
            case AT_REST -> live ? Sight.State.AT_REST : Sight.State.DIED;
            case TICKING -> Sight.State.TICKING;
            case FAILED -> Sight.State.FAILED;
            case CLOSED -> Sight.State.ENDED;
            case UNFINISHED -> Sight.State.UNFINISHED;
        };
        if (!view.complete()) {
            return Sight.of(now, 0, -1, Double.NaN, numbers, null);
        }
        if (reader == null) {
            reader = new WaveReader(shape, WaveReader.Rings.of(view.waves()));
        }
        final long completed = view.completed();
        final boolean moves = now == Sight.State.AT_REST && completed > 0 && speed.moving();
        return Sight.of(moves ? Sight.State.TICKING : now, completed, view.frames(), speed.perSecond(System.nanoTime(), completed), numbers,
            reader.read(completed));
    }

    @Override
    public void close() {
        view.close();
    }
}
