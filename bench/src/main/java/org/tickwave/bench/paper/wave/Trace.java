package org.tickwave.bench.paper.wave;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.bench.gradient.DoubleNetwork;
import org.tickwave.bench.gradient.Gap;
import org.tickwave.layout.Wiring;

/**
 * The activations and errors of all layers in all ticks of a run from tick 0, read from the engine's rings. The weights are frozen. Which
 * activation an error meets is taken from the rule; {@link Learnt} finds it from the weights.
 */
public final class Trace {
    /** A tick is read when the next tick's activations stand already. */
    private static final int HISTORY = 4;
    /** A test may ask for activations that are a tick too new. */
    private static final int NEXT = 1;

    private final Setting setting;
    private final Wiring wiring;
    private final DoubleNetwork twin;
    private final float[][][] activations;
    private final float[][][] errors;
    private final int ticks;
    private DoubleNetwork end;

    private Trace(final Setting setting, final DoubleNetwork twin, final int ticks) {
        this.setting = setting;
        this.twin = twin;
        wiring = setting.wiring();
        this.ticks = ticks;
        activations = new float[ticks + NEXT][wiring.layers()][];
        errors = new float[ticks + NEXT][wiring.layers()][];
    }

    /** Runs an engine for some ticks. */
    public static Trace of(final Setting setting, final Signals signals, final int ticks) {
        return learning(setting, signals, ticks, 0);
    }

    /** Runs an engine up to a tick, with frozen weights in all ticks but the last. */
    static Trace learning(final Setting setting, final Signals signals, final int tick, final float rate) {
        final Context context = new Context().rule(setting.rule()).rate(0).seed(setting.seed()).history(HISTORY);
        try (Arena arena = Arena.ofConfined(); Engine engine = Engine.open(setting.network(), context.arena(arena))) {
            setting.start().accept(engine);
            final Trace trace = new Trace(setting, DoubleNetwork.of(engine), tick);
            for (int t = 0; t <= tick; t++) {
                engine.rate(t == tick ? rate : 0);
                engine.input(signals.frame().apply(t)).target(trace.target(engine, signals, t)).tick();
                trace.read(engine, t);
            }
            trace.end = DoubleNetwork.of(engine);
            return trace;
        }
    }

    private float[] target(final Engine engine, final Signals signals, final int tick) {
        final float[] target = signals.target().apply(tick);
        if (!signals.outside()) {
            return target;
        }
        final int output = setting.network().outputs()[0];
        final float[] x = new float[setting.network().width(output)];
        expect(engine.waves().activation(output, tick, x), output, tick);
        for (int i = 0; i < x.length; i++) {
            x[i] -= target[i];
        }
        return x;
    }

    private void read(final Engine engine, final int tick) {
        for (int l = 0; l < wiring.layers(); l++) {
            activations[tick][l] = new float[setting.network().width(l)];
            expect(engine.waves().activation(l, tick, activations[tick][l]), l, tick);
            if (l >= wiring.inputs()) {
                errors[tick][l] = new float[setting.network().width(l)];
                expect(engine.waves().delta(l, tick, errors[tick][l]), l, tick);
            }
        }
    }

    private static void expect(final boolean held, final int layer, final int tick) {
        if (!held) {
            throw new IllegalStateException("the ring of layer " + layer + " does not hold tick " + tick);
        }
    }

    public Network network() {
        return setting.network();
    }

    /** The ages, delays and gates of the run. */
    public Wiring wiring() {
        return wiring;
    }

    /** The network in double precision, with the weights of the run. */
    public DoubleNetwork twin() {
        return twin;
    }

    /** The network in double precision, with the weights after the last tick. */
    DoubleNetwork end() {
        return end;
    }

    public int ticks() {
        return ticks;
    }

    /** The activation that belongs to a tick. */
    public float[] activation(final int layer, final int tick) {
        return activations[tick][layer];
    }

    /** The error that belongs to a tick; null for an input. */
    public float[] error(final int layer, final int tick) {
        return errors[tick][layer];
    }

    /** The tick of the target in the error of a layer, in a chain or a balanced graph with one output. */
    public int taught(final int layer, final int tick) {
        final int output = wiring.outputs()[0];
        return tick - wiring.targetAge(output) - wiring.level(output) + wiring.level(layer);
    }

    /**
     * How far the gradient of all weights into a layer is from the true gradient. The gradient of a tick is the outer product of its error and of
     * the activations that the rule pairs with it.
     */
    public Gap gap(final int layer, final int tick, final Truth.State truth) {
        final int[] into = wiring.into(layer);
        final double[] met = IntStream.of(into).mapToObj(k -> met(k, tick, setting.ageShift())).flatMapToDouble(Arrays::stream).toArray();
        final double[] below = IntStream.of(into).mapToObj(k -> truth.activations()[wiring.from(k)]).flatMapToDouble(Arrays::stream).toArray();
        return Gap.of(widen(errors[tick][layer]), met, truth.errors()[layer], below);
    }

    /**
     * The outer product of the error of a tick and the activations that the rule pairs with it.
     *
     * @param shift ticks by which the activations are older than the rule says
     */
    double[] gradient(final int projection, final int tick, final int shift) {
        return product(widen(errors[tick][network().to(projection)]), met(projection, tick, shift));
    }

    static double[] product(final double[] error, final double[] below) {
        return IntStream.range(0, error.length * below.length).mapToDouble(w -> error[w / below.length] * below[w % below.length]).toArray();
    }

    private double[] met(final int projection, final int tick, final int shift) {
        final int of = tick - wiring.age(projection) - shift;
        final int from = wiring.from(projection);
        return of < 0 ? new double[network().width(from)] : widen(activations[of][from]);
    }

    private static double[] widen(final float[] numbers) {
        return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).toArray();
    }
}
