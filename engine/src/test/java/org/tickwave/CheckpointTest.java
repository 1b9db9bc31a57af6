package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageLayout;
import org.tickwave.pipeline.Image;

/** An engine goes on from a checkpoint as if the engine before had never stopped. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckpointTest {
    private static final int STOPS = 60;
    private static final long FIRST_SEED = 20_261_129;

    @TempDir
    Path directory;

    /** The caller's way until the stop. Then another engine goes on from a checkpoint, in memory or in a file, with other threads. */
    private final class Resumed extends DelegatingWay implements AutoCloseable {
        private final RandomRun run;
        private final Random random;
        private final RandomRun.Way way = new CallersWay();
        private Engine engine;

        Resumed(final RandomRun run) {
            this.run = run;
            random = new Random(run.seed);
        }

        @Override
        public Engine stop(final Engine stopped) {
            try (Checkpoint checkpoint = new Checkpoint(run.network, run.context())) {
                if (random.nextInt(3) == 0) {
                    stopped.input(new float[run.network.width(0)]);
                }
                stopped.checkpoint(checkpoint);
                final Context context = run.context().seed(~run.seed).rate(0).threads(1 + random.nextInt(4));
                if (random.nextBoolean()) {
                    engine = Engine.resume(run.network, context, checkpoint);
                } else {
                    engine = resumed(directory.resolve("run-" + run.seed), checkpoint, context);
                }
                return engine;
            }
        }

        private Engine resumed(final Path path, final Checkpoint checkpoint, final Context context) {
            try (CheckpointFile file = CheckpointFile.open(path)) {
                file.write(checkpoint);
                try (Checkpoint read = file.read()) {
                    assertNull(file.refused());
                    return Engine.resume(run.network, context, read);
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        RandomRun.Way way() {
            return way;
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    @Test
    void aStopInMidWaveDoesNotChangeABit() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + STOPS; seed++) {
            final RandomRun run = new RandomRun(seed);
            final String what = run + ", stop before step " + run.stop() + ", pending " + run.pending();
            final long expected;
            try (Engine engine = Engine.open(run.network, run.context())) {
                expected = run.bits(engine, new CallersWay(), run.stop(), run.pending());
            }
            try (Engine engine = Engine.open(run.network, run.context()); Resumed resumed = new Resumed(run)) {
                assertEquals(expected, run.bits(engine, resumed, run.stop(), run.pending()), what);
            }
        }
    }

    private static Network graph() {
        return Network.graph().input("a", 70).input("b", 3)
            .layer("low", 33).from("a", "b").layer("high", 65).from("low")
            .output("next", 5).from("high", "a").output("label", 2).from("low").build().withFeedback(Feedback.RANDOM);
    }

    private static void ticks(final Engine engine, final int count) {
        for (int i = 0; i < count; i++) {
            final Random random = new Random(engine.ticks());
            final float[] frame = new float[73];
            final float[] target = new float[7];
            for (int n = 0; n < frame.length; n++) {
                frame[n] = random.nextFloat() - .5f;
            }
            target[random.nextInt(7)] = 1;
            engine.input(frame).target(target).tick();
        }
    }

    private static float[] weights(final Engine engine) {
        final float[][] all = new float[engine.network().projections()][];
        for (int k = 1; k <= all.length; k++) {
            all[k - 1] = new float[engine.network().width(engine.network().to(k)) * engine.network().width(engine.network().from(k))];
            engine.weights(k, all[k - 1]);
        }
        final float[] joined = new float[Arrays.stream(all).mapToInt(one -> one.length).sum()];
        int at = 0;
        for (final float[] one : all) {
            System.arraycopy(one, 0, joined, at, one.length);
            at += one.length;
        }
        return joined;
    }

    private static ImageLayout layout(final Network network, final Context context, final int lanes) {
        return new ImageLayout(network.geometry(context.rule.on(network.wiring()), context.history)).withLanes(lanes);
    }

    /** A graph with skips, two inputs, two outputs and random feedback. */
    @Test
    void aGraphGoesOn() throws IOException {
        final Network network = graph();
        final Context context = new Context().rate(.05f).hold(2).history(3);
        final float[] expected;
        try (Engine engine = Engine.open(network, context)) {
            ticks(engine, 40);
            expected = weights(engine);
        }
        final Path path = directory.resolve("graph");
        try (CheckpointFile file = CheckpointFile.open(path); Checkpoint checkpoint = new Checkpoint(network, context)) {
            try (Engine engine = Engine.open(network, context)) {
                ticks(engine, 13);
                engine.checkpoint(checkpoint);
                ticks(engine, 3);
            }
            file.write(checkpoint);
            try (Checkpoint read = file.read(); Engine engine = Engine.resume(network, context.threads(2), read)) {
                assertEquals(13, engine.ticks());
                assertEquals(13, engine.frames());
                ticks(engine, 27);
                assertArrayEquals(expected, weights(engine));
            }
        }
    }

    /** The same bytes from an image of any lane width. */
    @Test
    void theLaneWidthIsNoPartOfTheFile() throws IOException {
        final Network network = graph();
        final Context context = new Context();
        final Path path = directory.resolve("lanes");
        try (CheckpointFile file = CheckpointFile.open(path); Checkpoint checkpoint = new Checkpoint(network, context);
             Engine engine = Engine.open(network, context)) {
            ticks(engine, 9);
            engine.checkpoint(checkpoint);
            file.write(checkpoint.put("more", new byte[] {1, 2, 3}));
            final byte[] expected = Files.readAllBytes(path);
            for (final int lanes : new int[] {4, 8, 16}) {
                final MemorySegment image = checkpoint.copy.image();
                Image.attach(layout(network, context, lanes), image, image.get(ValueLayout.JAVA_LONG, HeaderDescriptor.DIGEST_OFFSET));
                file.write(checkpoint);
                assertArrayEquals(expected, Files.readAllBytes(path), lanes + " lanes");
                try (Engine other = Engine.resume(network, context, checkpoint)) {
                    assertArrayEquals(weights(engine), weights(other), lanes + " lanes");
                }
            }
        }
    }

    @Test
    void sectionsComeBack() throws IOException {
        final Network network = Network.chain(3, 2).build();
        try (CheckpointFile file = CheckpointFile.open(directory.resolve("sections"));
             Checkpoint checkpoint = new Checkpoint(network, new Context()); Engine engine = Engine.open(network, new Context())) {
            engine.checkpoint(checkpoint);
            final byte[] large = new byte[3_000_000];
            new Random(1).nextBytes(large);
            checkpoint.put("place", new byte[0]).put("größe", large).put("place", new byte[] {7});
            engine.checkpoint(checkpoint);
            file.write(checkpoint);
            try (Checkpoint read = file.read()) {
                assertEquals(Set.of("place", "größe"), read.sections());
                assertArrayEquals(new byte[] {7}, read.get("place"));
                assertArrayEquals(large, read.get("größe"));
                assertEquals("no section \"x\" in the checkpoint: expected one of [place]",
                    assertThrows(IllegalArgumentException.class, () -> read.get("x")).getMessage().replace("größe, ", "").replace(", größe", ""));
            }
            assertThrows(IllegalArgumentException.class, () -> checkpoint.put("", new byte[0]));
            assertThrows(IllegalArgumentException.class, () -> checkpoint.put("n".repeat(65), new byte[0]));
        }
    }

    @Test
    void sectionsStayInTheOrderOfAdding() throws IOException {
        final Network network = Network.chain(3, 2).build();
        final List<String> names = List.of("place", "answers", "run", "z", "a", "input", "session", "m", "b");
        try (CheckpointFile file = CheckpointFile.open(directory.resolve("order"));
             Checkpoint checkpoint = new Checkpoint(network, new Context()); Engine engine = Engine.open(network, new Context())) {
            engine.checkpoint(checkpoint);
            names.forEach(name -> checkpoint.put(name, new byte[0]));
            final Set<String> copy = checkpoint.put("run", new byte[1]).sections();
            file.write(checkpoint.put("later", new byte[0]));
            assertEquals(names, List.copyOf(copy));
            assertThrows(UnsupportedOperationException.class, () -> copy.remove("z"));
            try (Checkpoint read = file.read()) {
                assertEquals(names, List.copyOf(read.sections()).subList(0, names.size()));
            }
        }
    }

    /** The memory of the arena is as it was. */
    @Test
    void anotherNetworkIsRefusedAndNothingChanges() {
        final Network network = Network.chain(3, 4, 2).build();
        try (Checkpoint checkpoint = new Checkpoint(network, new Context()); Engine engine = Engine.open(network, new Context());
             Arena arena = Arena.ofConfined()) {
            engine.checkpoint(checkpoint);
            final MemorySegment memory = arena.allocate(1 << 20, Engine.IMAGE_ALIGNMENT_BYTES).fill((byte) 7);
            refused("DIGEST", Network.chain(3, 4, 3).build(), new Context(), checkpoint, memory);
            refused("DIGEST", Network.chain(3, 4, 2).activation(Activation.RELU).build(), new Context(), checkpoint, memory);
            refused("DIGEST", network, new Context().rule(Rule.diffusion()), checkpoint, memory);
            refused("DIGEST", network, new Context().clip(1), checkpoint, memory);
            refused("DIGEST", network, new Context().guard(Engine.Guard.COUNT), checkpoint, memory);
            refused("SLOTS", network, new Context().history(1), checkpoint, memory);
            try (Checkpoint empty = new Checkpoint(network, new Context())) {
                refused("MAGIC", network, new Context(), empty, memory);
                assertFalse(empty.copy.complete());
            }
        }
    }

    private static void refused(
        final String field, final Network network, final Context context, final Checkpoint checkpoint, final MemorySegment memory) {
        final String message = assertThrows(IllegalArgumentException.class,
            () -> Engine.resume(network, context.arena(new Slab(memory)), checkpoint)).getMessage();
        assertTrue(message.startsWith(field) && message.contains(": expected "), message);
        assertEquals(-1, memory.mismatch(MemorySegment.ofArray(filled(memory.byteSize()))));
    }

    private static byte[] filled(final long bytes) {
        final byte[] all = new byte[(int) bytes];
        Arrays.fill(all, (byte) 7);
        return all;
    }

    @Test
    void aCheckpointOfAnotherSizeIsRefused() {
        try (Checkpoint checkpoint = new Checkpoint(Network.chain(3, 2).build(), new Context());
             Engine engine = Engine.open(Network.chain(300, 2).build(), new Context())) {
            final String message = assertThrows(IllegalArgumentException.class, () -> engine.checkpoint(checkpoint)).getMessage();
            assertTrue(message.contains("expected " + Engine.imageBytes(engine.network(), new Context())), message);
        }
    }
}
