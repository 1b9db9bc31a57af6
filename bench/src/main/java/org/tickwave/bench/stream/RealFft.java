package org.tickwave.bench.stream;

/**
 * The power of a real signal of n samples, by a complex transform of n/2: its even samples are the real parts, its odd ones
 * the imaginary. In place, decimated in frequency, radix 2; what comes out in bit-reversed order is read in that.
 *
 * <p>The same bits on any machine: StrictMath for the roots, no fused multiply-add, and no sum across lanes.
 */
final class RealFft {
    private final int half;
    private final double[] re;
    private final double[] im;
    private final double[] cos;
    private final double[] sin;
    private final int[] reversed;

    /** @param n a power of two, at least 8 */
    RealFft(final int n) {
        if (n < 8 || Integer.bitCount(n) != 1) {
            throw new IllegalArgumentException("transform of " + n + " samples: expected a power of two, at least 8");
        }
        half = n / 2;
        re = new double[half];
        im = new double[half];
        cos = new double[half];
        sin = new double[half];
        reversed = new int[half];
        for (int k = 0; k < half; k++) {
            cos[k] = StrictMath.cos(2 * StrictMath.PI * k / n);
            sin[k] = -StrictMath.sin(2 * StrictMath.PI * k / n);
            reversed[k] = Integer.reverse(k) >>> Integer.numberOfLeadingZeros(half) + 1;
        }
    }

    /** For the even samples; overwritten by {@link #power}. */
    double[] re() {
        return re;
    }

    /** For the odd samples; overwritten by {@link #power}. */
    double[] im() {
        return im;
    }

    /** |X|^2 of bins 0 to n/2. */
    void power(final double[] power) {
        for (int reach = half / 2; reach >= 1; reach /= 2) {
            final int stride = half / reach;
            for (int block = 0; block < half; block += 2 * reach) {
                for (int j = 0; j < reach; j++) {
                    final int a = block + j;
                    final int b = a + reach;
                    final double dr = re[a] - re[b];
                    final double di = im[a] - im[b];
                    re[a] += re[b];
                    im[a] += im[b];
                    final double c = cos[j * stride];
                    final double s = sin[j * stride];
                    re[b] = dr * c - di * s;
                    im[b] = dr * s + di * c;
                }
            }
        }
        split(power);
    }

    /** The even samples' transform E and the odd ones' O from what both came to as one; bin k is E + wO, n/2 - k the rest. */
    private void split(final double[] power) {
        power[0] = (re[0] + im[0]) * (re[0] + im[0]);
        power[half] = (re[0] - im[0]) * (re[0] - im[0]);
        for (int k = 1; k <= half / 2; k++) {
            final int p = reversed[k];
            final int q = reversed[half - k];
            final double er = .5 * (re[p] + re[q]);
            final double ei = .5 * (im[p] - im[q]);
            final double or = .5 * (im[p] + im[q]);
            final double oi = .5 * (re[q] - re[p]);
            final double wr = or * cos[k] - oi * sin[k];
            final double wi = or * sin[k] + oi * cos[k];
            power[k] = (er + wr) * (er + wr) + (ei + wi) * (ei + wi);
            power[half - k] = (er - wr) * (er - wr) + (ei - wi) * (ei - wi);
        }
    }
}
