package org.tickwave.bench.sound;

/**
 * Computes the power spectrum of a real signal of n samples with a complex FFT of n/2. The even samples are the real parts, the odd
 * samples are the imaginary parts. The FFT works in place, decimates in frequency and does two steps of radix 2 in each pass. Its
 * output is in bit-reversed order; {@link #split} reads that order.
 *
 * <p>The result has the same bits on every machine: StrictMath computes the roots, and each sum has a fixed order.
 */
final class RealFft {
    private final int half;
    private final double[] re;
    private final double[] im;
    /** cos[m + j] + i sin[m + j] is the root exp(-i pi j/m), for every power of two m up to n/2. */
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
        cos = new double[n];
        sin = new double[n];
        for (int m = 1; m < n; m *= 2) {
            for (int j = 0; j < m; j++) {
                cos[m + j] = StrictMath.cos(StrictMath.PI * j / m);
                sin[m + j] = -StrictMath.sin(StrictMath.PI * j / m);
            }
        }
        reversed = new int[half];
        for (int k = 0; k < half; k++) {
            reversed[k] = Integer.reverse(k) >>> Integer.numberOfLeadingZeros(half) + 1;
        }
    }

    /** The even samples; {@link #power} overwrites the array. */
    double[] re() {
        return re;
    }

    /** The odd samples; {@link #power} overwrites the array. */
    double[] im() {
        return im;
    }

    /** Computes |X|^2 of bins 0 to n/2. */
    void power(final double[] power) {
        int reach = half / 2;
        for (; reach >= 4; reach /= 4) {
            for (int block = 0; block < half; block += 2 * reach) {
                twoSteps(block, reach);
            }
        }
        if (reach == 2) {
            four();
        } else {
            two();
        }
        split(power);
    }

    private void twoSteps(final int block, final int reach) {
        final double[] re = this.re;
        final double[] im = this.im;
        final int near = reach / 2;
        for (int j = 0; j < near; j++) {
            final int a = block + j;
            final int b = a + near;
            final int c = b + near;
            final int d = c + near;
            final double sr = re[a] + re[c];
            final double si = im[a] + im[c];
            final double ur = re[a] - re[c];
            final double ui = im[a] - im[c];
            final double tr = re[b] + re[d];
            final double ti = im[b] + im[d];
            final double vr = re[b] - re[d];
            final double vi = im[b] - im[d];
            final double c1 = cos[reach + j];
            final double s1 = sin[reach + j];
            final double c2 = cos[near + j];
            final double s2 = sin[near + j];
            re[a] = sr + tr;
            im[a] = si + ti;
            final double xr = sr - tr;
            final double xi = si - ti;
            re[b] = xr * c2 - xi * s2;
            im[b] = xr * s2 + xi * c2;
            // c = (u - iv) w1 and d = (u + iv) w1 w2, with u = a - c, v = b - d, w1 = c1 + i s1, w2 = c2 + i s2.
            final double pr = ur + vi;
            final double pi = ui - vr;
            re[c] = pr * c1 - pi * s1;
            im[c] = pr * s1 + pi * c1;
            final double qr = ur - vi;
            final double qi = ui + vr;
            final double yr = qr * c1 - qi * s1;
            final double yi = qr * s1 + qi * c1;
            re[d] = yr * c2 - yi * s2;
            im[d] = yr * s2 + yi * c2;
        }
    }

    /** The last two steps: all roots are 1 or -i. */
    private void four() {
        final double[] re = this.re;
        final double[] im = this.im;
        for (int a = 0; a < half; a += 4) {
            final double sr = re[a] + re[a + 2];
            final double si = im[a] + im[a + 2];
            final double ur = re[a] - re[a + 2];
            final double ui = im[a] - im[a + 2];
            final double tr = re[a + 1] + re[a + 3];
            final double ti = im[a + 1] + im[a + 3];
            final double vr = re[a + 1] - re[a + 3];
            final double vi = im[a + 1] - im[a + 3];
            re[a] = sr + tr;
            im[a] = si + ti;
            re[a + 1] = sr - tr;
            im[a + 1] = si - ti;
            re[a + 2] = ur + vi;
            im[a + 2] = ui - vr;
            re[a + 3] = ur - vi;
            im[a + 3] = ui + vr;
        }
    }

    /** The last step: the root is 1. */
    private void two() {
        for (int a = 0; a < half; a += 2) {
            final double r = re[a + 1];
            final double i = im[a + 1];
            re[a + 1] = re[a] - r;
            im[a + 1] = im[a] - i;
            re[a] += r;
            im[a] += i;
        }
    }

    /**
     * Splits the complex output into E, the transform of the even samples, and O, the transform of the odd samples. Bin k is E + wO;
     * bin n/2 - k is the conjugate of E - wO.
     */
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
            final double wr = or * cos[half + k] - oi * sin[half + k];
            final double wi = or * sin[half + k] + oi * cos[half + k];
            power[k] = (er + wr) * (er + wr) + (ei + wi) * (ei + wi);
            power[half - k] = (er - wr) * (er - wr) + (ei - wi) * (ei - wi);
        }
    }
}
