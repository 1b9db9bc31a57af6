package com.example;

import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;

/** Learns to predict the next reading of a sensor, one tick for each reading. Prints the error and a checksum of the weights. */
public final class Main {
    private static final int READINGS = 2_000;

    private Main() {
    }

    public static void main(final String[] args) {
        final Network network = Network.chain(2, 16, 1).activation(Activation.TANH).build();
        final float[] target = new float[1];
        double error = 0;
        try (Engine engine = Engine.open(network, new Context().rule(Rule.aligned()).rate(2e-2f).seed(1))) {
            for (int i = 1; i <= READINGS; i++) {
                target[0] = sensor(i + 1);
                engine.input(new float[] {sensor(i), sensor(i - 1)}).target(target).tick();
                final long answered = engine.answeredFrame();
                if (answered > READINGS - 100) {
                    final double off = engine.output().get(ValueLayout.JAVA_FLOAT, 0) - sensor(answered + 1);
                    error += off * off / 100;
                }
            }
            System.out.printf(Locale.ROOT, "learnt: error %.6f, weights %08x%n", error, sum(engine));
        }
    }

    static float sensor(final long i) {
        return (float) Math.sin(.13 * i);
    }

    static long sum(final Engine engine) {
        final CRC32C sum = new CRC32C();
        for (int layer = 1; layer <= engine.network().layers(); layer++) {
            final float[] weights = new float[engine.network().width(layer) * engine.network().width(layer - 1)];
            engine.weights(layer, weights);
            for (final float weight : weights) {
                final int bits = Float.floatToIntBits(weight);
                for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                    sum.update(bits >>> shift);
                }
            }
        }
        return sum.getValue();
    }
}
