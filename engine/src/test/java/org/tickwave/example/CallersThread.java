package org.tickwave.example;

import java.lang.foreign.ValueLayout;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;

/** One of four ways to drive an engine: on the thread that gives the frames. */
final class CallersThread {
    private CallersThread() {
    }

    static void run(final Plant plant, final Network network, final Context context) {
        final float[] frame = new float[network.width(0)];
        final float[] target = new float[network.width(network.layers())];
        try (Engine engine = Engine.open(network, context)) {
            // README begin
            while (plant.open()) {
                if (plant.read(frame, target)) {
                    engine.input(frame).target(target).tick();
                    if (engine.answeredFrame() > 0) {       // 0: there is no answer yet, or the guard refused it
                        plant.act(engine.answeredFrame(), engine.output().get(ValueLayout.JAVA_FLOAT, 0));
                    }
                }
            }
            engine.advance(network.latency() - 1);          // holds the last frame until its answer is there
            if (engine.answeredFrame() > 0) {
                plant.act(engine.answeredFrame(), engine.output().get(ValueLayout.JAVA_FLOAT, 0));
            }
            // README end
        }
    }
}
