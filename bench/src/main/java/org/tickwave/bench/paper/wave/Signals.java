package org.tickwave.bench.paper.wave;

import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.tickwave.Network;

/**
 * What a network is given: for each tick a frame and a target.
 *
 * @param frame   the frame of a tick
 * @param target  the target of a tick; if the error is given from outside, the error of the output in that tick
 * @param outside whether the error of the output is given from outside: the target is then the output minus the error
 */
public record Signals(IntFunction<float[]> frame, IntFunction<float[]> target, boolean outside) {
    private static final long OF_FRAMES = 1_000_003;
    private static final long OF_TARGETS = 1_000_033;
    private static final long OF_CHANGES = 1_000_037;

    /** In each tick an independent random frame and an independent random target. */
    public static Signals fast(final Network network, final long seed) {
        return new Signals(t -> numbers(seed * OF_FRAMES + t, network.frameWidth()),
            t -> numbers(seed * OF_TARGETS + t, network.targetWidth()), false);
    }

    /** The same random frame and target in every tick. */
    public static Signals constant(final Network network, final long seed) {
        return fast(network, seed).held(Integer.MAX_VALUE);
    }

    /** Each number of the frame is a sine with a phase of its own. The target is a random linear function of the frame. */
    public static Signals slow(final Network network, final long seed, final int periodTicks) {
        final int width = network.frameWidth();
        final SplittableRandom random = new SplittableRandom(seed * OF_FRAMES);
        final double[] phases = random.doubles(width, 0, 2 * Math.PI).toArray();
        final double[][] teacher = new double[network.targetWidth()][width];
        for (final double[] row : teacher) {
            for (int j = 0; j < width; j++) {
                row[j] = random.nextGaussian() / Math.sqrt(width);
            }
        }
        final IntFunction<float[]> frame = t -> {
            final float[] numbers = new float[width];
            for (int i = 0; i < width; i++) {
                numbers[i] = (float) Math.sin(2 * Math.PI * t / periodTicks + phases[i]);
            }
            return numbers;
        };
        return new Signals(frame, t -> product(teacher, frame.apply(t)), false);
    }

    private static float[] product(final double[][] matrix, final float[] vector) {
        final float[] product = new float[matrix.length];
        for (int i = 0; i < product.length; i++) {
            double sum = 0;
            for (int j = 0; j < vector.length; j++) {
                sum += matrix[i][j] * vector[j];
            }
            product[i] = (float) sum;
        }
        return product;
    }

    private static float[] numbers(final long seed, final int count) {
        final SplittableRandom random = new SplittableRandom(seed);
        final float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /** Each frame is held for some ticks, with its target. */
    public Signals held(final int ticks) {
        return new Signals(t -> frame.apply(t / ticks), t -> target.apply(t / ticks), outside);
    }

    /** The targets are the errors of the output. */
    public Signals errorsFromOutside() {
        return new Signals(frame, target, true);
    }

    /** Each target times a factor. */
    public Signals targetsTimes(final float factor) {
        return new Signals(frame, t -> {
            final float[] scaled = target.apply(t).clone();
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] *= factor;
            }
            return scaled;
        }, outside);
    }

    /** The frame of one tick is another one. */
    public Signals withFrameChanged(final int tick) {
        return new Signals(changed(frame, tick), target, outside);
    }

    /** The target of one tick is another one. */
    public Signals withTargetChanged(final int tick) {
        return new Signals(frame, changed(target, tick), outside);
    }

    private static IntFunction<float[]> changed(final IntFunction<float[]> of, final int tick) {
        return t -> t == tick ? numbers(OF_CHANGES + t, of.apply(t).length) : of.apply(t);
    }
}
