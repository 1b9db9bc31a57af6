package org.tickwave.bench.budget;

import org.tickwave.layout.Geometry;

/**
 * What a thread with the most layers does in a tick of a chain.
 *
 * @param threads      of the engine
 * @param layers       of that thread
 * @param numbers      activations that the thread makes, with padding
 * @param multiplyAdds of its fused passes, with padding; the first layer sends no echo, so it has two per weight instead of three
 * @param bytes        of its weights, with padding; each is read and written once
 */
record Work(int threads, int layers, double numbers, double multiplyAdds, double bytes) {
    private static final int FUSED = 3;

    static Work of(final int depth, final int width, final int threads) {
        final int layers = (depth + threads - 1) / threads;
        final double padded = Geometry.padded(width);
        final double weights = padded * width;
        return new Work(threads, layers, layers * padded, (FUSED * layers - (threads == 1 ? 1 : 0)) * weights, layers * weights * Float.BYTES);
    }
}
