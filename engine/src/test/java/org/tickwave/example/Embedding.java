package org.tickwave.example;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;

/** Predicts the next value of a sensor, and learns with every reading. The project's README shows the code between the marks. */
public final class Embedding {
    private Embedding() {
    }

    /** Learns to predict the next reading of a sensor from the last eight. Returns the mean squared error of the last 1,000. */
    static double predict(final int readings) {
        // README begin
        final Network network = Network.chain(8, 32, 32, 1).activation(Activation.TANH).build();
        final float[] last = new float[8];
        final float[] next = new float[1];
        final float[] expected = new float[readings + 1];
        double error = 0;
        try (Engine engine = Engine.open(network, new Context().rule(Rule.aligned()).rate(1e-2f).seed(1))) {
            for (int i = 1; i <= readings; i++) {
                System.arraycopy(last, 0, last, 1, last.length - 1);
                last[0] = sensor(i);
                next[0] = expected[i] = sensor(i + 1);
                engine.input(last).target(next).tick();

                final int answered = (int) engine.answeredFrame();          // frame i - 2: an answer takes L = 3 ticks
                if (answered > Math.max(0, readings - 1_000)) {             // 0: no answer yet, or the guard refused it
                    final MemorySegment output = engine.output();           // in place, little-endian
                    final double off = output.get(ValueLayout.JAVA_FLOAT, 0) - expected[answered];
                    error += off * off / 1_000;
                }
            }
        }
        // README end
        return error;
    }

    private static float sensor(final int i) {
        return (float) (Math.sin(.13 * i) * Math.cos(.031 * i));
    }

    /** Prints what was learnt. */
    public static void main(final String[] args) {
        System.out.printf("mean squared error after 1,000 readings %.4f, after 20,000 %.4f%n", predict(1_000), predict(20_000));
    }
}
