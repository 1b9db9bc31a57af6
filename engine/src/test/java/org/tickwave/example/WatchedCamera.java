package org.tickwave.example;

import java.io.IOException;
import java.nio.file.Path;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.ImageFile;
import org.tickwave.ImageNumbers;
import org.tickwave.ImageView;
import org.tickwave.Network;

/** Keeps the image of an engine in a file, and draws the waves in another process. */
final class WatchedCamera {
    /** Gives labelled frames. */
    @FunctionalInterface
    interface Camera {
        boolean read(float[] frame, float[] label);
    }

    /** Draws one layer. */
    @FunctionalInterface
    interface Screen {
        void draw(int layer, float[] activation);
    }

    private final Screen screen;

    WatchedCamera(final Screen screen) {
        this.screen = screen;
    }

    private void draw(final int layer, final float[] activation) {
        screen.draw(layer, activation);
    }

    static void run(
        final Path path, final Network network, final Context context, final Camera camera, final float[] frame, final float[] label)
        throws IOException {
        long beatNs = System.nanoTime();
        // snippet begin
        try (ImageFile file = ImageFile.create(path, network, context);
             Engine engine = Engine.open(network, context.arena(file.arena()))) {
            while (camera.read(frame, label)) {
                engine.input(frame).target(label).tick();
                if (System.nanoTime() - beatNs > 250_000_000) {
                    beatNs = System.nanoTime();
                    file.beat();
                }
            }
        }
        // snippet end
    }

    static void publish(
        final Path path, final Network network, final Context context, final float[] frame, final float[] label, final double budgetNs,
        final long framesRead, final long lateFrames, final double lossLately, final double loss, final double tickNs) throws IOException {
        // README begin
        try (ImageFile file = ImageFile.create(path, network, context);
             Engine engine = Engine.open(network, context.arena(file.arena()))) {
            engine.input(frame).target(label).tick();           // as ever; and a few times a second:
            file.beat();
            file.publish(new ImageNumbers(budgetNs, Double.NaN, framesRead, lateFrames, lossLately, loss, tickNs));
        }
        // README end
    }

    void watch(final Path path, final float[] activation) throws IOException, InterruptedException {
        // snippet begin
        try (ImageView view = ImageView.open(path)) {
            while (!view.stale() && view.live()) {
                if (view.complete()) {
                    long tick = view.completed();
                    for (int layer = 0; layer < view.shape().layers().size(); layer++) {
                        if (view.waves().activation(layer, tick, activation)) {
                            draw(layer, activation);
                        }
                    }
                }
                Thread.sleep(100);
            }
        }
        // snippet end
    }
}
