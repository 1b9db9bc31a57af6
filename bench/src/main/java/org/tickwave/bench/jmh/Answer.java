package org.tickwave.bench.jmh;

import org.tickwave.Engine;

/**
 * Verifies the answer of a workload's engine. The engine is reset and keeps its weights. After some ticks every weight must have
 * the same bits as in a new engine with one thread, and its change must agree with the {@link Reference}, which uses no engine.
 * So a thread that is late, a wrong rule, or a layer that does not learn is detected.
 */
final class Answer {
    /** Number of ticks in which the first layer learns. The error reaches this layer last. */
    private static final int STEPS = 4;
    private static final double OUTPUT_TOLERANCE = 1e-4;
    /** Bounds of the root mean square of the output. Outside of them the wave vanishes or grows too large. */
    private static final double LEAST = 1e-3;
    private static final double LARGEST = 1e3;

    private Answer() {
    }

    /**
     * Verifies the workload's engine. Called before and after the measurement.
     *
     * @throws IllegalStateException if the answer is wrong
     */
    static void verify(final Workload work) {
        work.toVerify();
        try (Engine oneThread = Engine.open(work.network, work.context())) {
            verify(work, work.engine, oneThread);
        }
        work.toMeasure();
    }

    /**
     * @param work      the expected workload
     * @param engine    the engine to verify
     * @param oneThread an engine with one thread; its weights are overwritten
     * @throws IllegalStateException if the answer is wrong
     */
    static void verify(final Workload work, final Engine engine, final Engine oneThread) {
        final int ticks = 2 * work.depth - 1 + STEPS;
        final float[][] weights = new float[work.depth + 1][work.width * work.width];
        final float[][] biases = new float[work.depth + 1][work.width];
        for (int l = 1; l <= work.depth; l++) {
            engine.weights(l, weights[l]);
            engine.biases(l, biases[l]);
            oneThread.setWeights(l, weights[l], biases[l]);
        }
        engine.reset();
        final long frames = engine.frames();
        run(work, engine, ticks);
        final Reference reference = new Reference(work, weights, biases, ticks);
        run(work, oneThread, reference, ticks);
        if (engine.frames() - frames != (ticks - 1) / work.hold + 1) {
            throw new IllegalStateException((engine.frames() - frames) + " frames in " + ticks + " ticks: expected "
                + ((ticks - 1) / work.hold + 1));
        }
        for (int l = 1; l <= work.depth; l++) {
            final int steps = ticks - (2 * work.depth - l);
            verifyWeights(l, steps, work.width, weights[l], reference.moved(l), weights(oneThread, l), weights(engine, l));
        }
        verifyOutput(engine, oneThread, reference);
    }

    private static void run(final Workload work, final Engine engine, final int ticks) {
        work.frames.rewind();
        for (int t = 0; t < ticks; t += work.hold) {
            work.frames.give(engine);
            engine.advance(Math.min(work.hold, ticks - t));
        }
    }

    private static void run(final Workload work, final Engine engine, final Reference reference, final int ticks) {
        work.frames.rewind();
        for (int t = 0; t < ticks; t++) {
            if (t % work.hold == 0) {
                work.frames.give(engine);
            }
            engine.tick();
            reference.tick(engine);
        }
    }

    private static void verifyWeights(
        final int layer, final int steps, final int columns, final float[] start, final float[] moved, final float[] oneThread,
        final float[] actual) {
        for (int i = 0; i < start.length; i++) {
            Expect.sameBits("weight " + i + " of layer " + layer, oneThread[i], actual[i], "on one thread");
        }
        Moved.verify("layer " + layer, steps, start, moved, actual, columns);
    }

    private static void verifyOutput(final Engine engine, final Engine oneThread, final Reference reference) {
        final int layers = engine.network().layers();
        final float[] actual = new float[engine.network().width(layers)];
        final float[] ofOneThread = actual.clone();
        if (!engine.waves().activation(layers, engine.ticks(), actual)
            || !oneThread.waves().activation(layers, oneThread.ticks(), ofOneThread)) {
            throw new IllegalStateException("no output after tick " + engine.ticks());
        }
        double error = 0;
        double expected = 0;
        for (int i = 0; i < actual.length; i++) {
            Expect.sameBits("output " + i, ofOneThread[i], actual[i], "on one thread");
            error += Math.pow(actual[i] - reference.output()[i], 2);
            expected += Math.pow(reference.output()[i], 2);
        }
        final double size = Math.sqrt(expected / actual.length);
        if (!(size >= LEAST && size <= LARGEST && error <= OUTPUT_TOLERANCE * OUTPUT_TOLERANCE * expected)) {
            throw new IllegalStateException("the output differs by " + Math.sqrt(error / actual.length)
                + " from the output in the reference, whose root mean square is " + size);
        }
    }

    private static float[] weights(final Engine engine, final int layer) {
        final float[] weights = new float[engine.network().width(layer) * engine.network().width(layer - 1)];
        engine.weights(layer, weights);
        return weights;
    }
}
