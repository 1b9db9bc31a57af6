package org.tickwave.example;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;

/** The example in the Javadoc of Engine, compiled. */
final class CameraLoop {
    /** The source of the frames. */
    interface Camera {
        boolean read(float[] frame);
    }

    private final Consumer<MemorySegment> actor;
    private final float[] frame = new float[416];
    private final float[] label = new float[208];

    CameraLoop(final Consumer<MemorySegment> actor) {
        this.actor = actor;
    }

    private void act(final MemorySegment output) {
        actor.accept(output);
    }

    void run(final Camera camera) {
        // snippet begin
        Network network = Network.chain(416, 128, 128, 208).activation(Activation.TANH).build();
        try (Engine engine = Engine.open(network, new Context().rule(Rule.aligned()).rate(1e-2f).seed(1))) {
            while (camera.read(frame)) {
                engine.input(frame).target(label);
                engine.tick();
                if (engine.answeredFrame() > 0) {
                    act(engine.output());
                }
            }
        }
        // snippet end
    }
}
