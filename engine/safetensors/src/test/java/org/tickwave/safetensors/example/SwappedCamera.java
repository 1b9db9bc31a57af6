package org.tickwave.safetensors.example;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.safetensors.NetworkWeights;

/** Saves what it has learnt, and takes over weights that somebody else has learnt, while it learns from a camera. */
final class SwappedCamera {
    /** A recording. */
    interface Camera {
        boolean read(float[] frame, float[] label);
    }

    private SwappedCamera() {
    }

    static void save(final Path file, final Path other, final Network network, final Engine engine) throws IOException {
        // snippet begin
        try (NetworkWeights learnt = new NetworkWeights(network)) {
            learnt.copyFrom(engine);                                    // on the thread that ticks
            learnt.write(file, Map.of("frames", "1000"));               // on any thread
        }
        try (NetworkWeights better = NetworkWeights.read(other, network)) {
            better.setIn(engine);                                       // on the thread that ticks
        }
        // snippet end
    }

    static void swap(
        final Path file, final Network network, final Engine engine, final Camera camera, final float[] frame, final float[] label,
        final ExecutorService disk) throws InterruptedException, ExecutionException {
        // README begin
        Future<NetworkWeights> better = disk.submit(() -> NetworkWeights.read(file, network));
        while (camera.read(frame, label)) {
            engine.input(frame).target(label).tick();
            if (better != null && better.isDone()) {
                final NetworkWeights weights = better.get();    // throws if the file was refused
                better = null;
                try {
                    weights.setIn(engine);                      // between two ticks; only checks and copies memory
                } finally {
                    disk.execute(weights::close);               // stops each thread of the JVM for a moment: not for this thread
                }
            }
        }
        if (better != null) {
            better.get().close();                               // the camera ended first
        }
        // README end
    }
}
