package org.tickwave.bench.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.agrona.concurrent.IdleStrategy;
import org.tickwave.kernel.Lanes;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.CountersDescriptor;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.pipeline.Bands;
import org.tickwave.pipeline.Cut;
import org.tickwave.pipeline.Image;
import org.tickwave.pipeline.Layer;
import org.tickwave.pipeline.Progress;
import org.tickwave.pipeline.Settings;
import org.tickwave.pipeline.Source;
import org.tickwave.pipeline.Wait;

/**
 * An engine of two bands, assembled from its parts, so that the hand-shake can be left out. Without the hand-shake, each band
 * has counters of its own in which the other band is far ahead, and the results are useless. The calling thread runs the
 * lower band.
 */
final class TwoBands implements AutoCloseable {
    private static final int UPPER = 1;
    private static final int COUNT = 2;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final VarHandle DONE = LONG.varHandle();

    final int depth;
    final int width;
    private final Arena arena = Arena.ofShared();
    private final Frames frames;
    private final Cut cut;
    private final Image image;
    private final Settings settings;
    private final Image[] counters = new Image[COUNT];
    private final Progress[] progress = new Progress[COUNT];
    private final Source source;
    private final Bands lower;
    private final Bands upper;

    /**
     * @param idle      idle strategy of each of the two threads
     * @param barePolls number of polls before a thread uses its idle strategy
     */
    TwoBands(final boolean handshake, final int depth, final int width, final int barePolls, final IdleStrategy... idle) {
        if (depth < COUNT) {
            throw new IllegalArgumentException("depth " + depth + ": expected at least " + COUNT + ", a layer for each band");
        }
        this.depth = depth;
        this.width = width;
        frames = new Frames(width);
        final int[] widths = new int[depth + 1];
        Arrays.fill(widths, width);
        final ImageLayout layout = new ImageLayout(new Geometry(Lanes.LANES, widths, Wiring.chain(depth), 0));
        cut = Cut.into(layout.geometry(), COUNT, Cut.CACHE_BYTES);
        image = Image.create(layout, arena, 1);
        for (int b = 0; b < COUNT; b++) {
            counters[b] = handshake ? image : countersOf(b);
            progress[b] = handshake && b > 0 ? progress[0] : new Progress(counters[b]);
        }
        settings = new Settings(image);
        settings.start(Workload.RATE, true);
        source = new Source(image, progress[0], cut.sweptLast(), settings, Integer::toString);
        final Layer[] layers = layers();
        lower = new Bands(cut, layers, image, progress[0], source, 0, new Wait(progress[0], idle[0], barePolls, 0));
        if (handshake) {
            upper = lower;
        } else {
            lower.giveAway(UPPER);
            upper = new Bands(cut, layers, image, progress[UPPER], source, 0, new Wait(progress[UPPER], idle[0], barePolls, 0));
        }
        upper.start(TwoBands::daemon, () -> new Wait(progress[UPPER], idle[UPPER], barePolls, 0), band -> "upper-band");
    }

    private static Thread daemon(final Runnable task) {
        final Thread thread = new Thread(task, task.toString());
        thread.setDaemon(true);
        return thread;
    }

    private Image countersOf(final int band) {
        final Image ownCounters = Image.create(image.layout(), arena, 1);
        for (int l = 1; l <= depth; l++) {
            final int layer = l;
            if (IntStream.of(cut.layers(band)).noneMatch(own -> own == layer)) {
                ownCounters.segment().set(LONG, done(l), Long.MAX_VALUE);
            }
        }
        return ownCounters;
    }

    private long done(final int layer) {
        return image.layout().counters(layer) + CountersDescriptor.DONE_OFFSET;
    }

    private Layer[] layers() {
        final Sigma[] sigmas = new Sigma[depth + 1];
        final Layer[] layers = new Layer[depth + 1];
        for (int l = 1; l <= depth; l++) {
            sigmas[l] = l < depth ? Sigma.LEAKY_RELU : Sigma.IDENTITY;
            layers[l] = new Layer(image, l, sigmas[l], OutputError.Loss.SQUARED_ERROR, Float.POSITIVE_INFINITY);
        }
        image.startWeights(1, sigmas);
        return layers;
    }

    /** Feeds a frame and runs the given number of ticks. */
    void advance(final int ticks) {
        frames.give(source);
        source.commit(ticks);
        if (upper != lower) {
            DONE.setRelease(counters[UPPER].segment(), done(Progress.SOURCE), source.committed());
        }
        lower.finish();
        while (progress[UPPER].doneAcquire(cut.sweptLast()[UPPER]) < source.committed()) {
            Thread.onSpinWait();
        }
    }

    /** Whether every layer has completed all requested ticks, according to the counters of its band. */
    boolean complete() {
        for (int b = 0; b < COUNT; b++) {
            for (final int l : cut.layers(b)) {
                if (progress[b].doneAcquire(l) != source.committed()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Resets the waves, as an engine does. */
    void reset() {
        source.reset();
        image.clearWaves(source.committed());
        settings.restart(source.committed());
        frames.rewind();
    }

    /** Whether the lower band waits for the first layer of the upper band. */
    boolean waits() {
        return progress[0].doneAcquire(cut.layers(UPPER)[0]) == source.committed();
    }

    void learn(final boolean on) {
        settings.learning(on, source.committed());
    }

    void weights(final int layer, final float[] weights, final float[] biases) {
        image.readWeights(layer, weights);
        image.readBiases(layer, biases);
    }

    @Override
    public void close() {
        lower.close();
        upper.close();
        arena.close();
    }
}
