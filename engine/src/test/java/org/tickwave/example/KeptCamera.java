package org.tickwave.example;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tickwave.Checkpoint;
import org.tickwave.CheckpointFile;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;

/** Learns from a camera's recording, and goes on where it was when the program was killed. */
final class KeptCamera {
    /** A recording. */
    interface Camera {
        boolean read(float[] frame, float[] label);

        long place();

        void seek(long place);
    }

    private KeptCamera() {
    }

    static void run(
        final Path path, final Network network, final Context context, final Camera camera, final float[] frame, final float[] label)
        throws IOException {
        // snippet begin
        try (CheckpointFile file = CheckpointFile.open(path);
             Checkpoint old = file.exists() ? file.read() : null;
             Engine engine = old == null ? Engine.open(network, context) : Engine.resume(network, context, old);
             Checkpoint checkpoint = new Checkpoint(network, context)) {
            camera.seek(old == null ? 0 : ByteBuffer.wrap(old.get("place")).getLong());
            while (camera.read(frame, label)) {
                engine.input(frame).target(label).tick();
                if (engine.frames() % 1000 == 0) {
                    engine.checkpoint(checkpoint);
                    file.write(checkpoint.put("place", ByteBuffer.allocate(8).putLong(0, camera.place()).array()));
                }
            }
        }
        // snippet end
    }

    /** Writes on another thread. If the disk is slower than the camera, there are fewer checkpoints, and no frame waits. */
    static void runAside(
        final CheckpointFile file, final Engine engine, final Checkpoint checkpoint, final Camera camera, final float[] frame,
        final float[] label) throws IOException, InterruptedException, ExecutionException {
        // README begin
        try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
            Future<Checkpoint> written = CompletableFuture.completedFuture(checkpoint);
            while (camera.read(frame, label)) {
                engine.input(frame).target(label).tick();
                if (engine.frames() % 1000 == 0 && written.isDone()) {
                    final Checkpoint free = written.get();              // throws what the write before has thrown
                    engine.checkpoint(free);                            // the pause: one copy of the image
                    free.put("place", ByteBuffer.allocate(8).putLong(0, camera.place()).array());
                    written = writer.submit(() -> {
                        file.write(free);
                        return free;
                    });
                }
            }
            written.get();                                              // waits for the last write
        }
        // README end
    }
}
