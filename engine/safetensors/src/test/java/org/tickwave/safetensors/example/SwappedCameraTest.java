package org.tickwave.safetensors.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.safetensors.NetworkWeights;

class SwappedCameraTest {
    private static final Network NETWORK = Network.chain(3, 4, 2).build();

    @TempDir
    private Path directory;

    private static Engine engine(final long seed) {
        return Engine.open(NETWORK, new Context().seed(seed).learning(false));
    }

    private static float[] weights(final Engine engine) {
        final float[] weights = new float[12];
        engine.weights(1, weights);
        return weights;
    }

    @Test
    void savesAndTakesOver() throws IOException {
        try (Engine one = engine(1); Engine other = engine(2)) {
            final float[] before = weights(one);
            SwappedCamera.save(directory.resolve("learnt"), saved(other), NETWORK, one);
            assertArrayEquals(weights(other), weights(one));
            try (NetworkWeights read = NetworkWeights.read(directory.resolve("learnt"), NETWORK)) {
                read.setIn(other);
                assertEquals("1000", read.metadata().get("frames"));
            }
            assertArrayEquals(before, weights(other));
        }
    }

    private Path saved(final Engine engine) throws IOException {
        final Path file = directory.resolve("saved");
        try (NetworkWeights weights = new NetworkWeights(NETWORK)) {
            weights.copyFrom(engine).write(file, Map.of());
        }
        return file;
    }

    /** One thread, which remembers what it was asked to read. */
    private static final class Disk extends ThreadPoolExecutor {
        private Future<?> read;

        private Disk() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }

        @Override
        public <T> Future<T> submit(final Callable<T> task) {
            final Future<T> submitted = super.submit(task);
            read = submitted;
            return submitted;
        }
    }

    private static void run(final Engine engine, final Path file) throws InterruptedException, ExecutionException {
        final float[] before = weights(engine);
        run(engine, file, (frame, label) -> weights(engine)[0] == before[0]);
    }

    private static void run(final Engine engine, final Path file, final SwappedCamera.Camera camera)
        throws InterruptedException, ExecutionException {
        final Disk disk = new Disk();
        try (disk) {
            SwappedCamera.swap(file, NETWORK, engine, camera, new float[3], new float[2], disk);
        }
        final NetworkWeights read = (NetworkWeights) disk.read.get();
        assertThrows(IllegalStateException.class, () -> read.setIn(engine), "not closed");
    }

    @Test
    void swapsWhileItLearns() throws Exception {
        try (Engine one = engine(1); Engine other = engine(2)) {
            run(one, saved(other));
            assertArrayEquals(weights(other), weights(one));
        }
    }

    @Test
    void aCameraThatEndsFirstLeavesNothingOpen() throws Exception {
        try (Engine one = engine(1); Engine other = engine(2)) {
            final float[] before = weights(one);
            run(one, saved(other), (frame, label) -> false);
            assertArrayEquals(before, weights(one));
        }
    }

    @Test
    void aFileThatIsRefusedChangesNothing() throws IOException {
        final Path file = Files.writeString(directory.resolve("m"), "no weights");
        try (Engine engine = engine(1)) {
            final float[] before = weights(engine);
            assertTrue(assertThrows(ExecutionException.class, () -> run(engine, file)).getMessage()
                .endsWith(file + " is not a safetensors file: it looks like text"));
            assertArrayEquals(before, weights(engine));
        }
    }
}
