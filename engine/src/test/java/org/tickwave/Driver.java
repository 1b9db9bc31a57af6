package org.tickwave;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;

/** An engine that is driven in one of all ways, with a random cut and random delays. */
final class Driver implements RandomRun.Way, AutoCloseable {
    /** A longer wait means that a band hangs. */
    static final long STALL_NS = 30_000_000_000L;

    /** The threads that run the bands. */
    enum Kind {
        /** The caller runs all bands in turn. */
        IN_TURN,
        /** The caller and threads of the engine's own. */
        OWN_THREADS,
        /** An agent for each band, each on a thread of its own. */
        AGENT_THREADS,
        /** Some bands have an agent on another thread; the caller runs the others. */
        MIXED,
        /** An agent for each band, all on the caller's thread, in random order. */
        INVOKED
    }

    final Engine engine;
    final Kind kind;
    private final Random timing;
    private final IdleStrategy pause;
    private final List<WaveAgent> invoked = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failed = new AtomicReference<>();
    private volatile boolean ends;

    /** Threads of the engine's own, with the engine's cut. */
    Driver(final RandomRun run, final int threads, final long seed) {
        kind = Kind.OWN_THREADS;
        timing = new Random(seed);
        pause = new Jitter(seed);
        engine = Engine.open(run.network, context(run, seed).threads(threads));
    }

    Driver(final Kind kind, final RandomRun run, final long seed) {
        this(kind, run, seed, null, false);
    }

    /** @param arena null for the engine's own */
    Driver(final Kind kind, final RandomRun run, final long seed, final Arena arena, final boolean attaches) {
        this.kind = kind;
        timing = new Random(seed);
        pause = new Jitter(seed);
        final Context context = context(run, seed);
        final int layers = run.network.layers();
        int bands = 1 + timing.nextInt(timing.nextInt(8) == 0 ? layers + 3 : Math.min(layers, 4));
        if (timing.nextBoolean()) {
            final int[] cut = cut(layers, Math.min(bands, layers));
            bands = cut.length;
            context.cut(cut);
        }
        context.arena(arena);
        final Context cut = kind == Kind.OWN_THREADS ? context.threads(bands) : context.bands(bands);
        engine = attaches ? Engine.attach(run.network, cut) : Engine.open(run.network, cut);
        switch (kind) {
            case AGENT_THREADS -> start(1);
            case MIXED -> start(.5);
            case INVOKED -> {
                for (int b = 0; b < engine.bands().size(); b++) {
                    invoked.add(engine.agent(b));
                }
            }
            default -> {
            }
        }
    }

    private static Context context(final RandomRun run, final long seed) {
        final AtomicLong seeds = new AtomicLong(seed);
        return run.context().stallLimitNs(STALL_NS).idleStrategy(() -> new Jitter(seeds.incrementAndGet()));
    }

    /** A random cut into a number of bands. */
    private int[] cut(final int layers, final int bands) {
        final int[] counts = new int[bands];
        Arrays.fill(counts, 1);
        for (int more = layers - bands; more > 0; more--) {
            counts[timing.nextInt(bands)]++;
        }
        return counts;
    }

    private void start(final double part) {
        for (int b = 0; b < engine.bands().size(); b++) {
            if (timing.nextDouble() < part) {
                final WaveAgent agent = engine.agent(b);
                final IdleStrategy idle = new Jitter(timing.nextLong());
                final Thread thread = new Thread(() -> run(agent, idle));
                threads.add(thread);
                thread.start();
            }
        }
    }

    private void run(final WaveAgent agent, final IdleStrategy idle) {
        try {
            while (!ends) {
                agent.doWork();
                idle.idle();
            }
        } catch (final AgentTerminationException e) {
            failed.set(e);
        }
    }

    @Override
    public void ready(final Engine same) {
        while (!engine.ready()) {
            switch (kind) {
                case AGENT_THREADS -> pause();
                case INVOKED -> invoke();
                default -> engine.await();
            }
        }
    }

    private void pause() {
        if (failed.get() != null) {
            throw new AssertionError("an agent ended", failed.get());
        }
        pause.idle();
    }

    private void invoke() {
        invoked.get(timing.nextInt(invoked.size())).doWork();
    }

    @Override
    public void ticks(final Engine same, final long count) {
        if (kind != Kind.INVOKED && timing.nextInt(3) == 0) {
            engine.advance(count);
            return;
        }
        engine.commit(count);
        for (int i = timing.nextInt(4); i > 0 && kind == Kind.INVOKED; i--) {
            invoke();
        }
    }

    @Override
    public void finish(final Engine same) {
        beforeWaiting(engine);
        engine.await();
    }

    @Override
    public void beforeWaiting(final Engine same) {
        while (kind == Kind.INVOKED && engine.completed() < engine.ticks()) {
            invoke();
        }
    }

    @Override
    public void close() {
        ends = true;
        engine.close();
        for (final Thread thread : threads) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                throw new AssertionError("the test took too long", e);
            }
        }
    }
}
