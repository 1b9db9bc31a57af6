package org.tickwave.example;

import java.lang.foreign.MemorySegment;
import org.tickwave.Engine;
import org.tickwave.Input;
import org.tickwave.Loss;
import org.tickwave.Network;
import org.tickwave.Output;

/** A camera and a gyroscope, one network, two questions. */
final class TwoSensors {
    private TwoSensors() {
    }

    static Network network() {
        // snippet begin
        Network network = Network.graph()
            .input("camera", 416)
            .input("gyro", 12)
            .layer("low", 128).from("camera")
            .layer("high", 64).from("low", "gyro")
            .output("next", 416).from("high", "low")
            .output("label", 10).loss(Loss.SOFTMAX_CROSS_ENTROPY).from("high")
            .build();
        // snippet end
        return network;
    }

    /** What the camera and the gyroscope measure, and what the application does with an answer. */
    interface Plant {
        boolean read(float[] image, float[] turn, float[] next);

        /** Whether somebody has named what the camera sees. */
        boolean named(float[] label);

        void act(long frame, MemorySegment label);
    }

    static void drive(final Engine engine, final Plant plant) {
        final float[] image = new float[416];
        final float[] turn = new float[12];
        final float[] next = new float[416];
        final float[] name = new float[10];
        // README begin
        final Input camera = engine.input("camera");
        final Input gyro = engine.input("gyro");
        final Output label = engine.output("label");
        while (plant.read(image, turn, next)) {
            camera.frame(image);
            gyro.frame(turn);
            engine.output("next").target(next);
            if (plant.named(name)) {
                label.target(name);
            }
            engine.tick();
            if (label.answeredFrame() > 0) {
                plant.act(label.answeredFrame(), label.answer());
            }
        }
        // README end
    }
}
