package org.tickwave.bench.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.jmh.PlainLogMel;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.Streams;

class LogMelTest {
    private static float[] frame(final LogMel logMel, final float... samples) {
        System.arraycopy(samples, 0, logMel.window(), 0, samples.length);
        Arrays.fill(logMel.window(), samples.length, logMel.window().length, 0);
        final float[] frame = new float[40];
        logMel.apply(frame);
        return frame;
    }

    private static void assertAsDefined(final String what, final LogMel logMel, final float[] samples) {
        final float[] frame = frame(logMel, samples);
        final double[] expected = PlainLogMel.of(logMel.features(), Arrays.copyOf(samples, logMel.window().length));
        for (int b = 0; b < 40; b++) {
            assertEquals(expected[b], frame[b], 2e-6 * Math.max(1, Math.abs(expected[b])), what + ", band " + b);
        }
    }

    /** Windows of 25, 200, 276, 400 and 1,103 samples. Two sizes are odd; all windows are padded. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 8_000, 11_025, 16_000, 44_100})
    void framesAreAsTheyAreDefined(final int rate) {
        final LogMel logMel = new LogMel(Features.of(rate));
        final int n = logMel.window().length;
        for (long seed = 1; seed <= 3; seed++) {
            assertAsDefined("seed " + seed, logMel, Wav.noise(n, seed));
            assertAsDefined("short, seed " + seed, logMel, Wav.noise(n / 3, seed));
        }
        final float[] click = new float[n];
        click[n / 3] = 1;
        assertAsDefined("click", logMel, click);
        final float[] quiet = Wav.noise(n, 4);
        for (int i = 0; i < n; i++) {
            quiet[i] *= 1e-4f;
        }
        assertAsDefined("quiet", logMel, quiet);
    }

    @Test
    void aWindowAsLongAsTheTransformIsNotPadded() {
        final Features features = Features.of(10_240);
        assertEquals(features.windowSamples(), features.fftSamples());
        assertAsDefined("noise", new LogMel(features), Wav.noise(256, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 192_000, 768_000})
    void aToneIsInTheBandsAroundIt(final int rate) {
        final LogMel logMel = new LogMel(Features.of(rate));
        final double step = 2595 * Math.log10(1 + rate / 2.0 / 700) / 41;
        for (int band = 2; band < 38; band += 5) {
            final double hz = 700 * (Math.pow(10, (band + 1) * step / 2595) - 1);
            final float[] tone = new float[logMel.window().length];
            for (int i = 0; i < tone.length; i++) {
                tone[i] = (float) (.5 * Math.sin(2 * Math.PI * hz * i / rate));
            }
            final float[] frame = frame(logMel, tone);
            int loudest = 0;
            for (int b = 0; b < 40; b++) {
                loudest = frame[b] > frame[loudest] ? b : loudest;
            }
            assertEquals(band, loudest, "rate " + rate + ": " + Arrays.toString(frame));
        }
    }

    @Test
    void silenceIsTheFloorAndWhiteNoiseOfItsPowerIsAsLoud() {
        final LogMel logMel = new LogMel(Features.of(8_000));
        for (final float v : frame(logMel)) {
            assertEquals((float) Math.log(1e-6), v);
        }
        final float[] noise = Wav.noise(200, 1);
        double mean = 0;
        final int windows = 400;
        for (int w = 0; w < windows; w++) {
            final float[] samples = Wav.noise(200, w + 1);
            for (int i = 0; i < noise.length; i++) {
                samples[i] *= (float) (1e-3 * Math.sqrt(3));
            }
            // The highest bands have about 12 bins each.
            mean += Math.exp(frame(logMel, samples)[39]) / windows;
        }
        final double binsOfTheBand = (4_000 - 700 * (Math.pow(10, 2146.06 * 39 / 41 / 2595) - 1)) / 2 / 31.25;
        assertEquals(1e-6 * (1 + binsOfTheBand), mean, .1 * mean);
    }

    @Test
    void everyBandHearsSomethingAtEveryRate() {
        for (int rate = WavFormat.LOWEST_RATE; rate <= WavFormat.HIGHEST_RATE; rate += Math.max(7, rate / 50)) {
            final LogMel logMel = new LogMel(Features.of(rate));
            final float[] click = new float[logMel.window().length];
            click[click.length / 2] = 1;
            for (final float v : frame(logMel, click)) {
                assertTrue(v > -9.5 && v < 0, "rate " + rate + ": " + v);
            }
        }
    }

    @Test
    void theSameSamplesAreTheSameBitsOnAnyMachine() {
        final CRC32C crc = new CRC32C();
        for (final int rate : new int[] {8_000, 44_100}) {
            final LogMel logMel = new LogMel(Features.of(rate));
            for (long seed = 1; seed <= 20; seed++) {
                crc.update(Streams.floats(frame(logMel, Wav.noise(logMel.window().length, seed))));
            }
        }
        assertEquals(3295234325L, crc.getValue());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64, 128, 256, 512, 1_024, 2_048})
    void theTransformHasThePowerOfEveryBin(final int n) {
        final RealFft fft = new RealFft(n);
        final float[] samples = Wav.noise(n, n);
        for (int i = 0; i < n; i++) {
            (i % 2 == 0 ? fft.re() : fft.im())[i / 2] = samples[i];
        }
        final double[] power = new double[n / 2 + 1];
        fft.power(power);
        for (int k = 0; k <= n / 2; k++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < n; i++) {
                re += samples[i] * Math.cos(2 * Math.PI * i * k / n);
                im += samples[i] * Math.sin(2 * Math.PI * i * k / n);
            }
            assertEquals(re * re + im * im, power[k], 1e-11 * n, "bin " + k);
        }
    }

    @Test
    void whatCannotBeTransformedIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RealFft(4));
        assertThrows(IllegalArgumentException.class, () -> new RealFft(96));
    }
}
