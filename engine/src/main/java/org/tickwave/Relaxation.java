package org.tickwave;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Whether a network settles while one frame is held. A network with cycles learns the gradient at its fixed point (Almeida and Pineda)
 * only if it settles, and the sooner, the smaller its growth.
 *
 * @param settled whether the activations stopped moving: no number changed by more than a millionth of the largest
 * @param ticks   how many ticks it took, or how many were tried
 * @param growth  by which factor a small disturbance of the fixed point grows in a tick, in the long run: the spectral radius of
 *                diag(&sigma;')W. Below 1 the network contracts. 0 if the network has no cycle. If the network did not settle, the
 *                fixed point is looked for by small steps; where none is found, the growth is that at the last activations
 */
public record Relaxation(boolean settled, int ticks, double growth) {
    private static final double STILL = 1e-6;
    /** For the growth: the first steps forget the start, the others are measured. The largest eigenvalue may be a complex pair. */
    private static final int FORGOTTEN = 100;
    private static final int MEASURED = 500;
    private static final int SEED = 1;
    /** Steps that are a part of a tick's way find a fixed point around which full steps turn or jump. */
    private static final double SMALL = .05;
    private static final int SMALL_STEPS = 2_000;

    /**
     * Relaxes a copy of a network, in double precision, from zero activations, with the present weights. Changes nothing in the engine.
     * First waits, as {@link Engine#await()} does, but throws no {@link GuardTripException}. For the source's thread. Allocates, and takes
     * as long as some thousand plain forward passes: not for the inside of a loop.
     *
     * @param engine the engine whose weights are used
     * @param frame  as many numbers as all inputs are wide, one input after the other
     * @param ticks  how many to try, at least 1
     * @return what the copy did
     * @throws IllegalArgumentException if the frame has another length, or if ticks is below 1
     */
    public static Relaxation of(final Engine engine, final float[] frame, final int ticks) {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(frame, "frame");
        final Network network = engine.network();
        if (frame.length != network.frameWidth()) {
            throw new IllegalArgumentException("frame of " + frame.length + " numbers: expected " + network.frameWidth());
        }
        if (ticks < 1) {
            throw new IllegalArgumentException("ticks " + ticks + ": expected at least 1");
        }
        return new Copy(engine, frame).relax(ticks);
    }

    /**
     * Whether the network settles, and small disturbances of its fixed point die out.
     *
     * @return true if it settled and its growth is below 1
     */
    public boolean contracts() {
        return settled && growth < 1;
    }

    /** The network in double precision, with its last activations. */
    private static final class Copy {
        private final Network network;
        private final double[][] weights;
        private final double[][] biases;
        private final double[][] inputs;
        /** The newest activations first, as many ticks as the longest projection takes. */
        private final double[][][] past;

        private Copy(final Engine engine, final float[] frame) {
            network = engine.network();
            weights = new double[network.projections() + 1][];
            for (int k = 1; k < weights.length; k++) {
                final float[] read = new float[network.width(network.to(k)) * network.width(network.from(k))];
                engine.weights(k, read);
                weights[k] = widen(read, 0, read.length);
            }
            biases = new double[network.last() + 1][];
            inputs = new double[network.inputs()][];
            int at = 0;
            for (int l = 0; l <= network.last(); l++) {
                final int width = network.width(l);
                if (l < network.inputs()) {
                    inputs[l] = widen(frame, at, width);
                    at += width;
                } else {
                    final float[] read = new float[width];
                    engine.biases(l, read);
                    biases[l] = widen(read, 0, width);
                }
            }
            past = new double[IntStream.rangeClosed(1, network.projections()).map(network.wiring()::delay).max().getAsInt() + 1][][];
        }

        private static double[] widen(final float[] from, final int at, final int count) {
            return IntStream.range(at, at + count).mapToDouble(i -> from[i]).toArray();
        }

        private double[][] zeros() {
            return IntStream.rangeClosed(0, network.last()).mapToObj(l -> new double[network.width(l)]).toArray(double[][]::new);
        }

        private Relaxation relax(final int most) {
            for (int age = 0; age < past.length; age++) {
                past[age] = zeros();
                System.arraycopy(inputs, 0, past[age], 0, inputs.length);
            }
            final int ticks = settle(most, 1);
            if (ticks > most) {
                settle(SMALL_STEPS, SMALL);
            }
            return new Relaxation(ticks <= most, Math.min(ticks, most), growth());
        }

        /**
         * Moves the activations until they stand still.
         *
         * @param part of the way to the next activations that a tick goes
         * @return how many ticks it took; more than most if that was not enough
         */
        private int settle(final int most, final double part) {
            int still = 0;
            for (int tick = 1; tick <= most; tick++) {
                final double[][] next = weighted();
                for (int l = inputs.length; l < next.length; l++) {
                    for (int i = 0; i < next[l].length; i++) {
                        final double wanted = activated(network.activation(l), next[l][i] + biases[l][i]);
                        next[l][i] = past[0][l][i] + part * (wanted - past[0][l][i]);
                    }
                }
                still = moved(past[0], next) ? 0 : still + 1;
                push(next);
                if (still == past.length) {
                    return tick;
                }
            }
            return most + 1;
        }

        /** For each layer, the weighted sums of what its projections bring. The inputs stay. */
        private double[][] weighted() {
            final double[][] sums = zeros();
            System.arraycopy(past[0], 0, sums, 0, inputs.length);
            for (int k = 1; k < weights.length; k++) {
                final double[] from = past[network.wiring().delay(k)][network.from(k)];
                final double[] to = sums[network.to(k)];
                for (int i = 0; i < to.length; i++) {
                    for (int j = 0; j < from.length; j++) {
                        to[i] += weights[k][i * from.length + j] * from[j];
                    }
                }
            }
            return sums;
        }

        private static double activated(final Activation activation, final double a) {
            return switch (activation) {
                case IDENTITY -> a;
                case TANH -> Math.tanh(a);
                case LOGISTIC -> 1 / (1 + Math.exp(-a));
                case RELU -> Math.max(a, 0);
                case LEAKY_RELU -> a < 0 ? a / 100 : a;
            };
        }

        private static double slope(final Activation activation, final double x) {
            return switch (activation) {
                case IDENTITY -> 1;
                case TANH -> 1 - x * x;
                case LOGISTIC -> x * (1 - x);
                case RELU -> x > 0 ? 1 : 0;
                case LEAKY_RELU -> x < 0 ? 1e-2 : 1;
            };
        }

        /** A number that is not finite moves. */
        private static boolean moved(final double[][] before, final double[][] after) {
            double largest = 0;
            double change = 0;
            for (int l = 0; l < before.length; l++) {
                for (int i = 0; i < before[l].length; i++) {
                    largest = Math.max(largest, Math.abs(after[l][i]));
                    change = Math.max(change, Math.abs(after[l][i] - before[l][i]));
                }
            }
            return !(change <= STILL * Math.max(1, largest));
        }

        private void push(final double[][] newest) {
            System.arraycopy(past, 0, past, 1, past.length - 1);
            past[0] = newest;
        }

        /** Steps of a disturbance through the network as it is linear around its last activations. */
        private double growth() {
            final double[][] at = past[0];
            final Random random = new Random(SEED);
            for (int age = 0; age < past.length; age++) {
                past[age] = zeros();
                for (int l = inputs.length; l < at.length; l++) {
                    Arrays.setAll(past[age][l], i -> random.nextGaussian());
                }
            }
            double logOfGrowth = 0;
            for (int step = 0; step < FORGOTTEN + MEASURED; step++) {
                final double[][] next = weighted();
                for (int l = inputs.length; l < at.length; l++) {
                    for (int i = 0; i < next[l].length; i++) {
                        next[l][i] *= slope(network.activation(l), at[l][i]);
                    }
                }
                push(next);
                final double size = norm();
                if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
                    return size == 0 ? 0 : Double.POSITIVE_INFINITY;
                }
                scale(1 / size);
                logOfGrowth += step < FORGOTTEN ? 0 : Math.log(size);
            }
            return Math.exp(logOfGrowth / MEASURED);
        }

        private double norm() {
            return Math.sqrt(Arrays.stream(past).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).map(v -> v * v).sum());
        }

        private void scale(final double by) {
            for (final double[][] ofTick : past) {
                for (final double[] ofLayer : ofTick) {
                    Arrays.setAll(ofLayer, i -> ofLayer[i] * by);
                }
            }
        }
    }
}
