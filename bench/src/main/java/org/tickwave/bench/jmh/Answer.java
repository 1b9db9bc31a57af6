package org.tickwave.bench.jmh;

import org.tickwave.Engine;

/**
 * Whether a workload's engine does what it is timed for. It starts anew, with the weights that it has, and after some ticks
 * every weight is to have the same bits as in a fresh engine of one thread, and to have moved as in the {@link Reference},
 * which knows of no engine: a thread that is late, another rule, a layer that learns nothing would show.
 */
final class Answer {
    /** What the first layer learns from, which is the last to hear. */
    private static final int STEPS = 4;
    /** Of how far a layer's weights move; beside what they are rounded by, which is some fiftieth of a step. */
    private static final double MOVED_TOLERANCE = 0.05;
    private static final double OUTPUT_TOLERANCE = 1e-4;
    /** The root of the mean square of a wave that is neither dying nor growing out of bounds. */
    private static final double LEAST = 1e-3;
    private static final double LARGEST = 1e3;

    private Answer() {
    }

    /**
     * Before and after what is measured.
     *
     * @throws IllegalStateException if the answer is wrong
     */
    static void verify(final Workload work) {
        work.toVerify();
        try (Engine alone = Engine.open(work.network, work.context())) {
            verify(work, work.engine, alone);
        }
        work.toMeasure();
    }

    /**
     * @param work  what is meant
     * @param alone that of one thread; its weights are set to the other's
     */
    static void verify(final Workload work, final Engine engine, final Engine alone) {
        final int ticks = 2 * work.depth - 1 + STEPS;
        final float[][] weights = new float[work.depth + 1][work.width * work.width];
        final float[][] biases = new float[work.depth + 1][work.width];
        for (int l = 1; l <= work.depth; l++) {
            engine.weights(l, weights[l]);
            engine.biases(l, biases[l]);
            alone.setWeights(l, weights[l], biases[l]);
        }
        engine.reset();
        final long frames = engine.frames();
        run(work, engine, ticks);
        run(work, alone, ticks);
        final Reference reference = new Reference(work, weights, biases, ticks);
        for (int t = 0; t < ticks; t++) {
            reference.tick();
        }
        if (engine.frames() - frames != (ticks - 1) / work.hold + 1) {
            throw new IllegalStateException(ticks + " ticks took " + (engine.frames() - frames) + " frames");
        }
        for (int l = 1; l <= work.depth; l++) {
            final int steps = ticks - (2 * work.depth - l);
            verifyWeights(l, steps, weights[l], reference.moved(l), weights(alone, l), weights(engine, l));
        }
        verifyOutput(engine, alone, reference);
    }

    private static void run(final Workload work, final Engine engine, final int ticks) {
        work.frames.rewind();
        for (int t = 0; t < ticks; t += work.hold) {
            work.frames.give(engine);
            engine.advance(Math.min(work.hold, ticks - t));
        }
    }

    private static void verifyWeights(
        final int layer, final int steps, final float[] start, final float[] moved, final float[] alone,
        final float[] actual) {
        double error = 0;
        double expected = 0;
        double rounding = 0;
        for (int i = 0; i < start.length; i++) {
            expectSameBits("weight " + i + " of layer " + layer, alone[i], actual[i]);
            error += Math.pow((double) actual[i] - start[i] - moved[i], 2);
            expected += Math.pow(moved[i], 2);
            rounding += Math.pow(Math.ulp(start[i]), 2) * steps;
        }
        // Each step is rounded by half an ulp at most, and by a twelfth of its square in the mean of squares.
        if (!(expected > 0 && error <= MOVED_TOLERANCE * MOVED_TOLERANCE * expected + rounding / 3)) {
            throw new IllegalStateException("the weights of layer " + layer + " moved by " + Math.sqrt(expected)
                + " in the reference, and by " + Math.sqrt(error) + " beside that in the engine");
        }
    }

    private static void verifyOutput(final Engine engine, final Engine alone, final Reference reference) {
        final int layers = engine.network().layers();
        final float[] actual = new float[engine.network().width(layers)];
        final float[] same = actual.clone();
        if (!engine.waves().activation(layers, engine.ticks(), actual)
            || !alone.waves().activation(layers, alone.ticks(), same)) {
            throw new IllegalStateException("no output after tick " + engine.ticks());
        }
        double error = 0;
        double expected = 0;
        for (int i = 0; i < actual.length; i++) {
            expectSameBits("output " + i, same[i], actual[i]);
            error += Math.pow(actual[i] - reference.output()[i], 2);
            expected += Math.pow(reference.output()[i], 2);
        }
        final double size = Math.sqrt(expected / actual.length);
        if (!(size >= LEAST && size <= LARGEST && error <= OUTPUT_TOLERANCE * OUTPUT_TOLERANCE * expected)) {
            throw new IllegalStateException("the output's size is " + size + " in the reference, and the engine's is "
                + Math.sqrt(error / actual.length) + " off");
        }
    }

    private static void expectSameBits(final String what, final float expected, final float actual) {
        if (Float.floatToRawIntBits(expected) != Float.floatToRawIntBits(actual)) {
            throw new IllegalStateException(what + " is " + actual + ", and " + expected + " on one thread");
        }
    }

    private static float[] weights(final Engine engine, final int layer) {
        final float[] weights = new float[engine.network().width(layer) * engine.network().width(layer - 1)];
        engine.weights(layer, weights);
        return weights;
    }
}
