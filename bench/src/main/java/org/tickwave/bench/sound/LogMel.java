package org.tickwave.bench.sound;

import java.util.Arrays;
import org.tickwave.bench.stream.Features;

/**
 * What {@link Features} say of a window of samples. Bands are triangles over frequency whose corners are evenly spaced on the
 * mel scale of HTK, 2595 log10(1 + f/700), from 0 Hz to half the rate: each rises from the centre of the one below to 1 at its own, and
 * falls to the centre of the one above, so that a bin's power is shared between two.
 *
 * <p>A bin's power is |X|^2 over the sum of the window's squares: noise of variance v has v in every bin, whatever the rate.
 * So the floor of 1e-6 is white noise 60 dB below full scale, or a tone of 75 (at 8 kHz).
 *
 * <p>The same bits on any machine. Allocates nothing per frame; for one thread.
 */
public final class LogMel {
    private final Features features;
    private final float[] window;
    private final double[] weights;
    private final RealFft fft;
    private final double[] power;
    /** By bin, how much of it belongs to the band that rises there; the rest is of the band below. */
    private final double[] rising;
    /** Of band b and those around it: bins from firsts[b] rise in it, from firsts[b + 1] fall. */
    private final int[] firsts;

    public LogMel(final Features features) {
        this.features = features;
        window = new float[features.windowSamples()];
        fft = new RealFft(features.fftSamples());
        power = new double[features.fftSamples() / 2 + 1];
        weights = hann(window.length);
        rising = new double[power.length];
        firsts = new int[features.bands() + 2];
        layBands();
    }

    /** Periodic, divided by the root of the sum of its squares. */
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

    private void layBands() {
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
        // What is left is the bin at half the rate, where the last band has fallen to nothing.
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

    /** The samples of the next frame, for the caller to fill; they stay. */
    public float[] window() {
        return window;
    }

    /** The frame of the samples in the window. */
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
