package org.tickwave;

import org.agrona.concurrent.Agent;

/**
 * A band as an Agrona agent, for a runner, an invoker, or a composite agent of the embedder's. With a single band the agent is
 * the whole engine. It does the ticks that the source, the thread that gives frames, commits with {@link Engine#commit()}.
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
 * <p>One thread at a time may call {@link #doWork()}; it may be the source. A second thread that calls it meanwhile is refused,
 * so give an agent to one runner only. If no thread calls it, the adjacent bands stop, and threads that wait for them wait on:
 * see {@link Context#stallLimitNs}. Closing a runner does not close the engine.
 */
public final class WaveAgent implements Agent {
    private final EngineBands bands;
    private final int band;
    private final String roleName;
    private final Engine engine;

    WaveAgent(final EngineBands bands, final int band, final String roleName, final Engine engine) {
        this.bands = bands;
        this.band = band;
        this.roleName = roleName;
        this.engine = engine;
    }

    /**
     * Does one tick of the band, if the tick is committed and the adjacent bands have completed the tick before. Never waits,
     * and allocates nothing once the kernels are compiled. Numbers that go bad are counted; {@link Engine#await()} tells the
     * source.
     *
     * @return 1 for a tick, else 0
     * @throws IllegalStateException                           if another thread is in this band: the message names both
     *                                                         threads. The other thread goes on, and the engine does not fail
     * @throws BandFailedException                             if a band has failed
     * @throws org.agrona.concurrent.AgentTerminationException if the engine is closed; the exception says that this was
     *                                                         expected
     */
    @Override
    public int doWork() {
        return bands.work(band) ? 1 : 0;
    }

    /** Notes that this thread will call the agent. Then the engine refuses calls on this thread that would wait for the agent. */
    @Override
    public void onStart() {
        bands.agentOn(band, Thread.currentThread());
    }

    /** Notes that no thread calls the agent any more. */
    @Override
    public void onClose() {
        bands.agentOn(band, null);
    }

    /**
     * The agent's name, which an Agrona runner gives to its thread.
     *
     * @return such as {@code tickwave-2.1} for band 1 of the second engine; no two agents of a JVM have the same name
     */
    @Override
    public String roleName() {
        return roleName;
    }

    /** The agent's name and its engine. For any thread, also once the engine is closed. */
    @Override
    public String toString() {
        return "WaveAgent[" + roleName + ", " + engine + "]";
    }
}
