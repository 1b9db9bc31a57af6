package org.tickwave.pipeline;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.Wiring;

/**
 * Which layers each band has. The layers of a band follow each other in {@link Wiring#upwards}. A cost model decides: the cost of a
 * layer's weights, the fixed cost of a layer, the cost of a hand-shake, and an extra cost if the weights of a band do not fit the
 * cache of one core. The model is rough, since machines differ; only the ratios of the costs matter.
 */
public final class Cut {
    /** The assumed cache of one core, unless the context sets another size. */
    public static final long CACHE_BYTES = 1L << 20;

    /** For a read, a write and three multiply-adds; about 80 GFLOP/s. */
    private static final double WEIGHT_NS = .075;
    /** A projection from an input sends no echo, which saves one of the three multiply-adds. */
    private static final double FIRST_WEIGHT_NS = .05;
    /** For a read and a multiply-add: an echo that takes a pass of its own. */
    private static final double ECHO_NS = .03;
    private static final double LAYER_NS = 150;
    /** At most LAYER_NS. Otherwise one more layer could make the longest band shorter; begin() assumes that it cannot. */
    private static final double HANDSHAKE_NS = 150;
    private static final double OUT_OF_CACHE_NS = .01 * Float.BYTES;
    /** More threads must shorten the tick at least to this fraction. */
    private static final double GAIN = .85;

    private final Wiring wiring;
    /** For each band its layers, from the lowest level up. */
    private final int[][] layers;
    private final double[] costNs;

    /** @param firsts for each band the place of its first layer among the layers that have weights, from 1 */
    private Cut(final Geometry geometry, final int[] firsts, final long cacheBytes) {
        wiring = geometry.wiring();
        final int[] upwards = wiring.upwards();
        layers = new int[firsts.length][];
        costNs = new double[firsts.length];
        final Costs costs = new Costs(geometry, cacheBytes);
        for (int b = 0; b < firsts.length; b++) {
            final int last = b + 1 < firsts.length ? firsts[b + 1] - 1 : upwards.length;
            layers[b] = Arrays.copyOfRange(upwards, firsts[b] - 1, last);
            costNs[b] = costs.band(firsts[b], last);
        }
    }

    private static int count(final Geometry geometry) {
        return geometry.wiring().layers() - geometry.wiring().inputs();
    }

    /**
     * The cut whose longest band is as short as possible.
     *
     * @param bands how many bands; at most one for each layer is used
     */
    public static Cut into(final Geometry geometry, final int bands, final long cacheBytes) {
        final int layers = count(geometry);
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
        if (next - 1 != count(geometry)) {
            throw new IllegalArgumentException("cut " + Arrays.toString(counts) + " has " + (next - 1) + " layers: expected "
                + count(geometry) + ", as in network " + geometry);
        }
        return new Cut(geometry, firsts, cacheBytes);
    }

    /**
     * The cut with the shortest tick, into at most as many bands as there are threads. Uses fewer bands if more bands gain
     * little.
     */
    public static Cut best(final Geometry geometry, final int threads, final long cacheBytes) {
        Cut best = into(geometry, 1, cacheBytes);
        for (int bands = 2; bands <= Math.min(threads, count(geometry)); bands++) {
            final Cut cut = into(geometry, bands, cacheBytes);
            if (cut.tickNs() < GAIN * best.tickNs()) {
                best = cut;
            }
        }
        return best;
    }

    public int bands() {
        return layers.length;
    }

    /** The layers of a band, from the lowest level up. */
    public int[] layers(final int band) {
        return layers[band].clone();
    }

    Schedule sweep(final int band) {
        return Schedule.sweep(wiring, layers[band]);
    }

    /** The layer of each band that completes a tick last. */
    public int[] sweptLast() {
        return IntStream.range(0, bands()).map(b -> sweep(b).last()).toArray();
    }

    /**
     * How many ticks two bands can be apart, for each pair. Bands that wait for each other can be one tick apart, their other
     * neighbours two, and so on. Bands that no wait connects can be any number of ticks apart.
     */
    int[][] ticksApart() {
        final Schedule[] sweeps = IntStream.range(0, bands()).mapToObj(this::sweep).toArray(Schedule[]::new);
        final int[] bandOf = new int[wiring.layers()];
        for (int b = 0; b < bands(); b++) {
            for (final int layer : layers[b]) {
                bandOf[layer] = b;
            }
        }
        final int[][] apart = new int[bands()][bands()];
        for (int b = 0; b < bands(); b++) {
            Arrays.fill(apart[b], Integer.MAX_VALUE);
            apart[b][b] = 0;
            final ArrayDeque<Integer> reached = new ArrayDeque<>(List.of(b));
            while (!reached.isEmpty()) {
                final int next = reached.poll();
                for (final int layer : sweeps[next].waitsFor()) {
                    if (apart[b][bandOf[layer]] == Integer.MAX_VALUE) {
                        apart[b][bandOf[layer]] = apart[b][next] + 1;
                        reached.add(bandOf[layer]);
                    }
                }
            }
        }
        return apart;
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
            final Wiring wiring = geometry.wiring();
            final int[] upwards = wiring.upwards();
            layers = upwards.length;
            this.cacheBytes = cacheBytes;
            ns = new double[layers + 1];
            weights = new long[layers + 1];
            for (int i = 1; i <= layers; i++) {
                ns[i] = ns[i - 1] + LAYER_NS;
                weights[i] = weights[i - 1];
                for (final int projection : wiring.into(upwards[i - 1])) {
                    final long count = count(geometry, projection);
                    final boolean fused = wiring.sendsEcho(projection) && wiring.feedback(projection) == Feedback.TRANSPOSE;
                    weights[i] += count;
                    ns[i] += count * (fused ? WEIGHT_NS : FIRST_WEIGHT_NS);
                    addEcho(geometry, projection, i);
                }
                for (final int edge : wiring.directEdges(upwards[i - 1])) {
                    addEcho(geometry, edge, i);
                }
            }
        }

        private static long count(final Geometry geometry, final int edge) {
            return Geometry.padded(geometry.width(geometry.wiring().from(edge))) * geometry.width(geometry.wiring().to(edge));
        }

        /** Adds the cost of an echo that takes a pass of its own. A random matrix takes its place in the cache. */
        private void addEcho(final Geometry geometry, final int edge, final int i) {
            final Wiring wiring = geometry.wiring();
            if (wiring.sendsEcho(edge) && wiring.feedback(edge) != Feedback.TRANSPOSE) {
                ns[i] += count(geometry, edge) * ECHO_NS;
                weights[i] += wiring.hasMatrix(edge) ? count(geometry, edge) : 0;
            }
        }

        double band(final int first, final int last) {
            final long count = weights[last] - weights[first - 1];
            final double neighbours = (first > 1 ? HANDSHAKE_NS : 0) + (last < layers ? HANDSHAKE_NS : 0);
            return ns[last] - ns[first - 1] + neighbours + (count * Float.BYTES > cacheBytes ? count * OUT_OF_CACHE_NS : 0);
        }
    }
}
