package org.tickwave.bench.audit;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Waves;

/**
 * A copy of all that an audit of one tick reads: the weights after that tick, and past waves and targets. The arrays are allocated
 * once. For one thread at a time.
 */
final class AuditCopy {
    /** Of an array, with padding and the reference to the array. */
    static final int HEADER_BYTES = 24;

    final Network network;
    final Ages ages;
    /** At the index of each projection. */
    final float[][] weights;
    /** At the index of each layer. */
    final float[][] biases;
    /** The activation of a layer, by its age. An activation from before the first frame is zero. */
    final float[][][] x;
    /** The error of a layer, by its age. An error from before the first frame is zero. */
    final float[][][] errors;
    /** For each layer with weights, the target of the frame that the layer is taught. */
    final float[][] targets;
    /** For each layer with weights, whether that frame has a target. */
    final boolean[] taught;
    /** The newest tick of the engine: the tick that is audited. */
    long tick;
    /** The number of the newest frame that the engine took. */
    long frame;
    /** Whether the guard refused a vector. Then nothing is compared. */
    boolean refused;

    AuditCopy(final Network network, final Ages ages) {
        this.network = network;
        this.ages = ages;
        final int last = network.last();
        weights = arrays(network.projections(), k -> k == 0 ? 0 : network.width(network.to(k)) * network.width(network.from(k)));
        biases = arrays(last, l -> l < network.inputs() ? 0 : network.width(l));
        x = IntStream.rangeClosed(0, last).mapToObj(l -> new float[ages.oldestActivationAge(l) + 1][network.width(l)]).toArray(float[][][]::new);
        errors = IntStream.rangeClosed(0, last).mapToObj(l -> l < network.inputs() ? null : new float[ages.oldestErrorAge(l) + 1][network.width(l)])
            .toArray(float[][][]::new);
        targets = arrays(last, l -> l < network.inputs() ? 0 : network.targetWidth());
        taught = new boolean[last + 1];
    }

    private static float[][] arrays(final int last, final IntUnaryOperator width) {
        return IntStream.rangeClosed(0, last).mapToObj(i -> new float[width.applyAsInt(i)]).toArray(float[][]::new);
    }

    /** Bytes of heap for past waves and for targets. */
    static long ringBytes(final Network network, final Ages ages) {
        return IntStream.rangeClosed(0, network.last()).mapToLong(l -> {
            final boolean input = l < network.inputs();
            final long vectors = ages.oldestActivationAge(l) + 1L + (input ? 0 : ages.oldestErrorAge(l) + 1L);
            return vectors * bytes(network.width(l)) + (input ? 0 : bytes(network.targetWidth()));
        }).sum();
    }

    /** Bytes of heap for a vector and for the reference to that vector. */
    static long bytes(final int width) {
        return (long) Float.BYTES * width + HEADER_BYTES;
    }

    /**
     * Copies from an engine at rest. For the source's thread.
     *
     * @param newest the number of the newest frame
     */
    void take(final Engine engine, final Targets past, final long newest) {
        tick = engine.ticks() - 1;
        frame = newest;
        refused = engine.guardTrips() > 0;
        for (int k = 1; k < weights.length; k++) {
            engine.weights(k, weights[k]);
        }
        final Waves waves = engine.waves();
        for (int l = 0; l < x.length; l++) {
            for (int age = 0; age < x[l].length; age++) {
                zeroIfBefore(waves.activation(l, tick - age, x[l][age]), age, x[l][age]);
            }
            if (l >= network.inputs()) {
                engine.biases(l, biases[l]);
                for (int age = 0; age < errors[l].length; age++) {
                    zeroIfBefore(waves.delta(l, tick - age, errors[l][age]), age, errors[l][age]);
                }
                taught[l] = past.copy(tick - ages.frameAge(l), targets[l]);
            }
        }
    }

    /** The error of a layer in the tick of an age. */
    float[] error(final int layer, final int age) {
        return errors[layer][age];
    }

    /** The activation that the error of a projection's upper layer met in the tick of an age. */
    float[] met(final int projection, final int age) {
        return x[network.from(projection)][age + ages.metAge(projection)];
    }

    /** Layers have an activation of tick 0, which is zero and may not be in the ring. */
    private void zeroIfBefore(final boolean there, final int age, final float[] vector) {
        if (!there) {
            if (tick - age > 0) {
                throw new IllegalStateException("the rings do not hold tick " + (tick - age) + ": expected a history of " + ages.history() + " ticks");
            }
            Arrays.fill(vector, 0);
        }
    }
}
