package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An image file holds the image of an engine, for others to see, and changes nothing that the engine computes. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImageFileTest {
    private static final int TICKS = 40;

    @TempDir
    Path directory;

    private final Network network = Network.chain(5, 7, 6, 3).build();

    private static Context context(final int threads) {
        return new Context().hold(2).rate(.05f).threads(threads).history(8);
    }

    private static void teach(final Engine engine, final int ticks) {
        final float[] frame = new float[5];
        final float[] target = new float[3];
        for (int t = 0; t < ticks; t++) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (float) Math.sin(t * (i + 1));
            }
            target[t % 3] = frame[0];
            engine.input(frame).target(target).tick();
        }
    }

    private static List<float[]> weights(final Engine engine) {
        return IntStream.rangeClosed(1, engine.network().projections()).mapToObj(k -> {
            final float[] weights = new float[engine.network().width(engine.network().from(k)) * engine.network().width(engine.network().to(k))];
            engine.weights(k, weights);
            return weights;
        }).toList();
    }

    @Test
    void theWeightsHaveTheSameBitsAsInMemory() throws IOException {
        try (Engine plain = Engine.open(network, context(1))) {
            teach(plain, TICKS);
            for (final int threads : new int[] {1, 2}) {
                try (ImageFile file = ImageFile.create(directory.resolve("w" + threads), network, context(threads));
                     Engine engine = Engine.open(network, context(threads).arena(file.arena()))) {
                    teach(engine, TICKS);
                    for (int k = 0; k < network.projections(); k++) {
                        assertArrayEquals(weights(plain).get(k), weights(engine).get(k), "projection " + (k + 1) + ", threads " + threads);
                    }
                }
            }
        }
    }

    /** Kernels that met both classes of segments would box their vectors. */
    @Test
    void theKernelsMeetOneClassOfSegments() throws IOException {
        try (Engine plain = Engine.open(network, context(1)); ImageFile file = ImageFile.create(directory.resolve("w"), network, context(1));
             Engine engine = Engine.open(network, context(1).arena(file.arena())); FileChannel channel = FileChannel.open(directory.resolve("own"),
                 StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final Class<?> expected = plain.inputInPlace().getClass();
            assertEquals(expected, engine.inputInPlace().getClass());
            final Arena shared = Arena.ofShared();
            final Arena own = new Arena() {
                @Override
                public MemorySegment allocate(final long bytes, final long alignmentBytes) {
                    try {
                        return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, shared);
                    } catch (final IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }

                @Override
                public MemorySegment.Scope scope() {
                    return shared.scope();
                }

                @Override
                public void close() {
                    shared.close();
                }
            };
            try (own; Engine mapped = Engine.open(network, context(1).arena(own))) {
                assertEquals(expected, mapped.inputInPlace().getClass());
            }
        }
    }

    @Test
    void aViewSeesWhatTheEngineDoes() throws IOException {
        final Path path = directory.resolve("w");
        final ImageFile file = ImageFile.create(path, network, context(1));
        try (ImageView view = ImageView.open(path)) {
            assertEquals(ImageView.State.OPENING, view.state());
            assertFalse(view.complete());
            assertThrows(IllegalStateException.class, view::waves);
            final Engine engine = Engine.open(network, context(1).arena(file.arena()));
            assertEquals(ImageView.State.AT_REST, view.state());
            engine.learning(false);
            teach(engine, TICKS);
            final float[] seen = new float[7];
            final float[] made = new float[7];
            assertTrue(view.waves().activation(1, view.completed(), seen));
            assertTrue(engine.waves().activation(1, engine.completed(), made));
            assertArrayEquals(made, seen);
            assertSame(view.waves(), view.waves());
            assertEquals(List.of((long) TICKS, (long) TICKS, (long) TICKS), List.of(view.completed(), view.completed(3), view.frames()));
            assertEquals(.05f, view.rate());
            assertFalse(view.learning());
            assertEquals(0, view.guardTrips());
            engine.commit();
            assertEquals(ImageView.State.TICKING, view.state());
            engine.close();
            assertEquals(ImageView.State.CLOSED, view.state());
            assertTrue(view.live());
            file.close();
            assertFalse(view.live());
            assertFalse(view.stale());
            assertTrue(view.waves().activation(1, view.completed(), seen));
        }
    }

    @Test
    void theNotesTellWhatTheImageDoesNot() throws IOException {
        final Path path = directory.resolve("w");
        final Network graph = Network.graph().input("eye", 4).input("ear", 2).layer("a", 3).from("eye").layer("b", 5).from("a", "ear")
            .output("say", 2).from("b").build();
        try (ImageFile file = ImageFile.create(path, graph, new Context().hold(4).rule(Rule.window(3))); ImageView view = ImageView.open(path)) {
            final ImageShape shape = view.shape();
            assertEquals(List.of(new ImageShape.Layer("eye", 4, ImageShape.Role.INPUT), new ImageShape.Layer("ear", 2, ImageShape.Role.INPUT),
                new ImageShape.Layer("a", 3, ImageShape.Role.HIDDEN), new ImageShape.Layer("b", 5, ImageShape.Role.HIDDEN),
                new ImageShape.Layer("say", 2, ImageShape.Role.OUTPUT)), shape.layers());
            assertEquals(new ImageShape.Projection(1, 3, 2), shape.projections().get(graph.projection("ear", "b") - 1));
            assertEquals(List.of(Rule.window(3), 4, graph.latency()), List.of(shape.rule(), shape.hold(), shape.latency()));
            assertEquals(ImageNumbers.UNKNOWN, view.numbers());
            final ImageNumbers numbers = new ImageNumbers(1.5, 3, 4, 5, Double.NaN, .25, 7);
            file.publish(numbers);
            assertEquals(numbers, view.numbers());
            assertEquals(ProcessHandle.current().pid(), view.process());
            assertTrue(view.live());
        }
    }

    @Test
    void aFileHasOneWriter() throws IOException {
        final Path path = directory.resolve("w");
        try (ImageFile file = ImageFile.create(path, network, context(1))) {
            file.beat();
            final byte[] before = Files.readAllBytes(path);
            assertTrue(refused(path).matches(".*w: a running process, " + ProcessHandle.current().pid()
                + ", keeps its image here, and last said so [0-9.]+ s ago: expected another file, or that process to end"), refused(path));
            assertArrayEquals(before, Files.readAllBytes(path));
        }
        final ImageFile again = ImageFile.create(path, network, context(1));
        again.close();
        again.close();
        assertThrows(IllegalStateException.class, again::beat);
        assertThrows(IllegalStateException.class, () -> again.publish(ImageNumbers.UNKNOWN));
    }

    private String refused(final Path path) {
        return assertThrows(IOException.class, () -> ImageFile.create(path, network, context(1))).getMessage();
    }
}
