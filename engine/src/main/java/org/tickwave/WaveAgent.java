package org.tickwave;

import org.agrona.concurrent.Agent;

/**
 * A band as an Agrona agent, for a runner, an invoker, or a composite of the embedder's own; with a single band the whole
 * engine. Its ticks are what the source, the thread that gives frames, commits with {@link Engine#commit()}.
 *
 * {@snippet lang=java :
 * Engine engine = Engine.open(network, new Engine.Context().bands(2));
 * AgentRunner.startOnThread(new AgentRunner(idle, handler, null, engine.agent(0)));
 * AgentRunner.startOnThread(new AgentRunner(idle, handler, null, engine.agent(1)));
 * while (camera.read(frame)) {
 *     engine.input(frame).target(label).commit();
 *     engine.await();
 * }
 * }
 *
 * <p>One thread at a time calls {@link #doWork()}; it may be the source's own.
 */
public final class WaveAgent implements Agent {
    private final Engine engine;
    private final int band;
    private final String roleName;

    WaveAgent(final Engine engine, final int band) {
        this.engine = engine;
        this.band = band;
        roleName = "tickwave-band-" + band;
    }

    /**
     * One tick of the band, if it is committed and the bands next to it have completed the one before. Never waits, and
     * allocates nothing.
     *
     * @return 1 for a tick, else 0
     * @throws BandFailedException                               if a band has failed
     * @throws org.agrona.concurrent.AgentTerminationException if the engine is closed
     */
    @Override
    public int doWork() {
        return engine.work(band) ? 1 : 0;
    }

    /**
     * Its name.
     *
     * @return {@code tickwave-band-} and the band's number
     */
    @Override
    public String roleName() {
        return roleName;
    }
}
