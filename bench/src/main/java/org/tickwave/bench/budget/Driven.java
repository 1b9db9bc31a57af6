package org.tickwave.bench.budget;

import java.util.Random;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Rule;
import org.tickwave.bench.session.Idle;

/**
 * An engine that learns from frames and targets of noise in every tick. Every frame is combined with every target, so the errors stay
 * large. The engine itself turns denormal numbers to zero. The kernels are compiled before the first tick.
 */
final class Driven implements AutoCloseable {
    private static final int FRAMES = 16;
    private static final int TARGETS = 17;
    /** So small that the weights stay as they are, and so large that no product with it is denormal. */
    private static final float RATE = 1e-9f;

    private final Engine engine;
    private final float[][] frames;
    private final float[][] targets;
    private int next;

    Driven(final Subject subject, final Rule rule, final int threads, final Idle idle) {
        frames = noise(FRAMES, subject.network().frameWidth(), 2);
        targets = noise(TARGETS, subject.network().targetWidth(), 3);
        engine = Engine.open(subject.network(), context(rule, idle).threads(threads).warmUp(true));
    }

    private static Context context(final Rule rule, final Idle idle) {
        final Context context = new Context().rule(rule).rate(RATE).seed(1).guard(Engine.Guard.COUNT);
        return idle.strategy() == null ? context : context.idleStrategy(idle.strategy());
    }

    /** As many threads as are asked for and useful. */
    static int threads(final Subject subject, final int requested) {
        return requested == 0 ? Engine.suggestedThreads(subject.network(), new Context().rule(Rule.diffusion()))
            : Math.min(requested, subject.network().layers());
    }

    /** Bytes of the image; {@code Long.MAX_VALUE} if it is too large for any machine. */
    static long imageBytes(final Subject subject, final Rule rule) {
        try {
            return Engine.imageBytes(subject.network(), new Context().rule(rule));
        } catch (final IllegalArgumentException e) {
            return Long.MAX_VALUE;
        }
    }

    private static float[][] noise(final int count, final int width, final long seed) {
        final Random random = new Random(seed);
        final float[][] noise = new float[count][width];
        for (final float[] vector : noise) {
            for (int i = 0; i < width; i++) {
                vector[i] = 2 * random.nextFloat() - 1;
            }
        }
        return noise;
    }

    /** Gives the next frame with its target. */
    void give() {
        engine.input(frames[next % FRAMES]).target(targets[next % TARGETS]);
        next = (next + 1) % (FRAMES * TARGETS);
    }

    void tick() {
        engine.tick();
    }

    boolean warm() {
        return engine.warm();
    }

    @Override
    public void close() {
        engine.close();
    }
}
