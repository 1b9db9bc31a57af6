package org.tickwave.bench.stream;

import java.util.Arrays;
import java.util.Random;
import org.tickwave.bench.keep.Archive;

/**
 * A made stream, for runs without an input. Discs and boxes move on 16 x 16 pixels at 14 to 26 pixels a second and bounce off
 * the walls. The stream has no end. The seed determines where the shapes start and in which direction they move. The stream has
 * the same bits on every machine: positions are integers in units of 1/65,536 pixel, all other arithmetic is exact or is rounded
 * as IEEE 754 defines.
 */
public final class MadeStream implements FrameStream {
    private static final int SIDE = 16;
    private static final int FPS = 240;
    private static final int PIXEL = 65_536;
    // One element for each shape, from the farthest shape to the nearest. The background is 0.
    private static final double[] BRIGHTNESS = {.25, -.45, .45, -.3};
    private static final double[] RADIUS = {3.5, 3.25, 3, 2.75};
    private static final int[] SPEED = {14, 18, 22, 26};

    private final int shapes;
    private final int[] x;
    private final int[] y;
    private final int[] dx;
    private final int[] dy;

    public MadeStream(final long seed) {
        this(seed, SPEED.length);
    }

    MadeStream(final long seed, final int shapes) {
        this.shapes = shapes;
        x = new int[shapes];
        y = new int[shapes];
        dx = new int[shapes];
        dy = new int[shapes];
        final Random random = new Random(seed);
        for (int s = 0; s < shapes; s++) {
            x[s] = start(random, s);
            y[s] = start(random, s);
            final double direction = 2 * StrictMath.PI * random.nextDouble();
            dx[s] = (int) StrictMath.rint(StrictMath.cos(direction) * SPEED[s] * PIXEL / FPS);
            dy[s] = (int) StrictMath.rint(StrictMath.sin(direction) * SPEED[s] * PIXEL / FPS);
        }
    }

    private static int start(final Random random, final int s) {
        return (int) (PIXEL * (RADIUS[s] + (SIDE - 2 * RADIUS[s]) * random.nextDouble()));
    }

    @Override
    public String name() {
        return "the made stream";
    }

    @Override
    public int width() {
        return SIDE * SIDE;
    }

    @Override
    public double framesPerSecond() {
        return FPS;
    }

    /** Always true: the stream has no end. */
    @Override
    public boolean read(final float[] frame) {
        Arrays.fill(frame, 0);
        for (int s = 0; s < shapes; s++) {
            draw(frame, s);
            move(x, dx, s);
            move(y, dy, s);
        }
        return true;
    }

    private void draw(final float[] frame, final int s) {
        final double centreX = (double) x[s] / PIXEL;
        final double centreY = (double) y[s] / PIXEL;
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                final double right = column + .5 - centreX;
                final double down = row + .5 - centreY;
                final double covered = s % 2 == 0
                    ? within(RADIUS[s] - StrictMath.sqrt(right * right + down * down))
                    : within(RADIUS[s] - Math.abs(right)) * within(RADIUS[s] - Math.abs(down));
                final int at = row * SIDE + column;
                frame[at] = (float) (frame[at] + (BRIGHTNESS[s] - frame[at]) * covered);
            }
        }
    }

    /**
     * The covered part of a pixel, from 0 to 1.
     *
     * @param inside distance of the pixel's centre from the edge; positive inside the shape
     */
    private static double within(final double inside) {
        return Math.min(1, Math.max(0, inside + .5));
    }

    private static void move(final int[] place, final int[] step, final int s) {
        final int low = (int) (RADIUS[s] * PIXEL);
        final int high = SIDE * PIXEL - low;
        place[s] += step[s];
        if (place[s] < low) {
            place[s] = 2 * low - place[s];
            step[s] = -step[s];
        } else if (place[s] > high) {
            place[s] = 2 * high - place[s];
            step[s] = -step[s];
        }
    }

    double pixelsPerSecond(final int s) {
        return StrictMath.hypot(dx[s], dy[s]) * FPS / PIXEL;
    }

    @Override
    public void close() {
        // The stream holds no resource.
    }

    @Override
    public void keep(final Archive archive) {
        archive.section("made");
        archive.all(x);
        archive.all(y);
        archive.all(dx);
        archive.all(dy);
    }
}
