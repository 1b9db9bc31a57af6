package org.tickwave.bench.sound;

import java.util.Arrays;
import org.tickwave.bench.stream.Features;

/**
 * Computes the {@link Features} of a window of samples. Bands are triangles over frequency. Their corners are evenly spaced on HTK's
 * mel scale, 2595 log10(1 + f/700), from 0 Hz to half the sample rate. A band rises from 0 at the centre of the band below to 1 at
 * its own centre, and falls to 0 at the centre of the band above. So neighbouring bands share the power of a bin.
 *
 * <p>The power of a bin is |X|^2 divided by the sum of the squared window weights. White noise of variance v then has the power v in
 * every bin at every sample rate. So the floor of 1e-6 equals white noise 60 dB below full scale, or a tone 75 dB below (at 8 kHz).
 *
 * <p>The result has the same bits on every machine. {@link #apply} allocates nothing. For one thread.
 */
public final class LogMel {
    private final Features features;
    private final float[] window;
    private final double[] weights;
    private final RealFft fft;
    private final double[] power;
    /** By bin: the share of the band that rises at this bin. The rest belongs to the band below. */
    private final double[] rising;
    /** By band: band b rises from bin firsts[b] to firsts[b + 1] and falls from there to firsts[b + 2]. The ends are exclusive. */
    private final int[] firsts;

    public LogMel(final Features features) {
        this.features = features;
        window = new float[features.windowSamples()];
        fft = new RealFft(features.fftSamples());
        power = new double[features.fftSamples() / 2 + 1];
        weights = hann(window.length);
        rising = new double[power.length];
        firsts = new int[features.bands() + 2];
        computeBands();
    }

    /** A periodic Hann window, divided by the root of the sum of its squares. */
    private static double[] hann(final int n) {
        final double[] weights = new double[n];
        double squares = 0;
        for (int i = 0; i < n; i++) {
            weights[i] = .5 - .5 * StrictMath.cos(2 * StrictMath.PI * i / n);
            squares += weights[i] * weights[i];
        }
        for (int i = 0; i < n; i++) {
            weights[i] /= StrictMath.sqrt(squares);
        }
        return weights;
    }

    private void computeBands() {
        final int bands = features.bands();
        final double binHz = (double) features.sampleRate() / features.fftSamples();
        final double top = mel(features.sampleRate() / 2.0);
        for (int b = 0, k = 0; b <= bands; b++) {
            firsts[b] = k;
            final double low = hz(top * b / (bands + 1));
            final double high = hz(top * (b + 1) / (bands + 1));
            for (; k < power.length && k * binHz < high; k++) {
                rising[k] = Math.max(0, (k * binHz - low) / (high - low));
            }
        }
        // Without the bin at half the rate, where the last band is 0.
        firsts[bands + 1] = power.length - 1;
    }

    private static double mel(final double hz) {
        return 2595 * StrictMath.log10(1 + hz / 700);
    }

    private static double hz(final double mel) {
        return 700 * (StrictMath.pow(10, mel / 2595) - 1);
    }

    public Features features() {
        return features;
    }

    /** The samples of the next frame. The caller fills the array; {@link #apply} does not change the array. */
    public float[] window() {
        return window;
    }

    /** Computes the frame of the samples in the window. */
    public void apply(final float[] frame) {
        final double[] re = fft.re();
        final double[] im = fft.im();
        final int n = window.length;
        for (int i = 0; 2 * i + 1 < n; i++) {
            re[i] = window[2 * i] * weights[2 * i];
            im[i] = window[2 * i + 1] * weights[2 * i + 1];
        }
        Arrays.fill(re, n / 2, re.length, 0);
        Arrays.fill(im, n / 2, im.length, 0);
        if (n % 2 == 1) {
            re[n / 2] = window[n - 1] * weights[n - 1];
        }
        fft.power(power);
        double up = 0;
        for (int b = 0; b <= features.bands(); b++) {
            double rises = 0;
            double falls = 0;
            for (int k = firsts[b]; k < firsts[b + 1]; k++) {
                final double rise = rising[k] * power[k];
                rises += rise;
                falls += power[k] - rise;
            }
            if (b > 0) {
                frame[b - 1] = (float) StrictMath.log(up + falls + features.floor());
            }
            up = rises;
        }
    }
}
