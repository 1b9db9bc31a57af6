package org.tickwave.bench.stream;

/**
 * The features of a frame of sound: the logarithms of the power in frequency bands. The bands are evenly spaced on the mel scale,
 * from 0 Hz to half the sample rate.
 *
 * @param sampleRate    samples a second
 * @param windowSamples number of samples in the window of a frame
 * @param stepSamples   number of samples from the start of a frame to the start of the next frame
 * @param fftSamples    number of samples that a window is padded to
 * @param bands         number of bands, and of numbers in a frame
 * @param floor         added to the power of each band before the logarithm
 */
public record Features(int sampleRate, int windowSamples, int stepSamples, int fftSamples, int bands, double floor) {
    private static final int BANDS = 40;
    private static final int LEAST_FFT = 256;
    private static final double FLOOR = 1e-6;

    /** 40 bands, from windows of 25 ms every 10 ms. */
    public static Features of(final int sampleRate) {
        final int window = Math.max(2, Math.round(sampleRate * .025f));
        final int step = Math.max(1, Math.round(sampleRate * .010f));
        final int fft = Math.max(LEAST_FFT, Integer.highestOneBit(window - 1) << 1);
        return new Features(sampleRate, window, step, fft, BANDS, FLOOR);
    }

    public double framesPerSecond() {
        return (double) sampleRate / stepSamples;
    }
}
