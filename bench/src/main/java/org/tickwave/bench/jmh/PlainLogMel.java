package org.tickwave.bench.jmh;

import org.tickwave.bench.stream.Features;

/** A frame's features computed by their definition: each bin of the transform alone, each band over all bins. Slow. */
public final class PlainLogMel {
    private PlainLogMel() {
    }

    /** Computes the frame of a window of samples. */
    public static double[] of(final Features features, final float[] samples) {
        final double[] power = power(features, samples);
        final double step = mel(features.sampleRate() / 2.0) / (features.bands() + 1);
        final double[] frame = new double[features.bands()];
        for (int b = 0; b < frame.length; b++) {
            final double low = hz(b * step);
            final double centre = hz((b + 1) * step);
            final double high = hz((b + 2) * step);
            double sum = 0;
            for (int k = 0; k < power.length; k++) {
                final double f = (double) k * features.sampleRate() / features.fftSamples();
                sum += power[k] * Math.max(0, Math.min((f - low) / (centre - low), (high - f) / (high - centre)));
            }
            frame[b] = Math.log(sum + features.floor());
        }
        return frame;
    }

    private static double[] power(final Features features, final float[] samples) {
        final int n = features.fftSamples();
        final double[] power = new double[n / 2 + 1];
        double squares = 0;
        for (int i = 0; i < samples.length; i++) {
            squares += Math.pow(hann(samples.length, i), 2);
        }
        for (int k = 0; k < power.length; k++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < samples.length; i++) {
                final double phase = 2 * Math.PI * ((long) i * k % n) / n;
                re += samples[i] * hann(samples.length, i) * Math.cos(phase);
                im -= samples[i] * hann(samples.length, i) * Math.sin(phase);
            }
            power[k] = (re * re + im * im) / squares;
        }
        return power;
    }

    private static double hann(final int n, final int i) {
        return Math.pow(Math.sin(Math.PI * i / n), 2);
    }

    private static double mel(final double hz) {
        return 2595 * Math.log10(1 + hz / 700);
    }

    private static double hz(final double mel) {
        return 700 * (Math.pow(10, mel / 2595) - 1);
    }
}
