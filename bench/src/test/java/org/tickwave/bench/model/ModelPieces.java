package org.tickwave.bench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.tickwave.Network;
import org.tickwave.kernel.Good;

/** Reads models from bytes that arrive in pieces. For tests in other packages. */
public final class ModelPieces {
    private ModelPieces() {
    }

    /** Reads a model and asserts that the model can be saved and read again. */
    public static Model read(final String name, final byte[] bytes, final int piece) throws IOException {
        final Model model;
        try (SavedModel saved = SavedModel.open(name, new SeekableBytes(bytes, bytes.length, piece))) {
            model = Models.inMemory(saved.model());
        }
        final Network network = model.network();
        final int[] widths = new int[network.layers() + 1];
        for (int l = 0; l < widths.length; l++) {
            widths[l] = network.width(l);
        }
        for (int l = 1; l < widths.length; l++) {
            assertGood(widths[l] * widths[l - 1], Models.layers(model).weights()[l - 1]);
            assertGood(widths[l], Models.layers(model).biases()[l - 1]);
        }
        Models.assertSame(model,
            new Metadata(name, MetadataWriter.of(model, "0")).model(widths, model.weights()));
        return model;
    }

    private static void assertGood(final int count, final float[] numbers) {
        assertEquals(count, numbers.length);
        for (final float number : numbers) {
            assertEquals(true, Good.number(number), () -> "not good: " + number);
        }
    }
}
