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
    private static final int MIX_BITS = 32;
    private static final long MIX = 0xD6E8FEB86659FD93L;

    /** What random numbers are for. */
    private enum Kind {
        FRAME, TARGET, CHANGE, SLOW
    }

    /** In each tick an independent random frame and an independent random target. */
    public static Signals fast(final Network network, final long seed) {
        return new Signals(t -> numbers(random(Kind.FRAME, seed, t), network.frameWidth()),
            t -> numbers(random(Kind.TARGET, seed, t), network.targetWidth()), false);
    }

    /** The same random frame and target in every tick. */
    public static Signals constant(final Network network, final long seed) {
        return fast(network, seed).held(Integer.MAX_VALUE);
    }

    /** Each number of the frame is a sine with a phase of its own. The target is a random linear function of the frame. */
    public static Signals slow(final Network network, final long seed, final int periodTicks) {
        final int width = network.frameWidth();
        final SplittableRandom random = random(Kind.SLOW, seed, 0);
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

    /** Each kind, seed and tick has random numbers of its own: a sum of the three would give some of them the same numbers. */
    private static SplittableRandom random(final Kind kind, final long seed, final int tick) {
        return new SplittableRandom(mixed(mixed(mixed(kind.ordinal()) + seed) + tick));
    }

    /** One to one, and no two inputs that differ by little have outputs that do. */
    private static long mixed(final long number) {
        long mixed = (number ^ MIX) * MIX;
        mixed = (mixed ^ mixed >>> MIX_BITS) * MIX;
        mixed = (mixed ^ mixed >>> MIX_BITS) * MIX;
        return mixed ^ mixed >>> MIX_BITS;
    }

    private static float[] numbers(final SplittableRandom random, final int count) {
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
        return t -> t == tick ? numbers(random(Kind.CHANGE, 0, t), of.apply(t).length) : of.apply(t);
    }
}
