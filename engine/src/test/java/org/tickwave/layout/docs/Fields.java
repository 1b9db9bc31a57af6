package org.tickwave.layout.docs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.tickwave.kernel.Lanes;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.RandomWiring;
import org.tickwave.layout.Region;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.pipeline.Bands;
import org.tickwave.pipeline.Cut;
import org.tickwave.pipeline.Image;
import org.tickwave.pipeline.Layer;
import org.tickwave.pipeline.Progress;
import org.tickwave.pipeline.Settings;
import org.tickwave.pipeline.Source;
import org.tickwave.pipeline.Wait;

/** Which actor writes which region in a tick, and which fields of a slot a ring uses. Compares images before and after. */
final class Fields {
    private static final int[] WIDTHS = {20, 18, 17, 19};
    private static final int LAYERS = 3;
    private static final Sigma SIGMA = Sigma.IDENTITY;
    private static final Wiring CHAIN = Wiring.chain(LAYERS).aligned();
    static final Fields SEEN = new Fields(CHAIN);
    static final Fields SEEN_WITH_FEEDBACK = new Fields(RandomWiring.withFeedback(Feedback.RANDOM, CHAIN, 1));

    /** {@code the source} or {@code layer l}, for each written region. */
    final Map<String, String> writers = new TreeMap<>();
    /** {@code x_0 FRAME} and the like, for each field that was ever not 0. */
    final Set<String> used = new HashSet<>();

    private final ImageLayout layout;
    private final Random random = new Random(7);

    private Fields(final Wiring wiring) {
        layout = new ImageLayout(new Geometry(Lanes.LANES, WIDTHS, wiring, 0));
        try (Arena arena = Arena.ofConfined()) {
            final Image image = Image.create(layout, arena, 1);
            final Sigma[] sigmas = new Sigma[LAYERS + 1];
            Arrays.fill(sigmas, SIGMA);
            image.startWeights(1, sigmas);
            final Layer[] layers = new Layer[LAYERS + 1];
            for (int l = 1; l <= LAYERS; l++) {
                layers[l] = new Layer(image, l, SIGMA, OutputError.Loss.SQUARED_ERROR, Float.POSITIVE_INFINITY);
            }
            final Progress progress = new Progress(image);
            final Cut cut = Cut.into(layout.geometry(), LAYERS, 0);
            final Settings settings = new Settings(image);
            settings.start(.01f, true);
            final Source source = new Source(image, progress, cut.sweptLast(), settings, Integer::toString);
            image.completeRelease(0);
            final Bands bands = new Bands(
                cut, layers, image, progress, source, 0, new Wait(progress, new NoOpIdleStrategy(), 0, 0));
            for (int t = 0; t < 40; t++) {
                // From here on the rate is far too high, so that the guard refuses vectors.
                settings.rate(t < 20 ? .01f : 1000f);
                final byte[] before = bytes(image.segment());
                source.newFrame().give(t, numbers(WIDTHS[0]));
                source.newTarget().give(t, numbers(WIDTHS[LAYERS]));
                source.commit(1);
                note("the source", 0, before, image.segment());
                for (final int l : new int[] {2, 3, 1}) {
                    final byte[] untouched = bytes(image.segment());
                    if (!bands.work(l - 1)) {
                        throw new IllegalStateException("the band of layer " + l + " has not done tick " + t);
                    }
                    note("layer l", l, untouched, image.segment());
                }
                fields(image.segment());
            }
        }
    }

    private static byte[] bytes(final MemorySegment image) {
        return image.toArray(ValueLayout.JAVA_BYTE);
    }

    private float[] numbers(final int n) {
        final float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = random.nextFloat() - .5f;
        }
        return numbers;
    }

    /** A layer may write the regions with its number, those of the edges down from it, and its own counters. */
    private void note(final String who, final int layer, final byte[] before, final MemorySegment image) {
        final byte[] after = bytes(image);
        for (final Region region : layout.regions()) {
            for (int at = (int) region.offset(); at < region.end(); at++) {
                if (before[at] != after[at]) {
                    final long slot = (at - region.offset()) / region.strideBytes();
                    final boolean counters = region.kind() == Region.Kind.COUNTERS;
                    final boolean own = counters ? slot == layer : layer == 0 || owner(region) == layer;
                    final String name = counters && slot == 0 ? "COUNTERS 0" : name(region);
                    writers.merge(name, who, (known, more) -> own && known.equals(more) ? known : "several");
                }
            }
        }
    }

    private int owner(final Region region) {
        return switch (region.kind()) {
            case WEIGHTS, ECHO, FEEDBACK -> layout.geometry().wiring().to(region.owner());
            default -> region.owner();
        };
    }

    /** The name in the table of writers, where x_0 differs from the other activations. */
    static String name(final Region region) {
        return region.kind() == Region.Kind.ACTIVATION && region.owner() == 0 ? "ACTIVATION 0" : region.kind().name();
    }

    private void fields(final MemorySegment image) {
        for (int l = 0; l <= LAYERS; l++) {
            fields(l == 0 ? "x_0" : "x_l", layout.activation(l), image);
            if (l > 0) {
                fields("δ", layout.delta(l), image);
            }
        }
        for (int e = 1; e <= layout.geometry().wiring().edges(); e++) {
            if (layout.echo(e) != null) {
                fields("e", layout.echo(e), image);
            }
        }
        fields("target", layout.target(LAYERS), image);
    }

    private void fields(final String ring, final RingDescriptor descriptor, final MemorySegment image) {
        for (int i = 0; i < descriptor.slots(); i++) {
            final long slot = descriptor.slotAt(i);
            for (long at = 0; at < SlotDescriptor.LINE_BYTES; at++) {
                if (image.get(ValueLayout.JAVA_BYTE, slot + at) != 0) {
                    used.add(ring + " " + (at < SlotDescriptor.FRAME_OFFSET ? "TICK"
                        : at < SlotDescriptor.PRESENT_OFFSET ? "FRAME"
                        : at < SlotDescriptor.REFUSED_OFFSET ? "PRESENT" : at < 24 ? "REFUSED" : "-"));
                }
            }
        }
    }
}
