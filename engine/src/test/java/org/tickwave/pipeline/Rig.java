package org.tickwave.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.zip.CRC32;
import org.tickwave.kernel.Lanes;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.Region;

/**
 * An image, its layers and a source, for ticks in any order. The source takes a turn like a layer: in tick t it commits what
 * tick t + 1 needs.
 */
final class Rig implements AutoCloseable {
    static final int SOURCE = 0;

    final Image image;
    final Learning learning = new Learning();
    private final Arena arena = Arena.ofConfined();
    private final Layer[] layers;
    private final Intake frames;
    private final Intake targets;
    private final HeldVector heldFrame;
    private final HeldVector heldTarget;
    private final Geometry geometry;
    private final OutputError.Loss loss = OutputError.Loss.SQUARED_ERROR;
    private final long seed;
    private final boolean holds;
    private final CRC32 crc = new CRC32();
    private long frame;

    /** @param holds whether the source sometimes holds a frame, or gives one without a target */
    Rig(final ImageLayout layout, final Sigma hidden, final long seed, final boolean holds) {
        this.seed = seed;
        learning.on = true;
        this.holds = holds;
        geometry = layout.geometry();
        image = Image.create(layout, arena, seed);
        final int count = geometry.wiring().last();
        frames = new Intake("frame", image, layout.activation(0), geometry.width(0));
        targets = new Intake("target", image, layout.target(count), geometry.width(count));
        heldFrame = new HeldVector("frame", image, layout.activation(0));
        heldTarget = new HeldVector("target", image, layout.target(count));
        layers = new Layer[count + 1];
        final Random random = new Random(seed);
        for (int l = 1; l <= count; l++) {
            final Sigma sigma = l == count ? Sigma.IDENTITY : hidden;
            layers[l] = new Layer(image, l, sigma, loss, Float.POSITIVE_INFINITY);
            image.writeWeights(l, Draw.weights(random, geometry.width(l), geometry.width(l - 1), sigma));
            image.writeBiases(l, Draw.vector(random, geometry.width(l)));
        }
        source(0);
    }

    static Geometry geometry(final int[] widths, final Wiring wiring) {
        return new Geometry(Lanes.LANES, widths, wiring, 0);
    }

    float[] frame(final long t) {
        return Draw.vector(new Random(seed * 1_000_003 + t), geometry.width(0));
    }

    float[] target(final long t) {
        return Draw.target(new Random(seed * 1_000_033 + t), geometry.width(geometry.wiring().last()), loss);
    }

    private void source(final long t) {
        if (holds && t % 5 == 3) {
            heldFrame.copy(t);
            heldTarget.copy(t);
            return;
        }
        frames.give(t, frame(t), 0);
        if (!holds || t % 7 != 4) {
            targets.give(t, target(t), 0);
        }
        frames.commit(t, ++frame);
        targets.commit(t, frame);
    }

    /** @param order of the layers, and of the source, which is 0 */
    void tick(final long t, final int... order) {
        for (final int turn : order) {
            if (turn == SOURCE) {
                source(t + 1);
            } else {
                layers[turn].tick(t, learning);
            }
        }
        note(image.layout().activation(geometry.wiring().last()).slot(t + 1), geometry.width(geometry.wiring().last()));
    }

    private void note(final long slot, final int width) {
        for (int i = 0; i < width; i++) {
            note(image.segment().get(ValueLayout.JAVA_FLOAT, Slot.vector(slot) + (long) i * Float.BYTES));
        }
    }

    private void note(final float value) {
        final int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            crc.update(bits >>> shift);
        }
    }

    float[] weights(final int layer) {
        final float[] to = new float[geometry.width(layer) * geometry.width(layer - 1)];
        image.readWeights(layer, to);
        return to;
    }

    float[] biases(final int layer) {
        final float[] to = new float[geometry.width(layer)];
        image.readBiases(layer, to);
        return to;
    }

    /** Whether the error of tick t has a number that is not zero. */
    boolean hasError(final int layer, final long t) {
        final long error = Slot.vector(image.layout().delta(layer).slot(t));
        for (int i = 0; i < geometry.width(layer); i++) {
            if (image.segment().get(ValueLayout.JAVA_FLOAT, error + (long) i * Float.BYTES) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The checksum of every output and of all weights. */
    long crc() {
        for (int l = 1; l <= geometry.wiring().last(); l++) {
            for (final float weight : weights(l)) {
                note(weight);
            }
            for (final float bias : biases(l)) {
                note(bias);
            }
        }
        return crc.getValue();
    }

    /** The number of slots of a ring. */
    static int slots(final ImageLayout layout, final Region.Kind kind, final int layer) {
        return switch (kind) {
            case ACTIVATION -> layout.activation(layer).slots();
            case TARGET -> layout.target(layer).slots();
            case DELTA -> layout.delta(layer).slots();
            case ECHO -> layout.echo(layer).slots();
            default -> throw new IllegalArgumentException(kind + ": expected a ring");
        };
    }

    @Override
    public void close() {
        arena.close();
    }
}
