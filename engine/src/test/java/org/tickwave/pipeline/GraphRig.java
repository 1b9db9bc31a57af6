package org.tickwave.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.tickwave.kernel.Lanes;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.WeightsDescriptor;
import org.tickwave.layout.Wiring;

/** The image and the layers of a graph. Each tick gives every input a new frame, and every output a new target. */
final class GraphRig implements AutoCloseable {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    final Image image;
    final Learning learning = new Learning();
    private final Arena arena = Arena.ofConfined();
    private final Wiring wiring;
    private final Geometry geometry;
    private final Layer[] layers;
    private final Sigma[] sigmas;
    private final long seed;
    private long frame;

    GraphRig(final Wiring wiring, final long seed) {
        this.wiring = wiring;
        this.seed = seed;
        final Random random = new Random(seed);
        final int[] widths = IntStream.range(0, wiring.layers()).map(l -> 1 + random.nextInt(20)).toArray();
        geometry = new Geometry(Lanes.LANES, widths, wiring, 0);
        image = Image.create(new ImageLayout(geometry), arena, seed);
        learning.on = true;
        layers = new Layer[wiring.layers()];
        sigmas = new Sigma[wiring.layers()];
        for (int l = wiring.inputs(); l < layers.length; l++) {
            sigmas[l] = wiring.isOutput(l) ? Sigma.IDENTITY : random.nextInt(4) > 0 ? Sigma.TANH : Sigma.IDENTITY;
            layers[l] = new Layer(image, l, sigmas[l], OutputError.Loss.SQUARED_ERROR, Float.POSITIVE_INFINITY);
        }
        image.startWeights(seed, sigmas);
        for (int k = 1; k <= wiring.projections(); k++) {
            final int upper = wiring.to(k);
            final float[] weights = Draw.weights(random, widths[upper], widths[wiring.from(k)], Sigma.IDENTITY);
            for (int w = 0; w < weights.length; w++) {
                // A saturated neuron has a slope that is lost in the rounding of its activation.
                weights[w] /= 2 * wiring.into(upper).length;
            }
            image.writeWeights(k, weights);
        }
        give(0);
    }

    GraphTwin twin() {
        final GraphTwin twin = new GraphTwin(wiring, sigmas);
        for (int k = 1; k <= wiring.projections(); k++) {
            twin.weights[k] = Twin.widen(weights(k));
        }
        for (int l = wiring.inputs(); l < layers.length; l++) {
            final float[] biases = new float[geometry.width(l)];
            image.readBiases(l, biases);
            twin.biases[l] = Twin.widen(biases);
        }
        for (int e = 1; e <= wiring.edges(); e++) {
            twin.feedback[e] = wiring.hasMatrix(e) ? Twin.widen(feedback(e)) : null;
        }
        return twin;
    }

    /** What the layer is given in tick t: the frame of an input, the target of an output. */
    float[] given(final int layer, final long t) {
        return Draw.vector(new Random((seed * 31 + layer) * 1_000_003 + t), geometry.width(layer));
    }

    private void give(final long t) {
        frame++;
        for (int l = 0; l < wiring.layers(); l++) {
            if (l < wiring.inputs() || wiring.isOutput(l)) {
                final Intake intake = new Intake("vector", image,
                    l < wiring.inputs() ? image.layout().activation(l) : image.layout().target(l), geometry.width(l));
                intake.give(t, given(l, t), 0);
                intake.commit(t, frame);
            }
        }
    }

    /** One tick, with the layers and the source in random order. */
    void tick(final long t, final Random random) {
        final int[] order = IntStream.rangeClosed(wiring.inputs(), wiring.layers()).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            final int j = random.nextInt(i + 1);
            final int other = order[i];
            order[i] = order[j];
            order[j] = other;
        }
        for (final int turn : order) {
            if (turn == wiring.layers()) {
                give(t + 1);
            } else {
                layers[turn].tick(t, learning);
            }
        }
    }

    float[] weights(final int projection) {
        final float[] to = new float[geometry.width(wiring.to(projection)) * geometry.width(wiring.from(projection))];
        image.readWeights(projection, to);
        return to;
    }

    float[] feedback(final int edge) {
        final WeightsDescriptor matrix = image.layout().feedback(edge);
        final float[] to = new float[matrix.rows() * matrix.columns()];
        for (int w = 0; w < to.length; w++) {
            to[w] = image.segment().get(FLOAT, matrix.weight(w / matrix.columns(), w % matrix.columns()));
        }
        return to;
    }

    /** Makes the random matrix of a projection the weights. */
    void feedbackByWeights(final int projection) {
        final WeightsDescriptor matrix = image.layout().feedback(projection);
        final float[] weights = weights(projection);
        for (int w = 0; w < weights.length; w++) {
            image.segment().set(FLOAT, matrix.weight(w / matrix.columns(), w % matrix.columns()), weights[w]);
        }
    }

    /** The bits of all activations of a tick, and of the errors of the tick before. */
    long bits(final long tick) {
        final CRC32 crc = new CRC32();
        for (int l = wiring.inputs(); l < layers.length; l++) {
            final long bytes = geometry.width(l) * (long) Float.BYTES;
            crc.update(image.segment().asSlice(Slot.vector(image.layout().activation(l).slot(tick)), bytes).asByteBuffer());
            crc.update(image.segment().asSlice(Slot.vector(image.layout().delta(l).slot(tick - 1)), bytes).asByteBuffer());
        }
        return crc.getValue();
    }

    @Override
    public void close() {
        arena.close();
    }
}
