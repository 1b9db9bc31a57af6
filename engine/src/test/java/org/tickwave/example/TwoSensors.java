package org.tickwave.example;

import org.tickwave.Loss;
import org.tickwave.Network;

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
}
