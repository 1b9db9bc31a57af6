package org.tickwave.bench.watch;

import java.util.List;
import org.tickwave.layout.Wiring;

/** Networks to look at, whose numbers are known. */
final class MadeWatch {
    private MadeWatch() {
    }

    /** A chain of an input of 2, a layer of 3 and an output of 1. */
    static Shape chain() {
        return Shapes.of("made", "2-3-1", "aligned", 4, 2, Wiring.chain(2), List.of("0", "1", "2"), new int[] {2, 3, 1});
    }

    /** A graph with two inputs, a projection that skips a level, and one that leads back. */
    static Shape graph() {
        final Wiring wiring = Wiring.recurrent(6, new int[] {0, 1, 2, 3, 0, 4}, new int[] {2, 3, 4, 4, 5, 2}, new int[] {5});
        return Shapes.of("made", "a graph", "diffusion", 8, 8, wiring, List.of("left", "right", "low <b>", "lower", "high", "out"),
            new int[] {16, 16, 24, 24, 32, 8});
    }

    /** Rings that hold the ticks from {@code oldest} on. Every number of a vector of layer l in tick t is l + t / 100; of an error, minus that. */
    static WaveReader.Rings rings(final Shape shape, final long oldest) {
        return new WaveReader.Rings() {
            @Override
            public boolean activation(final int layer, final long tick, final float[] to) {
                return fill(layer, tick, to, 1);
            }

            @Override
            public boolean delta(final int layer, final long tick, final float[] to) {
                return fill(layer, tick, to, -1);
            }

            private boolean fill(final int layer, final long tick, final float[] to, final int sign) {
                for (int i = 0; i < shape.layers().get(layer).width(); i++) {
                    to[i] = sign * (layer + tick / 100f);
                }
                return tick >= oldest;
            }
        };
    }

    /** A network that has just been opened, as {@link #moving(Shape, long)} shows it. */
    static Watched moving(final Shape shape) {
        return moving(shape, 0);
    }

    /**
     * A network in which a bump goes up and another one comes down, and each look comes five ticks after the one before.
     *
     * @param before ticks before the first look
     */
    static Watched moving(final Shape shape, final long before) {
        final WaveReader reader = new WaveReader(shape, new WaveReader.Rings() {
            @Override
            public boolean activation(final int layer, final long tick, final float[] to) {
                return bump(layer, tick - shape.layers().get(layer).level(), to);
            }

            @Override
            public boolean delta(final int layer, final long tick, final float[] to) {
                return bump(layer, tick + shape.layers().get(layer).level() + 5, to);
            }

            private boolean bump(final int layer, final long frame, final float[] to) {
                final int width = shape.layers().get(layer).width();
                for (int i = 0; i < width; i++) {
                    to[i] = (float) ((1 + .8 * Math.sin(frame * .7)) * Math.exp(-Math.pow(i - width * (.5 + .4 * Math.sin(frame * .31)), 2) / width));
                }
                return true;
            }
        });
        return new Watched() {
            private long ticks = before;

            @Override
            public Shape shape() {
                return shape;
            }

            @Override
            public Sight look() {
                ticks += 5;
                return new Sight(Sight.State.TICKING, ticks, ticks / 4, 1_600, 52_000 + 8_000 * Math.sin(ticks * .05), 625_000, 3,
                    .2 + 8. / (ticks + 10), .4, reader.read(ticks));
            }
        };
    }
}
