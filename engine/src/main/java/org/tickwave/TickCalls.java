package org.tickwave;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.tickwave.kernel.Good;

/** Does with scratch engines what an embedder may do tick by tick, in every state of the waves. */
final class TickCalls implements WarmUp.Calls, AutoCloseable {
    /** Layers of a scratch network: the middle one has neighbours on both sides. */
    private static final int LAYERS = 3;
    private static final int WIDTH = 5;
    /** What takes no tick is done more often. */
    private static final int TIMES = 8;
    private static final int HELD = 12;
    private static final int IDLES = 50;

    private final List<Engine> engines = new ArrayList<>();
    private final WaveAgent[] agents;
    private final List<Scratch> all;
    private final float[] zeros = new float[WIDTH];
    private final float[] row = new float[WIDTH];
    private final float[] weights = new float[WIDTH * WIDTH];
    private final float[] tooLarge = new float[WIDTH * WIDTH];
    private final IdleStrategy idle = new BackoffIdleStrategy(Long.MAX_VALUE, 1, 1, 1);
    private final MemorySegment segment;
    private final MemorySegment answer;
    private final float[] copy = new float[WIDTH * WIDTH];
    private float seen;

    /** @param arena of the same kind as the engine's; the scratch engines lie in it */
    TickCalls(final Network network, final Context context, final Arena arena, final boolean confined) {
        segment = arena.allocate((long) WIDTH * Float.BYTES * (network.last() + 1), Float.BYTES);
        answer = arena.allocate(segment.byteSize(), Float.BYTES);
        Arrays.fill(tooLarge, Good.LIMIT);
        final Context one = new Context(context).rate(0).history(0).guard(Engine.Guard.COUNT).warmUp(false).arena(arena)
            .learning(true).oneThread();
        engines.add(Engine.open(ScratchNetworks.chain(network, LAYERS, WIDTH), one.rule(Rule.aligned())));
        engines.add(Engine.open(ScratchNetworks.chain(network, LAYERS, WIDTH), one.rule(Rule.diffusion())));
        engines.add(Engine.open(ScratchNetworks.chain(network, 1, WIDTH), one.rule(Rule.aligned())));
        // An arena that is confined to one thread allows one band only.
        one.bands(confined ? 1 : 2);
        engines.add(Engine.open(ScratchNetworks.chain(network, LAYERS, WIDTH), one));
        final Engine run = Engine.open(ScratchNetworks.chain(network, LAYERS, WIDTH), one);
        agents = new WaveAgent[run.bands().size()];
        for (int b = 0; b < agents.length; b++) {
            agents[b] = run.agent(b);
        }
        engines.add(run);
        if (!ScratchNetworks.isPlainChain(network)) {
            engines.addFirst(Engine.open(ScratchNetworks.ofWidth(network, WIDTH), one.bands(1).rule(context.rule)));
        }
        all = engines.stream().map(engine -> new Scratch(engine, ones(engine.network().frameWidth()),
            ones(engine.network().targetWidth()), new float[engine.network().targetWidth()], ScratchNetworks.ticksToLearn(engine.network()))).toList();
    }

    /** An engine with what its calls need. */
    private record Scratch(Engine engine, float[] frame, float[] target, float[] answer, int ticksToLearn) {
    }

    private static float[] ones(final int count) {
        final float[] ones = new float[count];
        Arrays.fill(ones, 1f);
        return ones;
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public void run(final int which, final int round) {
        // What threads of the engine's own do while they wait.
        for (int i = 0; i < IDLES; i++) {
            idle.idle();
            idle.reset();
        }
        for (int e = 0; e < all.size(); e++) {
            final Scratch scratch = all.get(e);
            give(scratch);
            learnAndNot(scratch);
            trip(scratch);
            for (int i = 0; i < TIMES; i++) {
                look(scratch.engine);
            }
            scratch.engine.reset();
        }
    }

    private void give(final Scratch scratch) {
        final Engine engine = scratch.engine;
        for (int i = 0; i < TIMES; i++) {
            // A frame that waits is replaced.
            engine.input(scratch.frame).target(scratch.target);
            engine.input(segment, 0).target(segment, 0);
        }
        tick(engine);
        for (int i = 0; i < engine.inputs().size(); i++) {
            fill(engine.inputs().get(i).frameInPlace());
        }
        for (int o = 0; o < engine.outputs().size(); o++) {
            fill(engine.outputs().get(o).targetInPlace());
        }
        tick(engine);
        engine.input(scratch.frame);
        tick(engine);
    }

    private void fill(final MemorySegment vector) {
        MemorySegment.copy(segment, 0, vector, 0, vector.byteSize());
    }

    private void tick(final Engine engine) {
        if (engine == engines.getLast()) {
            engine.commit();
            while (!done(engine)) {
                for (final WaveAgent agent : agents) {
                    agent.doWork();
                }
            }
            engine.await();
        } else {
            engine.tick();
        }
    }

    private static boolean done(final Engine engine) {
        return engine.ready() && engine.completed() == engine.ticks();
    }

    /** From the first tick of a wave to ticks that learn; then without learning; then with learning again. */
    private void learnAndNot(final Scratch scratch) {
        final Engine engine = scratch.engine;
        ticks(scratch, Math.max(2 * LAYERS, scratch.ticksToLearn));
        engine.learning(false);
        ticks(scratch, 2);
        engine.learning(true);
        ticks(scratch, Math.max(LAYERS, scratch.ticksToLearn));
    }

    private void ticks(final Scratch scratch, final int count) {
        final Engine engine = scratch.engine;
        for (int i = 0; i < count; i++) {
            engine.input(scratch.frame).target(scratch.target);
            tick(engine);
        }
        if (engine != engines.getLast()) {
            engine.advance(HELD);
        }
    }

    /** The guard refuses activations. */
    private void trip(final Scratch scratch) {
        final Engine engine = scratch.engine;
        answer(scratch);
        engine.setWeights(1, tooLarge, zeros);
        ticks(scratch, 2);
        answer(scratch);
        engine.setWeights(1, weights, zeros);
        engine.rate(0);
    }

    private void answer(final Scratch scratch) {
        for (int i = 0; i < TIMES && !scratch.engine.network().wiring().recurrent(); i++) {
            seen += scratch.engine.answer(scratch.frame, scratch.answer) ? 1 : 0;
            seen += scratch.engine.answer(segment, 0, answer, 0) ? 1 : 0;
        }
    }

    private void look(final Engine engine) {
        final Waves waves = engine.waves();
        final long tick = engine.ticks();
        final int layer = engine.network().inputs();
        waves.activation(layer, tick, copy);
        waves.delta(layer, tick - 1, copy);
        engine.weights(1, copy);
        engine.weights(1, 0, row);
        engine.biases(layer, row);
        seen += waves.frame(0, tick - 1) + engine.frames() + engine.guardTrips() + engine.guardTrips(layer) + engine.firstGuardTrip(layer);
        for (int o = 0; o < engine.outputs().size(); o++) {
            seen += engine.outputs().get(o).answeredFrame() + engine.outputs().get(o).answer().byteSize();
        }
    }

    @Override
    public void close() {
        engines.forEach(Engine::close);
    }
}
