package org.tickwave.pipeline;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tickwave.layout.Geometry;

/**
 * Where the bands begin. A cost model decides: the cost of a layer's weights, the fixed cost of a layer, the cost of a
 * hand-shake, and an extra cost if the weights of a band do not fit the cache of one core. The model is rough, since machines
 * differ; only the ratios of the costs matter.
 */
public final class Cut {
    /** The assumed cache of one core, unless the context sets another size. */
    public static final long CACHE_BYTES = 1L << 20;

    /** For a read, a write and three multiply-adds; about 80 GFLOP/s. */
    private static final double WEIGHT_NS = .075;
    /** Layer 1 sends no echo, which saves one of the three multiply-adds. */
    private static final double FIRST_WEIGHT_NS = .05;
    private static final double LAYER_NS = 150;
    /** At most LAYER_NS. Otherwise one more layer could make the longest band shorter; begin() assumes that it cannot. */
    private static final double HANDSHAKE_NS = 150;
    private static final double OUT_OF_CACHE_NS = .01 * Float.BYTES;
    /** More threads must shorten the tick at least to this fraction. */
    private static final double GAIN = .85;

    private final int[] firsts;
    private final int layers;
    private final double[] costNs;

    private Cut(final Geometry geometry, final int[] firsts, final long cacheBytes) {
        this.firsts = firsts;
        layers = geometry.layers();
        costNs = new double[firsts.length];
        final Costs costs = new Costs(geometry, cacheBytes);
        for (int b = 0; b < firsts.length; b++) {
            costNs[b] = costs.band(first(b), last(b));
        }
    }

    /**
     * The cut whose longest band is as short as possible.
     *
     * @param bands how many bands; at most one for each layer is used
     */
    public static Cut into(final Geometry geometry, final int bands, final long cacheBytes) {
        final int layers = geometry.layers();
        final int count = Math.min(bands, layers);
        final Costs costs = new Costs(geometry, cacheBytes);
        // For the first i layers in b bands: the cost of the longest band, and the first layer of the last band.
        double[] before = new double[layers + 1];
        final int[][] begins = new int[count + 1][layers + 1];
        for (int i = 1; i <= layers; i++) {
            before[i] = costs.band(1, i);
            begins[1][i] = 1;
        }
        for (int b = 2; b <= count; b++) {
            final double[] now = new double[layers + 1];
            for (int i = b; i <= layers; i++) {
                begins[b][i] = begin(costs, before, b, i);
                now[i] = Math.max(before[begins[b][i] - 1], costs.band(begins[b][i], i));
            }
            before = now;
        }
        final int[] firsts = new int[count];
        for (int b = count, i = layers; b >= 1; b--) {
            firsts[b - 1] = begins[b][i];
            i = begins[b][i] - 1;
        }
        return new Cut(geometry, firsts, cacheBytes);
    }

    /** The best first layer of band b, if it ends at layer i. A higher first layer makes band b cheaper and the bands below dearer. */
    private static int begin(final Costs costs, final double[] below, final int b, final int i) {
        int low = b;
        int high = i;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (below[middle - 1] < costs.band(middle, i)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low > b && costs.band(low - 1, i) <= Math.max(below[low - 1], costs.band(low, i))) {
            return low - 1;
        }
        return low;
    }

    /**
     * The cut that the embedder asks for.
     *
     * @param counts how many layers each band has
     * @throws IllegalArgumentException if the sum is not the number of layers
     */
    public static Cut of(final Geometry geometry, final int[] counts, final long cacheBytes) {
        final int[] firsts = new int[counts.length];
        int next = 1;
        for (int b = 0; b < counts.length; b++) {
            firsts[b] = next;
            next += counts[b];
        }
        if (next - 1 != geometry.layers()) {
            throw new IllegalArgumentException("cut " + Arrays.toString(counts) + " has " + (next - 1) + " layers: expected "
                + geometry.layers() + ", as in network " + geometry);
        }
        return new Cut(geometry, firsts, cacheBytes);
    }

    /**
     * The cut with the shortest tick, into at most as many bands as there are threads. Uses fewer bands if more bands gain
     * little.
     */
    public static Cut best(final Geometry geometry, final int threads, final long cacheBytes) {
        Cut best = into(geometry, 1, cacheBytes);
        for (int bands = 2; bands <= Math.min(threads, geometry.layers()); bands++) {
            final Cut cut = into(geometry, bands, cacheBytes);
            if (cut.tickNs() < GAIN * best.tickNs()) {
                best = cut;
            }
        }
        return best;
    }

    public int bands() {
        return firsts.length;
    }

    public int first(final int band) {
        return firsts[band];
    }

    public int last(final int band) {
        return band + 1 < firsts.length ? firsts[band + 1] - 1 : layers;
    }

    /**
     * The order in which a band takes its layers: the border layers first, because other bands wait for them. The others follow
     * downwards if there is a band above.
     */
    int[] sweep(final int band) {
        final int first = first(band);
        final int last = last(band);
        final IntStream borders = IntStream.concat(
            last < layers ? IntStream.of(last) : IntStream.empty(), first > 1 ? IntStream.of(first) : IntStream.empty());
        final IntStream all = IntStream.rangeClosed(first, last).map(l -> last < layers ? first + last - l : l);
        return IntStream.concat(borders, all).distinct().toArray();
    }

    /** The layers next to a band. */
    int[] neighbours(final int band) {
        return IntStream.of(first(band) - 1, last(band) + 1).filter(l -> l >= 1 && l <= layers).toArray();
    }

    /** The layer of each band that completes a tick last. */
    public int[] sweptLast() {
        return IntStream.range(0, bands()).map(b -> sweep(b)[last(b) - first(b)]).toArray();
    }

    /** A band's share of the cost of all bands. */
    public double share(final int band) {
        return costNs[band] / Arrays.stream(costNs).sum();
    }

    /** The estimated time of a tick: the longest band, and with several bands the hand-shake with the caller, there and back. */
    public double tickNs() {
        return Arrays.stream(costNs).max().orElse(0) + (bands() > 1 ? 2 * HANDSHAKE_NS : 0);
    }

    /** Prefix sums over the layers, so that the cost of a band is a difference. */
    private static final class Costs {
        private final int layers;
        private final long cacheBytes;
        private final double[] ns;
        private final long[] weights;

        Costs(final Geometry geometry, final long cacheBytes) {
            layers = geometry.layers();
            this.cacheBytes = cacheBytes;
            ns = new double[layers + 1];
            weights = new long[layers + 1];
            for (int l = 1; l <= layers; l++) {
                final long count = Geometry.padded(geometry.width(l - 1)) * geometry.width(l);
                weights[l] = weights[l - 1] + count;
                ns[l] = ns[l - 1] + LAYER_NS + count * (l == 1 ? FIRST_WEIGHT_NS : WEIGHT_NS);
            }
        }

        double band(final int first, final int last) {
            final long count = weights[last] - weights[first - 1];
            final double neighbours = (first > 1 ? HANDSHAKE_NS : 0) + (last < layers ? HANDSHAKE_NS : 0);
            return ns[last] - ns[first - 1] + neighbours + (count * Float.BYTES > cacheBytes ? count * OUT_OF_CACHE_NS : 0);
        }
    }
}
