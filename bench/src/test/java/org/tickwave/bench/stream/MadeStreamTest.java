package org.tickwave.bench.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class MadeStreamTest {
    private static long crc(final long seed, final int frames) {
        final MadeStream stream = new MadeStream(seed);
        final float[] frame = new float[256];
        final CRC32C crc = new CRC32C();
        for (int t = 0; t < frames; t++) {
            stream.read(frame);
            crc.update(Streams.floats(frame));
        }
        return crc.getValue();
    }

    @Test
    void theSameSeedIsTheSameStreamOnAnyMachine() {
        assertEquals(1773567462L, crc(1, 1));
        assertEquals(2189746833L, crc(1, 1_000));
        assertEquals(1594050471L, crc(-7, 1_000));
    }

    @Test
    void itIsSixteenBySixteenAt240FramesASecondWithoutEnd() {
        final MadeStream stream = new MadeStream(3);
        assertEquals(256, stream.width());
        assertEquals(240, stream.framesPerSecond());
        final float[] frame = new float[256];
        for (int t = 0; t < 100_000; t++) {
            assertTrue(stream.read(frame));
        }
    }

    @Test
    void numbersAreCentredAndUseTheirRange() {
        for (long seed = 0; seed < 20; seed++) {
            final MadeStream stream = new MadeStream(seed);
            final float[] frame = new float[256];
            float min = 0;
            float max = 0;
            for (int t = 0; t < 2_000; t++) {
                stream.read(frame);
                for (final float v : frame) {
                    min = Math.min(min, v);
                    max = Math.max(max, v);
                }
            }
            assertTrue(min >= -.5f && min < -.35f, "seed " + seed + ": " + min);
            assertTrue(max <= .5f && max > .35f, "seed " + seed + ": " + max);
        }
    }

    @Test
    void noFrameIsTheOneBeforeAndNoneJumps() {
        for (long seed = 0; seed < 20; seed++) {
            final MadeStream stream = new MadeStream(seed);
            final float[] before = new float[256];
            final float[] frame = new float[256];
            stream.read(before);
            for (int t = 1; t < 5_000; t++) {
                stream.read(frame);
                assertFalse(Arrays.equals(before, frame), "seed " + seed + ", frame " + t);
                for (int i = 0; i < 256; i++) {
                    // The fastest edge moves .11 pixels a frame, and crosses at most the whole range of numbers.
                    assertEquals(before[i], frame[i], .2, "seed " + seed + ", frame " + t + ", number " + i);
                }
                System.arraycopy(frame, 0, before, 0, 256);
            }
        }
    }

    /** With one disc alone, the centroid of the brightness is the position of the disc. */
    @Test
    void aShapeMovesInAStraightLineAtItsSpeedBetweenWalls() {
        for (long seed = 0; seed < 20; seed++) {
            final MadeStream stream = new MadeStream(seed, 1);
            final float[] frame = new float[256];
            double beforeX = 0;
            double beforeY = 0;
            double way = 0;
            for (int t = 0; t <= 2_400; t++) {
                stream.read(frame);
                double light = 0;
                double x = 0;
                double y = 0;
                for (int i = 0; i < 256; i++) {
                    light += frame[i];
                    x += frame[i] * (i % 16 + .5);
                    y += frame[i] * (i / 16 + .5);
                }
                x /= light;
                y /= light;
                assertEquals(8, x, 4.55, "seed " + seed);
                assertEquals(8, y, 4.55, "seed " + seed);
                if (t > 0) {
                    way += Math.hypot(x - beforeX, y - beforeY);
                }
                beforeX = x;
                beforeY = y;
            }
            assertEquals(14, way / 10, 1, "pixels a second, seed " + seed);
        }
    }

    @Test
    void speedsAreAboutTwentyPixelsASecond() {
        for (long seed = 0; seed < 20; seed++) {
            final MadeStream stream = new MadeStream(seed);
            double sum = 0;
            for (int s = 0; s < 4; s++) {
                final double speed = stream.pixelsPerSecond(s);
                assertTrue(speed > 13.9 && speed < 26.1, "seed " + seed + ": " + speed);
                sum += speed;
            }
            assertEquals(20, sum / 4, .01, "seed " + seed);
        }
    }

    @Test
    void anotherSeedIsAnotherStream() {
        final float[] one = new float[256];
        final float[] other = new float[256];
        new MadeStream(5).read(one);
        new MadeStream(6).read(other);
        assertFalse(Arrays.equals(one, other));
        new MadeStream(5).read(other);
        assertArrayEquals(one, other);
    }
}
