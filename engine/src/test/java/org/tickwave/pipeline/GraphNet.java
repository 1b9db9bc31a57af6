package org.tickwave.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.tickwave.kernel.Lanes;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.WeightsDescriptor;
import org.tickwave.layout.Wiring;

/** A graph of any wiring with its source and its bands, on the caller's thread or on several. */
final class GraphNet implements AutoCloseable {
    private static final int BARE_POLLS = 100;

    final Image image;
    final Settings settings;
    final Source source;
    private final Bands bands;
    private final Wiring wiring;
    private final Geometry geometry;
    private final Layer[] layers;
    private final Arena arena = Arena.ofShared();
    private final long seed;
    private final Runnable start;

    /** @param seed of the widths, the activations, the weights, the frames and the targets */
    GraphNet(final Wiring wiring, final long seed, final int cuts) {
        this(wiring, seed, cuts, null);
    }

    /** @param from the net whose image is copied, at rest; null to begin anew */
    GraphNet(final Wiring wiring, final long seed, final int cuts, final GraphNet from) {
        this.wiring = wiring;
        this.seed = seed;
        final Random random = new Random(seed);
        geometry = new Geometry(
            Lanes.LANES, IntStream.range(0, wiring.layers()).map(l -> 1 + random.nextInt(100)).toArray(), wiring, 0);
        final Sigma[] sigmas = new Sigma[wiring.layers()];
        Arrays.setAll(sigmas, l -> wiring.isOutput(l) ? Sigma.IDENTITY : Sigma.values()[random.nextInt(Sigma.values().length)]);
        image = Image.create(new ImageLayout(geometry), arena, seed);
        if (from == null) {
            image.startWeights(seed, sigmas);
            new Settings(image).start(.01f, true);
        } else {
            image.segment().copyFrom(from.image.segment());
        }
        settings = new Settings(image);
        layers = new Layer[wiring.layers()];
        for (int l = wiring.inputs(); l < layers.length; l++) {
            layers[l] = new Layer(image, l, sigmas[l], OutputError.Loss.SQUARED_ERROR, 1f);
        }
        final Progress progress = new Progress(image);
        final Cut cut = Cut.into(geometry, cuts, Cut.CACHE_BYTES);
        source = new Source(image, progress, cut.sweptLast(), settings, Integer::toString);
        bands = new Bands(cut, layers, image, progress, source, 0, wait(progress));
        start = () -> bands.start(Thread::new, () -> wait(progress), band -> "band " + band);
    }

    private static Wait wait(final Progress progress) {
        return new Wait(progress, new YieldingIdleStrategy(), BARE_POLLS, 0);
    }

    /** Gives every band but the first a thread of its own. */
    GraphNet onThreads() {
        start.run();
        return this;
    }

    /** The frames of all inputs, or the targets of all outputs, one after the other. */
    private float[] given(final int[] to, final long t) {
        final float[] all = new float[IntStream.of(to).map(geometry::width).sum()];
        int at = 0;
        for (final int layer : to) {
            final int width = geometry.width(layer);
            System.arraycopy(Draw.vector(new Random((seed * 31 + layer) * 1_000_003 + t), width), 0, all, at, width);
            at += width;
        }
        return all;
    }

    /** Commits ticks with a new frame for every input, and a target for every output. */
    void commit(final long ticks) {
        if (!source.ready()) {
            bands.finish();
        }
        final long t = source.committed();
        source.newFrame().give(t, given(IntStream.range(0, wiring.inputs()).toArray(), t));
        source.newTarget().give(t, given(wiring.outputs(), t));
        source.commit(ticks);
    }

    void finish() {
        bands.finish();
    }

    /** The bits of all weights and biases, and of the newest activation and error of every layer. At rest. */
    long bits() {
        finish();
        final CRC32C crc = new CRC32C();
        for (int k = 1; k <= wiring.projections(); k++) {
            final WeightsDescriptor weights = image.layout().weights(k);
            final ByteBuffer all = ByteBuffer.allocate(weights.rows() * weights.columns() * Float.BYTES).order(ByteOrder.nativeOrder());
            for (int row = 0; row < weights.rows(); row++) {
                for (int column = 0; column < weights.columns(); column++) {
                    all.putInt(image.segment().get(ValueLayout.JAVA_INT, weights.weight(row, column)));
                }
            }
            crc.update(all.flip());
        }
        final long done = source.committed();
        for (int l = wiring.inputs(); l < layers.length; l++) {
            add(crc, image.layout().bias(l), geometry.width(l));
            add(crc, Slot.vector(image.layout().activation(l).slot(done)), geometry.width(l));
            add(crc, Slot.vector(image.layout().delta(l).slot(done - 1)), geometry.width(l));
        }
        return crc.getValue();
    }

    private void add(final CRC32C crc, final long offset, final int numbers) {
        crc.update(image.segment().asSlice(offset, (long) numbers * Float.BYTES).asByteBuffer());
    }

    @Override
    public void close() {
        bands.close();
        arena.close();
    }
}
