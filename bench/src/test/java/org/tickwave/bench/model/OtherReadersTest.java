package org.tickwave.bench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tjake.jlama.safetensors.SafeTensorSupport;
import com.github.tjake.jlama.safetensors.TensorInfo;
import com.github.tjake.jlama.safetensors.Weights;
import com.github.tjake.jlama.tensor.AbstractTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Activation;

/** Other libraries read the same bits from saved models: Jlama, and Python's safetensors if it is installed. */
class OtherReadersTest {
    /** Loads a file, prints a line for each tensor, and saves the tensors to another file. */
    private static final String REWRITE = """
        import sys
        from safetensors import safe_open
        from safetensors.numpy import save_file
        with safe_open(sys.argv[1], framework="numpy") as f:
            tensors = {name: f.get_tensor(name) for name in f.keys()}
            metadata = f.metadata()
        for name, tensor in sorted(tensors.items()):
            print(name, tensor.dtype, list(tensor.shape), tensor.tobytes().hex())
        save_file(tensors, sys.argv[2], metadata=metadata)
        """;

    @TempDir
    private Path directory;

    private static List<Model> models() {
        final Random random = new Random(1);
        return List.of(Models.small(), Models.change(random, Activation.RELU, 1, 103, 31, 7, 103),
            Models.change(random, Activation.IDENTITY, 3, 51, 17),
            Models.classify(random, 10, List.of("a", "\u00e5", "c"), 33, 65));
    }

    @Test
    void jlamaFindsTheSameBits() throws Exception {
        for (final Model model : models()) {
            final Path file = directory.resolve("m");
            ModelFile.write(file, model, "0");
            final Weights weights = SafeTensorSupport.readWeights(ByteBuffer.wrap(Files.readAllBytes(file)));
            assertEquals(2 * model.network().layers(), weights.tensorInfoMap().size());
            assertEquals(model.task(), weights.metadata().get("task"));
            for (int l = 1; l <= model.network().layers(); l++) {
                final int out = model.network().width(l);
                final int in = model.network().width(l - 1);
                assertHolds(weights, 2 * (l - 1) + ".weight", new int[] {out, in}, Models.layers(model).weights()[l - 1]);
                assertHolds(weights, 2 * (l - 1) + ".bias", new int[] {out}, Models.layers(model).biases()[l - 1]);
            }
            weights.close();
        }
    }

    private static void assertHolds(final Weights weights, final String name, final int[] shape, final float[] numbers) {
        final TensorInfo info = weights.tensorInfoMap().get(name);
        assertArrayEquals(shape, info.shape);
        final int columns = shape[shape.length - 1];
        final float[] found = new float[numbers.length];
        try (AbstractTensor<?, ?> tensor = weights.load(name)) {
            for (int i = 0; i < found.length; i++) {
                found[i] = tensor.get(i / columns, i % columns);
            }
        }
        assertArrayEquals(Models.bits(numbers), Models.bits(found));
    }

    @Test
    void pythonFindsTheSameBitsAndWhatItSavesLoads() throws IOException, InterruptedException {
        assumeTrue(succeeds("import numpy, safetensors"), "no Python with safetensors and numpy here");
        for (final Model model : models()) {
            final Path file = directory.resolve("m");
            final Path rewritten = directory.resolve("rewritten");
            ModelFile.write(file, model, "0");
            final Process python = python(REWRITE, file.toString(), rewritten.toString()).start();
            final List<String> lines = new String(python.getInputStream().readAllBytes()).lines().toList();
            assertEquals(0, python.waitFor());
            assertEquals(2 * model.network().layers(), lines.size());
            for (int l = 1; l <= model.network().layers(); l++) {
                final int out = model.network().width(l);
                final int in = model.network().width(l - 1);
                assertEquals(line(2 * (l - 1) + ".bias", List.of(out), Models.layers(model).biases()[l - 1]), lines.get(2 * (l - 1)));
                assertEquals(line(2 * (l - 1) + ".weight", List.of(out, in), Models.layers(model).weights()[l - 1]),
                    lines.get(2 * (l - 1) + 1));
            }
            Models.assertSame(model, Models.read(rewritten));
        }
    }

    private static String line(final String name, final List<Integer> shape, final float[] numbers) {
        final StringBuilder line = new StringBuilder(name + " float32 " + shape + " ");
        for (final float number : numbers) {
            line.append(String.format("%08x", Integer.reverseBytes(Float.floatToRawIntBits(number))));
        }
        return line.toString();
    }

    private static ProcessBuilder python(final String script, final String... arguments) {
        final ProcessBuilder python = new ProcessBuilder("python3", "-c", script);
        python.command().addAll(List.of(arguments));
        return python.redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static boolean succeeds(final String script) throws InterruptedException {
        try {
            return python(script).redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (final IOException e) {
            return false;
        }
    }
}
