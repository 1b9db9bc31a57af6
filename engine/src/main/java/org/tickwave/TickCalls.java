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
    private final float[] frame = new float[WIDTH];
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
        segment = arena.allocate(WIDTH * Float.BYTES, Float.BYTES);
        answer = arena.allocate(WIDTH * Float.BYTES, Float.BYTES);
        Arrays.fill(frame, 1f);
        Arrays.fill(tooLarge, Good.LIMIT);
        final Context one = new Context(context).rate(0).history(0).guard(Engine.Guard.COUNT).warmUp(false).arena(arena)
            .learning(true).oneThread();
        engines.add(Engine.open(chain(network, LAYERS), one.rule(Rule.aligned())));
        engines.add(Engine.open(chain(network, LAYERS), one.rule(Rule.diffusion())));
        engines.add(Engine.open(chain(network, 1), one.rule(Rule.aligned())));
        // An arena that is confined to one thread allows one band only.
        one.bands(confined ? 1 : 2);
        engines.add(Engine.open(chain(network, LAYERS), one));
        final Engine run = Engine.open(chain(network, LAYERS), one);
        agents = new WaveAgent[run.bands().size()];
        for (int b = 0; b < agents.length; b++) {
            agents[b] = run.agent(b);
        }
        engines.add(run);
    }

    private static Network chain(final Network network, final int layers) {
        final int[] widths = new int[layers + 1];
        Arrays.fill(widths, WIDTH);
        return Network.chain(widths).activation(network.activation(1))
            .outputActivation(network.activation(network.layers())).loss(network.loss()).build();
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
        for (int e = 0; e < engines.size(); e++) {
            final Engine engine = engines.get(e);
            give(engine);
            learnAndNot(engine);
            trip(engine);
            answer(engine);
            for (int i = 0; i < TIMES; i++) {
                look(engine);
            }
            engine.reset();
        }
    }

    private void give(final Engine engine) {
        for (int i = 0; i < TIMES; i++) {
            // A frame that waits is replaced.
            engine.input(frame).target(frame);
            engine.input(segment, 0).target(segment, 0);
        }
        tick(engine);
        engine.inputInPlace().copyFrom(segment);
        engine.targetInPlace().copyFrom(segment);
        tick(engine);
        engine.input(frame);
        tick(engine);
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
    private void learnAndNot(final Engine engine) {
        ticks(engine, 2 * LAYERS);
        engine.learning(false);
        ticks(engine, 2);
        engine.learning(true);
        ticks(engine, LAYERS);
    }

    private void ticks(final Engine engine, final int count) {
        for (int i = 0; i < count; i++) {
            engine.input(frame).target(frame);
            tick(engine);
        }
        if (engine != engines.getLast()) {
            engine.advance(HELD);
        }
    }

    /** The guard refuses activations. */
    private void trip(final Engine engine) {
        engine.setWeights(1, tooLarge, zeros);
        ticks(engine, 2);
        answer(engine);
        engine.setWeights(1, weights, zeros);
        engine.rate(0);
    }

    private void answer(final Engine engine) {
        for (int i = 0; i < TIMES; i++) {
            seen += engine.answer(frame, row) ? 1 : 0;
            seen += engine.answer(segment, 0, answer, 0) ? 1 : 0;
        }
    }

    private void look(final Engine engine) {
        final Waves waves = engine.waves();
        final long tick = engine.ticks();
        waves.activation(1, tick, copy);
        waves.delta(1, tick - 1, copy);
        engine.weights(1, copy);
        engine.weights(1, 0, row);
        engine.biases(1, row);
        seen += waves.frame(0, tick - 1) + engine.answeredFrame() + engine.frames() + engine.guardTrips() + engine.guardTrips(1)
            + engine.firstGuardTrip(1) + engine.output().byteSize();
    }

    @Override
    public void close() {
        engines.forEach(Engine::close);
    }
}
