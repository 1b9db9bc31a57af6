package org.tickwave.example;

import java.lang.foreign.ValueLayout;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.CompositeAgent;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;

/** One of four ways to drive an engine: as an agent beside others on one thread, of a runner or an invoker. */
final class AmongAgents {
    private AmongAgents() {
    }

    static void run(final Plant plant, final Network network, final Context context, final ErrorHandler errors) {
        // README begin
        try (Engine engine = Engine.open(network, context)) {
            final Agent source = new Source(plant, network, engine);
            final AgentInvoker cycle = new AgentInvoker(errors, null, new CompositeAgent(source, engine.agent(0)));
            cycle.start();
            while (cycle.isRunning() && (cycle.invoke() > 0 || plant.open())) {
                Thread.onSpinWait();
            }
        }
        // README end
    }

    /** Gives a frame if there is one, acts if there is an answer, and never waits. */
    private static final class Source implements Agent {
        private final Plant plant;
        private final Engine engine;
        private final float[] frame;
        private final float[] target;
        private long seen;

        Source(final Plant plant, final Network network, final Engine engine) {
            this.plant = plant;
            this.engine = engine;
            frame = new float[network.width(0)];
            target = new float[network.width(network.layers())];
        }

        // README begin
        @Override
        public int doWork() {
            int work = 0;
            if (seen < engine.completed()) {
                seen = engine.completed();
                if (engine.answeredFrame() > 0) {                           // 0: no answer yet, or the guard refused it
                    plant.act(engine.answeredFrame(), engine.output().get(ValueLayout.JAVA_FLOAT, 0));
                }
                work++;
            }
            if (seen == engine.ticks() && plant.read(frame, target)) {
                engine.input(frame).target(target).commit();                // the next agent's tick
                work++;
            }
            return work;
        }
        // README end

        @Override
        public String roleName() {
            return "source";
        }
    }
}
