package org.tickwave;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/**
 * A random network, and a random use of it: frames with and without a target, given by copy and in place, held for some ticks,
 * with changes of rate, learning, weights and waves. The seed decides everything.
 */
final class RandomRun {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int DEEPEST = 12;
    private static final int WIDEST = 300;
    /** One of each: rate, learning, reset, weights. */
    private static final int[] CHANGES = {0, 2, 4, 5};
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    final Network network;
    final Rule rule;
    final long seed;
    private final int steps;
    private final float rate;
    private final float clip;
    private final int history;

    RandomRun(final long seed) {
        this.seed = seed;
        final Random random = new Random(seed);
        final int layers = 1 + random.nextInt(DEEPEST);
        final int[] widths = new int[layers + 1];
        for (int l = 0; l <= layers; l++) {
            // Mostly narrow: widths do not matter here, and start weights of wide layers take long.
            widths[l] = 1 + (int) (WIDEST * Math.pow(random.nextDouble(), 4));
        }
        final Activation[] activations = Activation.values();
        final Network.Builder builder = Network.chain(widths).activation(activations[random.nextInt(activations.length)]);
        final Loss loss = Loss.values()[random.nextInt(Loss.values().length)];
        if (loss == Loss.SQUARED_ERROR) {
            builder.outputActivation(activations[random.nextInt(activations.length)]);
        }
        network = builder.loss(loss).build();
        rule = switch (random.nextInt(3)) {
            case 0 -> Rule.diffusion();
            case 1 -> Rule.window(1 + random.nextInt(2 * layers - 1));
            default -> Rule.aligned();
        };
        steps = layers + 4 + random.nextInt(8);
        rate = random.nextInt(10) == 0 ? 100 : random.nextFloat() * .2f;
        clip = random.nextInt(4) == 0 ? .1f : Float.POSITIVE_INFINITY;
        history = random.nextInt(4) == 0 ? random.nextInt(5) : 0;
    }

    Context context() {
        return new Context().rule(rule).rate(rate).clip(clip).history(history).seed(seed).guard(Engine.Guard.COUNT);
    }

    /** A step before which a test may stop the engine. */
    int stop() {
        return 1 + new Random(seed).nextInt(steps - 1);
    }

    /** What the engine is told before the stop. */
    int pending() {
        return (int) (seed % (1 << CHANGES.length));
    }

    /** A way to do ticks. Every way has to give the same bits. */
    interface Way {
        /** Returns when a frame may be given. */
        void ready(Engine engine);

        void ticks(Engine engine, long count);

        /** Returns when all ticks are completed. */
        void finish(Engine engine);

        /** Prepares a call that waits until all ticks are completed. */
        void beforeWaiting(Engine engine);

        /** Returns the engine that goes on after the stop. */
        default Engine stop(final Engine engine) {
            return engine;
        }
    }

    /** The hash of some outputs on the way, and at the end of all weights, biases and waves. */
    long bits(final Engine engine, final Way way) {
        return bits(engine, way, -1, 0);
    }

    /**
     * As {@link #bits(Engine, Way)}, with a stop.
     *
     * @param stop    the step before which another engine may take over; -1 for no stop
     * @param pending what the engine is told before that, bit by bit: another rate, learning turned on or off, a reset, weights
     */
    long bits(final Engine first, final Way way, final int stop, final int pending) {
        final Random random = new Random(~seed);
        Engine engine = first;
        boolean held = false;
        long hash = OFFSET;
        for (int step = 0; step < steps; step++) {
            if (step > 0 && random.nextInt(5) == 0) {
                held &= !change(engine, way, random, random.nextInt(6));
            }
            if (step == stop) {
                held &= !changeAll(engine, way, random, pending);
                engine = way.stop(engine);
            }
            if (!held || random.nextInt(4) > 0) {
                way.ready(engine);
                give(engine, random);
                held = true;
            }
            way.ready(engine);
            way.ticks(engine, random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1);
            if (random.nextInt(4) == 0) {
                way.finish(engine);
                hash = add(hash, output(engine), engine.answeredFrame(), engine.guardTrips());
            }
        }
        way.finish(engine);
        return add(end(engine, hash), output(engine), engine.answeredFrame(), engine.guardTrips());
    }

    private boolean changeAll(final Engine engine, final Way way, final Random random, final int pending) {
        boolean dropped = false;
        for (int what = 0; what < CHANGES.length; what++) {
            if ((pending >> what & 1) != 0) {
                dropped |= change(engine, way, random, CHANGES[what]);
            }
        }
        return dropped;
    }

    /** Returns whether the engine has dropped its frame. */
    private boolean change(final Engine engine, final Way way, final Random random, final int what) {
        if (what < 2) {
            engine.rate(random.nextFloat() * .2f);
        } else if (what < 4) {
            engine.learning(random.nextBoolean());
        } else {
            way.beforeWaiting(engine);
            if (what == 4) {
                engine.reset();
            } else {
                final int layer = 1 + random.nextInt(network.layers());
                final float scale = 2f / network.width(layer - 1);
                engine.setWeights(layer, vector(random, network.width(layer) * network.width(layer - 1), scale),
                    vector(random, network.width(layer), scale));
            }
        }
        return what == 4;
    }

    private void give(final Engine engine, final Random random) {
        final float[] frame = vector(random, network.width(0), 1);
        final float[] target = target(random);
        if (random.nextBoolean()) {
            engine.input(frame);
        } else {
            fill(engine.inputInPlace(), frame);
        }
        if (random.nextInt(6) > 0) {
            if (random.nextBoolean()) {
                engine.target(target);
            } else {
                fill(engine.targetInPlace(), target);
            }
        }
    }

    private static void fill(final MemorySegment to, final float[] from) {
        MemorySegment.copy(from, 0, to, FLOAT, 0, from.length);
    }

    private static float[] vector(final Random random, final int length, final float scale) {
        final float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = (2 * random.nextFloat() - 1) * scale;
        }
        return vector;
    }

    private float[] target(final Random random) {
        final float[] target = vector(random, network.width(network.layers()), 1);
        if (network.loss() != Loss.SQUARED_ERROR) {
            Arrays.fill(target, 0);
            target[random.nextInt(target.length)] = 1;
        }
        return target;
    }

    private static float[] output(final Engine engine) {
        return engine.output().toArray(FLOAT);
    }

    private long end(final Engine engine, final long before) {
        long hash = before;
        for (int l = 1; l <= network.layers(); l++) {
            final float[] vector = new float[network.width(l)];
            hash = add(hash, Bits.weights(engine, l), engine.guardTrips(l), engine.firstGuardTrip(l));
            hash = add(hash, Bits.biases(engine, l), l, 0);
            for (long t = engine.ticks() - 2; t <= engine.ticks(); t++) {
                hash = add(hash, vector, engine.waves().activation(l, t, vector) ? 1 : 0, engine.waves().frame(l, t));
                hash = add(hash, vector, engine.waves().delta(l, t, vector) ? 1 : 0, t);
            }
        }
        return hash;
    }

    private static long add(final long before, final float[] values, final long... more) {
        long hash = before;
        for (final float value : values) {
            hash = (hash ^ Float.floatToRawIntBits(value)) * PRIME;
        }
        for (final long number : more) {
            hash = (hash ^ number) * PRIME;
        }
        return hash;
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + network + ", " + rule + ", " + network.activation(1) + ", "
            + network.activation(network.layers()) + ", " + network.loss() + ", history " + history;
    }
}
