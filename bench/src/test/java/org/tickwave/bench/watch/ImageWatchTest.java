package org.tickwave.bench.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Balance;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.ImageFile;
import org.tickwave.ImageNumbers;
import org.tickwave.ImageShape;
import org.tickwave.Network;
import org.tickwave.Rule;

/** A network in an image file, seen through the file. */
class ImageWatchTest {
    @TempDir
    private Path directory;

    @Test
    void theWavesAreThoseOfTheEngine() throws IOException {
        final Path path = directory.resolve("w.img");
        final Network network = Network.chain(2, 3, 1).build();
        final Context context = new Context().history(8);
        try (ImageFile file = ImageFile.create(path, network, context); ImageWatch watch = ImageWatch.open(path, false)) {
            assertEquals(Sight.State.OPENING, watch.look().state());
            assertNull(watch.look().waves());
            try (Engine engine = Engine.open(network, new Context().history(8).arena(file.arena()))) {
                for (int i = 1; i <= 20; i++) {
                    engine.input(new float[] {i, i}).target(new float[] {1}).tick();
                }
                assertTrue(Double.isNaN(watch.look().tickNs()) && watch.look().late() == -1);
                file.publish(new ImageNumbers(1e6, 2e6, 20, 3, .25, .5, 4e4));
                final Sight sight = watch.look();
                assertEquals(4e4, sight.tickNs());
                assertEquals(1e6, sight.budgetNs());
                assertEquals(3, sight.late());
                assertEquals(.25, sight.lossLately());
                assertEquals(.5, sight.lossOverall());
                final SeenWaves own = new WaveReader(watch.shape(), WaveReader.Rings.of(engine.waves())).read(20);
                assertEquals(20, sight.ticks());
                assertEquals(20, sight.frames());
                assertEquals(20, sight.waves().up()[sight.waves().up().length - 1][0]);
                assertArrayEquals(own.up(), sight.waves().up());
                assertArrayEquals(own.down(), sight.waves().down());
                assertFalse(sight.state().over());
            }
            assertEquals(Sight.State.ENDED, watch.look().state());
        }
    }

    @Test
    void aGraphWithCyclesHasItsShape() throws IOException {
        final Path path = directory.resolve("w.img");
        final Network network = Network.graph().balance(Balance.RECURRENT).input("in", 4).layer("a", 5).from("in").from("b").layer("b", 6).from("a")
            .output("out", 2).from("b").build();
        try (ImageFile _ = ImageFile.create(path, network, new Context().rule(Rule.diffusion())); ImageWatch watch = ImageWatch.open(path, false)) {
            final Shape shape = watch.shape();
            assertEquals(4, shape.layers().size());
            assertEquals("a", shape.layers().get(1).name());
            assertEquals(ImageShape.Role.OUTPUT, shape.layers().get(3).role());
            assertEquals(1, shape.projections().stream().filter(Shape.Projection::back).count());
        }
    }

    private static Context context() {
        return new Context().history(8);
    }

    /** The file of a writer that ticks once, and its network has one hidden layer of this width. */
    private static void write(final Path path, final int width, final Consumer<ImageFile> whileItLives) throws IOException {
        final Network network = Network.chain(2, width, 1).build();
        try (ImageFile file = ImageFile.create(path, network, context()); Engine engine = Engine.open(network, context().arena(file.arena()))) {
            engine.input(new float[] {1, 2}).target(new float[] {1}).tick();
            whileItLives.accept(file);
        }
    }

    /** A file that was removed is watched as long as its writer lives; a new file in its place is watched from then on. */
    @Test
    void aNewFileIsWatchedInPlaceOfTheOld() throws IOException {
        final Path path = directory.resolve("w.img");
        write(path, 3, _ -> assertDoesNotThrow(() -> {
            try (ImageWatch watch = ImageWatch.open(path, false)) {
                assertEquals(1, watch.look().ticks());
                Files.delete(path);
                assertEquals(1, watch.look().ticks());
                assertFalse(watch.look().state().over());
                assertNull(watch.notice());
                final Shape old = watch.shape();
                final Path other = directory.resolve("other.img");
                write(other, 5, _ -> assertDoesNotThrow(() -> {
                    Files.move(other, path);
                    assertEquals(1, watch.look().ticks());
                    assertEquals(5, watch.shape().layers().get(1).width());
                    assertNotSame(old, watch.shape());
                    assertEquals("a new writer has made the file: process " + ProcessHandle.current().pid(), watch.notice());
                    assertNull(watch.notice());
                }));
                assertEquals(Sight.State.ENDED, watch.look().state());
            }
        }));
    }

