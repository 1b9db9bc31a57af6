package org.tickwave;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.AgentTerminationException;
import org.tickwave.pipeline.Bands;
import org.tickwave.pipeline.Cut;
import org.tickwave.pipeline.Stopped;

/** The bands of an engine as the embedder sees them: what each did so far, and the agents that run them. */
final class EngineBands {
    private final Network network;
    private final EngineState state;
    private final Cut cut;
    private final Bands bands;
    private final BandNames names;
    private final WaveAgent[] agents;

    EngineBands(final Network network, final EngineState state, final Cut cut, final Bands bands, final BandNames names) {
        this.network = network;
        this.state = state;
        this.cut = cut;
        this.bands = bands;
        this.names = names;
        agents = new WaveAgent[cut.bands()];
    }

    List<Engine.Band> list() {
        final List<Engine.Band> all = new ArrayList<>(cut.bands());
        for (int b = 0; b < cut.bands(); b++) {
            final List<String> layers = IntStream.of(cut.layers(b)).mapToObj(network::name).toList();
            all.add(new Engine.Band(layers, cut.share(b), bands.sampledTicks(b), bands.workedNs(b), bands.waitedNs(b)));
        }
        return List.copyOf(all);
    }

    /** @param engine that the agent names in its text */
    WaveAgent agent(final int band, final Engine engine) {
        if (band < 0 || band >= agents.length) {
            throw new IllegalArgumentException("band " + band + ": expected 0 to " + (agents.length - 1));
        }
        if (bands.ownThread(band)) {
            throw new IllegalStateException(
                "a thread of the engine's own runs band " + band + ": expected bands(" + agents.length + ") instead of threads");
        }
        if (agents[band] == null) {
            state.finish();
            bands.giveAway(band);
            agents[band] = new WaveAgent(this, band, names.of(band), engine);
        }
        return agents[band];
    }

    /** Sets the thread that calls the agent of a band; null for no thread. */
    void agentOn(final int band, final Thread thread) {
        bands.agent(band, thread);
    }

    /** Called by the agent of a band. */
    boolean work(final int band) {
        if (!state.closed()) {
            try {
                return bands.work(band);
            } catch (final Stopped e) {
                if (!state.closed()) {
                    throw state.failed();
                }
            }
        }
        throw new AgentTerminationException(EngineState.CLOSED, true);
    }
}
