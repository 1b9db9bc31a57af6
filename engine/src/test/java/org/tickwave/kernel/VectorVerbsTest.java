package org.tickwave.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Good, Clip and LearnBias: kernels on one or two vectors without an activation. */
@AtEveryLaneWidth
class VectorVerbsTest {
    @Test
    void admitKeepsGoodNumbersAndFlushesSmallOnes() {
        for (final int n : Scalar.SIZES) {
            final float[] values = new Numbers(n).good(n);
            try (TestImage image = new TestImage(1024)) {
                final long at = image.filled(Scalar.padded(n), values);
                for (int i = 0; i < n; i++) {
                    image.expect(at + 4L * i, Scalar.flush(values[i]));
                }
                assertTrue(Good.admit(image.segment, at, n));
                assertEquals(-1, Good.firstBad(image.segment, at, n));
                image.check("admit " + n);
            }
        }
    }

    @Test
    void admitFlushesAtItsThresholdToTheBit() {
        final float below = Math.nextDown(1e-30f);
        final float[] values = {1e-30f, -1e-30f, below, -below, Float.MIN_VALUE, -Float.MIN_VALUE, -0f};
        try (TestImage image = new TestImage(1024)) {
            final long at = image.filled(64, values);
            image.expect(at, 1e-30f, -1e-30f, 0f, 0f, 0f, 0f, 0f);
            assertTrue(Good.admit(image.segment, at, values.length));
            image.check("admit");
        }
    }

    @Test
    void admitRefusesOneBadNumberWhereverItStandsAndItIsFound() {
        for (final int n : Scalar.SIZES) {
            try (TestImage image = new TestImage(1024)) {
                final long at = image.filled(Scalar.padded(n));
                for (int i = 0; i < n; i++) {
                    for (final float bad : Numbers.BAD) {
                        image.fill(at + 4L * i, bad);
                        assertFalse(Good.admit(image.segment, at, n), bad + " at " + i + " of " + n);
                        assertEquals(i, Good.firstBad(image.segment, at, n));
                        image.check(bad + " at " + i + " of " + n);
                    }
                    for (final float limit : new float[] {0x1p30f, -0x1p30f}) {
                        image.fill(at + 4L * i, limit);
                        assertTrue(Good.admit(image.segment, at, n), limit + " at " + i + " of " + n);
                    }
                    image.fill(at + 4L * i, 0f);
                }
            }
        }
    }

    @Test
    void aSingleNumberIsGoodUpToTheLimit() {
        for (final float good : Numbers.GOOD) {
            assertTrue(Good.number(good), Float.toString(good));
        }
        for (final float bad : Numbers.BAD) {
            assertFalse(Good.number(bad), Float.toString(bad));
        }
    }

    @Test
    void zeroZerosWholeVectorsAndZeroTailWhatIsLeftOfTheLast() {
        for (final int n : Scalar.SIZES) {
            try (TestImage image = new TestImage(1024)) {
                final int whole = Scalar.wholeVectors(n);
                final long all = image.region(Scalar.padded(n));
                final long tail = image.region(Scalar.padded(n));
                image.expect(all, new float[whole]);
                image.expect(tail + 4L * n, new float[whole - n]);
                Good.zero(image.segment, all, n);
                Good.zeroTail(image.segment, tail, n);
                image.check("zeros of " + n);
            }
        }
    }

    @Test
    void clipKeepsWithinItsLimit() {
        for (final int n : Scalar.SIZES) {
            for (final float limit : new float[] {1e-29f, .5f, 1f, 0x1p30f}) {
                final float[] values = new Numbers(n).good(n);
                for (int i = 0; i < n; i++) {
                    values[i] = Scalar.flush(values[i]);
                }
                try (TestImage image = new TestImage(1024)) {
                    final long at = image.filled(Scalar.padded(n), values);
                    for (int i = 0; i < n; i++) {
                        image.expect(at + 4L * i, Math.clamp(values[i], -limit, limit));
                    }
                    Clip.run(image.segment, at, n, limit);
                    image.check("clip " + n + " at " + limit);
                }
            }
        }
    }

    @Test
    void learnBiasIsItsScalarTwinToTheBit() {
        for (final int n : Scalar.SIZES) {
            for (final float minusRate : new float[] {-.01f, -0f, -1024f}) {
                final Numbers numbers = new Numbers(n);
                final float[] bias = numbers.finite(n);
                final float[] delta = numbers.good(n);
                try (TestImage image = new TestImage(1024)) {
                    final long b = image.filled(Scalar.padded(n), bias);
                    final long d = image.filled(Scalar.padded(n), delta);
                    final float[] expected = new float[n];
                    for (int i = 0; i < n; i++) {
                        expected[i] = Math.fma(delta[i], minusRate, bias[i]);
                    }
                    image.expect(b, Arrays.copyOf(expected, Scalar.wholeVectors(n)));
                    LearnBias.run(image.segment, b, d, minusRate, n);
                    image.check("bias of " + n + " at rate " + -minusRate);
                }
            }
        }
    }

    @Test
    void scaleIsItsScalarTwinToTheBit() {
        for (final int n : Scalar.SIZES) {
            for (final float minusRate : new float[] {-.01f, -0f, -1024f}) {
                final float[] x = new Numbers(n).good(n);
                try (TestImage image = new TestImage(1024)) {
                    final long from = image.filled(Scalar.padded(n), x);
                    final long to = image.region(Scalar.padded(n));
                    final float[] expected = new float[Scalar.wholeVectors(n)];
                    for (int i = 0; i < expected.length; i++) {
                        expected[i] = (i < n ? x[i] : 0f) * minusRate;
                    }
                    image.expect(to, expected);
                    Scale.run(image.segment, from, minusRate, to, n);
                    image.check("scale " + n + " by " + minusRate);
                }
            }
        }
    }

    @Test
    void allThrowForAnOffsetOutsideTheImage() {
        try (TestImage image = new TestImage(1024)) {
            final long right = image.filled(256);
            final long end = image.segment.byteSize();
            assertThrows(IndexOutOfBoundsException.class, () -> Good.firstBad(image.segment, end, 1));
            for (final long wrong : WrongOffsets.of(image)) {
                assertThrows(IndexOutOfBoundsException.class, () -> Good.admit(image.segment, wrong, 17));
                assertThrows(IndexOutOfBoundsException.class, () -> Good.zero(image.segment, wrong, 17));
                assertThrows(IndexOutOfBoundsException.class, () -> Good.zeroTail(image.segment, wrong, 1));
                assertThrows(IndexOutOfBoundsException.class, () -> Clip.run(image.segment, wrong, 17, 1f));
                assertThrows(IndexOutOfBoundsException.class, () -> LearnBias.run(image.segment, wrong, right, -1f, 17));
                assertThrows(IndexOutOfBoundsException.class, () -> LearnBias.run(image.segment, right, wrong, -1f, 17));
            }
        }
    }
}
