package org.tickwave.bench.stream;


/**
 * What frames of sound are made of: the logarithms of the power in bands that are evenly spaced on the mel scale, from 0 Hz
 * to half the rate.
 *
 * @param sampleRate    samples a second
 * @param windowSamples a frame is made of
 * @param stepSamples   from one frame to the next
 * @param fftSamples    a window is padded to
 * @param bands         numbers in a frame
 * @param floor         the least power that is told from silence
 */
public record Features(int sampleRate, int windowSamples, int stepSamples, int fftSamples, int bands, double floor) {
    private static final int BANDS = 40;
    private static final int LEAST_FFT = 256;
    private static final double FLOOR = 1e-6;

    /** 40 bands of 25 ms every 10 ms. */
    public static Features of(final int sampleRate) {
        final int window = Math.max(2, Math.round(sampleRate * .025f));
        final int step = Math.max(1, Math.round(sampleRate * .010f));
        final int fft = Math.max(LEAST_FFT, Integer.highestOneBit(window - 1) << 1);
        return new Features(sampleRate, window, step, fft, BANDS, FLOOR);
    }

    /** Frames a second. */
    public double framesPerSecond() {
        return (double) sampleRate / stepSamples;
    }
}
