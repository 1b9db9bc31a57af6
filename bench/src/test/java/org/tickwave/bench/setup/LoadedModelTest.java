package org.tickwave.bench.setup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.ModelFile;
import org.tickwave.bench.model.Models;
import org.tickwave.bench.session.Backprop;

class LoadedModelTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WIDTH = 700;
    private static final long FEW_BYTES = 1 << 20;

    /** A model that was saved row by row can be loaded under the same heap. */
    @Test
    void weightsGoFromTheFileToTheEngineWithoutRoomForThemOnTheHeap(@TempDir final Path folder) throws Exception {
        final Model model = Models.change(new Random(1), Activation.TANH, 1, WIDTH, WIDTH, WIDTH, WIDTH);
        final Path file = folder.resolve("m");
        ModelFile.write(file, model, "0");
        final MadeOptions made = new MadeOptions();
        made.load = file.toString();
        final RunOptions options = made.make();
        try (Engine engine = Engine.open(model.network(), new Context()); Backprop backprop = new Backprop(model.network(), 1)) {
            load(options, engine, backprop);
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            load(options, engine, backprop);
            final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < FEW_BYTES, allocated + " bytes for a file of " + 3 * WIDTH * WIDTH * Float.BYTES);
            for (int l = 1; l <= model.network().layers(); l++) {
                final float[] weights = new float[WIDTH * WIDTH];
                final float[] biases = new float[WIDTH];
                engine.weights(l, weights);
                engine.biases(l, biases);
                assertArrayEquals(Models.layers(model).weights()[l - 1], weights);
                assertArrayEquals(Models.layers(model).biases()[l - 1], biases);
                backprop.image().readWeights(l, weights);
                backprop.image().readBiases(l, biases);
                assertArrayEquals(Models.layers(model).weights()[l - 1], weights);
                assertArrayEquals(Models.layers(model).biases()[l - 1], biases);
            }
        }
    }

    private static void load(final RunOptions options, final Engine engine, final Backprop backprop) throws Exception {
        try (LoadedModel loaded = LoadedModel.of(options)) {
            loaded.start(engine, backprop);
        }
    }
}
