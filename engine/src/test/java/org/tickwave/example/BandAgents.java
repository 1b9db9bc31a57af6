package org.tickwave.example;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;

/** The example in the Javadoc of WaveAgent, compiled. */
final class BandAgents {
    private final Consumer<MemorySegment> actor;
    private final ErrorHandler errors;
    private final Network network = Network.chain(416, 128, 128, 208).build();
    private final float[] frame = new float[416];
    private final float[] label = new float[208];

    BandAgents(final Consumer<MemorySegment> actor, final ErrorHandler errors) {
        this.actor = actor;
        this.errors = errors;
    }

    private void act(final MemorySegment output) {
        actor.accept(output);
    }

    void run(final CameraLoop.Camera camera) {
        // snippet begin
        try (Engine engine = Engine.open(network, new Context().bands(2));
             AgentRunner lower = new AgentRunner(new BackoffIdleStrategy(), errors, null, engine.agent(0));
             AgentRunner upper = new AgentRunner(new BackoffIdleStrategy(), errors, null, engine.agent(1))) {
            AgentRunner.startOnThread(lower);
            AgentRunner.startOnThread(upper);
            while (camera.read(frame)) {
                engine.input(frame).target(label).commit();
                engine.await();
                if (engine.answeredFrame() > 0) {
                    act(engine.output());
                }
            }
        }
        // snippet end
    }
}