    /** The process of a writer may have the id and the network of the writer before. */
    @Test
    void aNewWriterOfTheSameNetworkHasAnotherShape() throws IOException {
        final Path path = directory.resolve("w.img");
        try (ImageWatch watch = ImageWatch.open(path, true)) {
            final Shape[] shapes = new Shape[2];
            for (int i = 0; i < 2; i++) {
                final int writer = i;
                write(path, 3, _ -> {
                    assertEquals(1, watch.look().ticks());
                    shapes[writer] = watch.shape();
                });
                while (System.currentTimeMillis() == shapes[i].startedMs()) {
                    Thread.onSpinWait();
                }
            }
            assertNotEquals(shapes[0], shapes[1]);
            assertEquals(shapes[0], shapes[1].of(shapes[0].process(), shapes[0].startedMs()));
        }
    }

    /** A text in place of the image disturbs nobody who has mapped the image. */
    @Test
    void anImageThatWasReplacedByATextIsWatchedToItsEnd() throws IOException {
        final Path path = directory.resolve("w.img");
        final Path text = Files.writeString(directory.resolve("text"), "a text");
        final ImageWatch[] watch = new ImageWatch[1];
        try {
            write(path, 3, _ -> assertDoesNotThrow(() -> {
                watch[0] = ImageWatch.open(path, false);
                assertEquals(1, watch[0].look().ticks());
                Files.move(text, path, StandardCopyOption.REPLACE_EXISTING);
                assertEquals(1, watch[0].look().ticks());
                assertFalse(watch[0].look().state().over());
                assertNull(watch[0].notice());
            }));
            assertEquals(Sight.State.ENDED, watch[0].look().state());
        } finally {
            watch[0].close();
        }
    }

    @Test
    void theWatchEndsWhenTheFileIsCut() throws IOException {
        final Path path = directory.resolve("w.img");
        write(path, 3, _ -> { });
        try (ImageWatch watch = ImageWatch.open(path, false)) {
            assertEquals(1, watch.look().ticks());
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() / 2);
            }
            final Sight last = watch.look();
            assertEquals(Sight.State.GONE, last.state());
            assertTrue(last.state().over());
            assertTrue(watch.end(last).startsWith("the image was cut: " + path + ": no image file, or a damaged one: "), watch.end(last));
            assertEquals(1, watch.end(last).lines().count());
        }
    }

    @Test
    void aWatchThatFollowsWaitsForTheNextWriter() throws IOException {
        final Path path = directory.resolve("w.img");
        try (ImageWatch watch = ImageWatch.open(path, true)) {
            assertNull(watch.shape());
            assertEquals(Sight.State.WAITING, watch.look().state());
            assertEquals("waiting for an image file: " + path + ": no such file: expected an image file", watch.notice());
            assertNull(watch.notice());
            for (int width = 3; width <= 4; width++) {
                final String told = (width == 3 ? "the writer is process " : "a new writer has made the file: process ") + ProcessHandle.current().pid();
                final int expected = width;
                write(path, width, _ -> {
                    assertEquals(1, watch.look().ticks());
                    assertEquals(told, watch.notice());
                    assertEquals(expected, watch.shape().layers().get(1).width());
                });
                final Sight last = watch.look();
                assertEquals(Sight.State.WAITING, last.state());
                assertEquals(1, last.ticks(), "what was seen last stays");
                assertEquals("the writer, process " + ProcessHandle.current().pid() + ", has closed the image after tick 1; waiting for another writer",
                    watch.notice());
                watch.look();
                assertNull(watch.notice());
            }
            Files.delete(path);
            Files.writeString(path, "a text");
            assertEquals(Sight.State.WAITING, watch.look().state());
            assertTrue(watch.notice().startsWith("waiting for an image file: " + path + ": no image file, or a damaged one: "));
        }
    }

    @Test
    void whatIsNoImageIsRefusedInOneLine() throws IOException {
        final Path other = Files.writeString(directory.resolve("other"), "not an image");
        for (final Path path : new Path[] {other, directory, directory.resolve("missing")}) {
            final IOException refused = assertThrows(IOException.class, () -> ImageWatch.open(path, false).close());
            assertTrue(refused.getMessage().startsWith(path.toString()), refused.getMessage());
            assertEquals(1, refused.getMessage().lines().count());
        }
    }
}
