package org.tickwave.bench.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Balance;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.ImageFile;
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
        try (ImageFile file = ImageFile.create(path, network, context); ImageWatch watch = ImageWatch.open(path)) {
            assertEquals(Sight.State.OPENING, watch.look().state());
            assertNull(watch.look().waves());
            try (Engine engine = Engine.open(network, new Context().history(8).arena(file.arena()))) {
                for (int i = 1; i <= 20; i++) {
                    engine.input(new float[] {i, i}).target(new float[] {1}).tick();
                }
                final Sight sight = watch.look();
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
        try (ImageFile _ = ImageFile.create(path, network, new Context().rule(Rule.diffusion())); ImageWatch watch = ImageWatch.open(path)) {
            final Shape shape = watch.shape();
            assertEquals(4, shape.layers().size());
            assertEquals("a", shape.layers().get(1).name());
            assertEquals(Shape.Role.OUTPUT, shape.layers().get(3).role());
            assertEquals(1, shape.projections().stream().filter(Shape.Projection::back).count());
        }
    }

    @Test
    void whatIsNoImageIsRefusedInOneLine() throws IOException {
        final Path other = Files.writeString(directory.resolve("other"), "not an image");
        for (final Path path : new Path[] {other, directory, directory.resolve("missing")}) {
            final IOException refused = assertThrows(IOException.class, () -> ImageWatch.open(path));
            assertTrue(refused.getMessage().startsWith(path.toString()), refused.getMessage());
            assertEquals(1, refused.getMessage().lines().count());
        }
    }
}
