package org.tickwave;

import org.agrona.concurrent.Agent;

/**
 * A band as an Agrona agent, for a runner, an invoker, or a composite of the embedder's own; with a single band the whole
 * engine. It does the ticks that the source, the thread that gives frames, commits with {@link Engine#commit()}.
 *
 * {@snippet lang=java :
 * try (Engine engine = Engine.open(network, new Context().bands(2));
 *      AgentRunner lower = new AgentRunner(new BackoffIdleStrategy(), errors, null, engine.agent(0));
 *      AgentRunner upper = new AgentRunner(new BackoffIdleStrategy(), errors, null, engine.agent(1))) {
 *     AgentRunner.startOnThread(lower);
 *     AgentRunner.startOnThread(upper);
 *     while (camera.read(frame)) {
 *         engine.input(frame).target(label).commit();
 *         engine.await();
 *         if (engine.answeredFrame() > 0) {
 *             act(engine.output());
 *         }
 *     }
 * }
 * }
 *
 * <p>One thread at a time calls {@link #doWork()}; it may be the source's own. A second thread that calls it meanwhile is
 * refused, so give an agent to one runner only. Where nobody does, the bands next to it stand
 * still, and so does whoever waits for them: see {@link Context#stallLimitNs}. Closing a runner closes no engine.
 */
public final class WaveAgent implements Agent {
    private final Engine engine;
    private final int band;
    private final String roleName;

    WaveAgent(final Engine engine, final int band, final String roleName) {
        this.engine = engine;
        this.band = band;
        this.roleName = roleName;
    }

    /**
     * One tick of the band, if it is committed and the bands next to it have completed the one before. Never waits, and
     * allocates nothing once the kernels are compiled. Numbers that go bad are counted; it is the source that is told.
     *
     * @return 1 for a tick, else 0
     * @throws IllegalStateException                           if another thread is in this band: the message names both. The
     *                                                         other thread goes on, and the engine does not fail
     * @throws BandFailedException                             if a band has failed
     * @throws org.agrona.concurrent.AgentTerminationException if the engine is closed; an expected one
     */
    @Override
    public int doWork() {
        return engine.work(band) ? 1 : 0;
    }

    /** Says that it will be called on this thread: then a call here that would wait for it is refused. */
    @Override
    public void onStart() {
        engine.agentOn(band, Thread.currentThread());
    }

    /** Says that it is called no more. */
    @Override
    public void onClose() {
        engine.agentOn(band, null);
    }

    /**
     * Its name, which an Agrona runner gives to its thread.
     *
     * @return such as {@code tickwave-2.1} for band 1 of the second engine; no two agents of a JVM have the same
     */
    @Override
    public String roleName() {
        return roleName;
    }

    /** Its name, and its engine; for any thread, also once the engine is closed. */
    @Override
    public String toString() {
        return "WaveAgent[" + roleName + ", " + engine + "]";
    }
}
