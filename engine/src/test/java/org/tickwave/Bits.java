package org.tickwave;

import java.util.zip.CRC32C;

/** The state of an engine to the bit, for comparing two runs. */
final class Bits {
    private final CRC32C crc = new CRC32C();

    private Bits() {
    }

    /** Covers all weights and biases, the newest activation and error of every layer, and the answered frame. */
    static long of(final Engine engine) {
        final Bits bits = new Bits();
        final Network network = engine.network();
        for (int l = 1; l <= network.layers(); l++) {
            final float[] vector = new float[network.width(l)];
            bits.add(weights(engine, l));
            bits.add(biases(engine, l));
            if (engine.waves().activation(l, engine.ticks(), vector)) {
                bits.add(vector);
            }
            if (engine.waves().delta(l, engine.ticks() - 1, vector)) {
                bits.add(vector);
            }
        }
        bits.add(engine.answeredFrame());
        return bits.crc.getValue();
    }

    static float[] weights(final Engine engine, final int layer) {
        final float[] to = new float[engine.network().width(layer) * engine.network().width(layer - 1)];
        engine.weights(layer, to);
        return to;
    }

    static float[] biases(final Engine engine, final int layer) {
        final float[] to = new float[engine.network().width(layer)];
        engine.biases(layer, to);
        return to;
    }

    static float[] delta(final Engine engine, final int layer, final long tick) {
        final float[] to = new float[engine.network().width(layer)];
        if (!engine.waves().delta(layer, tick, to)) {
            throw new AssertionError("no error of layer " + layer + ", tick " + tick);
        }
        return to;
    }

    static float[] activation(final Engine engine, final int layer, final long tick) {
        final float[] to = new float[engine.network().width(layer)];
        if (!engine.waves().activation(layer, tick, to)) {
            throw new AssertionError("no activation of layer " + layer + ", tick " + tick);
        }
        return to;
    }

    private void add(final float[] values) {
        for (final float value : values) {
            add(Float.floatToRawIntBits(value));
        }
    }

    private void add(final long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            crc.update((int) (value >>> shift));
        }
    }
}
