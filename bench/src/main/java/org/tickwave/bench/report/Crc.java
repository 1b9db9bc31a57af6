package org.tickwave.bench.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.tickwave.Engine;
import org.tickwave.layout.Geometry;
import org.tickwave.pipeline.Image;

/** CRC-32C over weights and biases: little-endian float32, row by row, then the layer's biases, layer by layer. */
public final class Crc {
    private final CRC32C crc = new CRC32C();
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    public void add(final Engine engine) {
        for (int l = 1; l <= engine.network().layers(); l++) {
            final float[] row = new float[engine.network().width(l - 1)];
            for (int r = 0; r < engine.network().width(l); r++) {
                engine.weights(l, r, row);
                add(row);
            }
            final float[] biases = new float[engine.network().width(l)];
            engine.biases(l, biases);
            add(biases);
        }
    }

    public void add(final Image image) {
        final Geometry geometry = image.layout().geometry();
        for (int l = 1; l <= geometry.layers(); l++) {
            final float[] row = new float[geometry.width(l - 1)];
            for (int r = 0; r < geometry.width(l); r++) {
                image.readRow(l, r, row, 0);
                add(row);
            }
            final float[] biases = new float[geometry.width(l)];
            image.readBiases(l, biases);
            add(biases);
        }
    }

    private void add(final float[] numbers) {
        if (bytes.capacity() < numbers.length * Float.BYTES) {
            bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        }
        bytes.clear();
        bytes.asFloatBuffer().put(numbers);
        bytes.limit(numbers.length * Float.BYTES);
        crc.update(bytes);
    }

    /** Eight hexadecimal digits. */
    public String hex() {
        return String.format("%08x", crc.getValue());
    }
}
