package org.tickwave.example;

import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;

/**
 * One of four ways to drive an engine: each band has a thread of the embedder's, and another thread gives frames, one tick
 * ahead.
 */
final class AgentPerBand {
    private final Plant plant;
    private final Network network;
    private final float[] frame;
    private final float[] target;
    private final float[] answer;
    private final IdleStrategy idle = new YieldingIdleStrategy();
    private long seen;

    AgentPerBand(final Plant plant, final Network network) {
        this.plant = plant;
        this.network = network;
        frame = new float[network.width(0)];
        target = new float[network.width(network.layers())];
        answer = target.clone();
    }

    // README begin
    void run(final Context context, final ErrorHandler errors) {
        try (Engine engine = Engine.open(network, context.bands(2));
             AgentRunner lower = new AgentRunner(new YieldingIdleStrategy(), errors, null, engine.agent(0));
             AgentRunner upper = new AgentRunner(new YieldingIdleStrategy(), errors, null, engine.agent(1))) {
            AgentRunner.startOnThread(lower);
            AgentRunner.startOnThread(upper);
            while (plant.open()) {
                final boolean ready = engine.ready();
                act(engine);                                        // before a commit lets the ring's next slot be written
                if (ready && plant.read(frame, target)) {
                    engine.input(frame).target(target).commit();    // perhaps while the tick before it is under way
                } else {
                    idle.idle();
                }
            }
            engine.await();
            act(engine);
        }
    }

    private void act(final Engine engine) {
        while (seen < engine.completed() && engine.waves().activation(network.layers(), ++seen, answer)) {
            final long answered = engine.waves().frame(network.layers(), seen);
            if (answered > 0) {                                 // 0: no frame has got so far, or the guard refused the answer
                plant.act(answered, answer[0]);
            }
        }
    }
    // README end
}
