package org.tickwave.bench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.tickwave.Network;
import org.tickwave.bench.net.Graphs;
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
        for (int k = 1; k <= network.projections(); k++) {
            assertGood(network.width(network.to(k)) * network.width(network.from(k)), Models.layers(model).weights()[k - 1]);
        }
        for (int l = network.inputs(); l <= network.last(); l++) {
            assertGood(network.width(l), Models.layers(model).biases()[l - 1]);
        }
        final Metadata metadata = new Metadata(name, MetadataWriter.of(model, "0"));
        Models.assertSame(model, model.graph() == null ? metadata.model(Graphs.widths(network), model.weights())
            : metadata.model(model.graph(), network, model.weights()));
        return model;
    }

    private static void assertGood(final int count, final float[] numbers) {
        assertEquals(count, numbers.length);
        for (final float number : numbers) {
            assertEquals(true, Good.number(number), () -> "not good: " + number);
        }
    }
}
