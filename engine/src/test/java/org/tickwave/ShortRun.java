package org.tickwave;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * Forty ticks of small networks, and a checksum of their weights. Also a program, so that another JVM can print the checksums.
 */
final class ShortRun {
    /** The prefix of the program's lines. Other lines are the JVM's. */
    static final String MARK = "crc32c ";
    private static final int TICKS = 40;

    final String name;
    private final Network network;
    private final Rule rule;

    private ShortRun(final String name, final Network.Builder network, final Rule rule) {
        this.name = name;
        this.network = network.build();
        this.rule = rule;
    }

    static List<ShortRun> all() {
        final List<ShortRun> all = new ArrayList<>();
        all.add(new ShortRun("10-16-5", Network.chain(10, 16, 5), Rule.aligned()));
        all.add(new ShortRun("5-35-9-3", Network.chain(5, 35, 9, 3), Rule.diffusion()));
        for (final Activation activation : Activation.values()) {
            final Network.Builder network = odd().activation(activation).outputActivation(activation);
            all.add(new ShortRun(activation.name(), network, Rule.aligned()));
        }
        all.add(new ShortRun("SOFTMAX", odd().loss(Loss.SOFTMAX_CROSS_ENTROPY), Rule.window(3)));
        all.add(new ShortRun("LOGISTIC_LOSS", odd().loss(Loss.LOGISTIC_CROSS_ENTROPY), Rule.window(2)));
        return all;
    }

    private static Network.Builder odd() {
        return Network.chain(35, 9, 7, 3);
    }

    /** The checksum of the start weights. */
    String start() {
        try (Engine engine = open()) {
            return crc(engine);
        }
    }

    /** The checksum of the weights after forty ticks with a new frame and target in each. */
    String end() {
        final Random random = new Random(3);
        final float[] frame = new float[network.width(0)];
        final float[] target = new float[network.width(network.layers())];
        try (Engine engine = open()) {
            for (int t = 0; t < TICKS; t++) {
                fill(frame, random);
                fill(target, random);
                if (network.loss() != Loss.SQUARED_ERROR) {
                    Arrays.fill(target, 0f);
                    target[random.nextInt(target.length)] = 1f;
                }
                engine.input(frame).target(target).tick();
            }
            return crc(engine);
        }
    }

    private Engine open() {
        return Engine.open(network, new Context().rule(rule).rate(.05f).seed(5));
    }

    /** Sums of two dice, roughly normal and exact in float32. */
    private static void fill(final float[] to, final Random random) {
        for (int i = 0; i < to.length; i++) {
            to[i] = (random.nextInt(1024) - random.nextInt(1024)) / 512f;
        }
    }

    /** Covers the weights row by row and then the biases, layer by layer, in little-endian float32. */
    static String crc(final Engine engine) {
        final CRC32C crc = new CRC32C();
        final Network network = engine.network();
        for (int l = 1; l <= network.layers(); l++) {
            final float[] weights = new float[network.width(l) * network.width(l - 1)];
            final float[] biases = new float[network.width(l)];
            engine.weights(l, weights);
            engine.biases(l, biases);
            update(crc, weights);
            update(crc, biases);
        }
        return String.format("%08x", crc.getValue());
    }

    private static void update(final CRC32C crc, final float[] values) {
        final ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        crc.update(bytes);
    }

    public static void main(final String[] args) {
        all().forEach(run -> System.out.println(MARK + run.name + " " + run.end()));
    }
}
