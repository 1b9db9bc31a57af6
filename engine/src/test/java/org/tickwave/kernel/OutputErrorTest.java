package org.tickwave.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tickwave.kernel.OutputError.Loss;

@AtEveryLaneWidth
class OutputErrorTest {
    @ParameterizedTest
    @EnumSource
    void isItsScalarTwinToTheBit(final Loss loss) {
        for (final int n : Scalar.SIZES) {
            final Numbers numbers = new Numbers(n);
            error(loss, numbers.ordinary(n), numbers.ordinary(n));
            error(loss, numbers.good(n), numbers.good(n));
            error(loss, Arrays.copyOf(Numbers.GOOD, n), new float[n]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesPaddingOutOfEverything(final Loss loss) {
        for (final int n : Scalar.SIZES) {
            final float[] low = new float[n];
            Arrays.fill(low, -1e9f);
            error(loss, low, new float[n]);
            low[n / 2] = -1e8f;
            error(loss, low, new float[n]);
        }
    }

    @Test
    void ofSoftmaxIsProbabilityMinusTarget() {
        for (final int n : Scalar.SIZES) {
            final float[] x = new Numbers(n).ordinary(n);
            final float[] target = new float[n];
            target[n - 1] = 1f;
            final float[] error = error(Loss.SOFTMAX_CROSS_ENTROPY, x, target);
            double total = 0;
            for (final float v : x) {
                total += StrictMath.exp(v);
            }
            for (int i = 0; i < n; i++) {
                assertEquals(StrictMath.exp(x[i]) / total - target[i], error[i], 1e-6, i + " of " + n);
            }
        }
    }

    @Test
    void ofSoftmaxDoesNotOverflow() {
        final float[] error = error(Loss.SOFTMAX_CROSS_ENTROPY, new float[] {0x1p30f, 0x1p30f, -0x1p30f}, new float[3]);
        assertEquals(.5f, error[0]);
        assertEquals(.5f, error[1]);
        assertEquals(0, error[2], 1e-30f);
    }

    @Test
    void ofTheLogisticLossIsProbabilityMinusTarget() {
        final float[] x = {0, 2, -0x1p30f, 0x1p30f};
        final float[] error = error(Loss.LOGISTIC_CROSS_ENTROPY, x, new float[] {0, 1, 0, 1});
        assertEquals(.5f, error[0]);
        assertEquals(1 / (1 + StrictMath.exp(-2)) - 1, error[1], 1e-7);
        assertEquals(0, error[2], 1e-30f);
        assertEquals(0, error[3]);
    }

    @ParameterizedTest
    @EnumSource
    void throwsForAnOffsetOutsideTheImage(final Loss loss) {
        try (TestImage image = new TestImage(1024)) {
            final long right = image.filled(256);
            final long other = image.filled(256);
            for (final long wrong : WrongOffsets.of(image)) {
                assertThrows(IndexOutOfBoundsException.class,
                    () -> OutputError.run(loss, image.segment, wrong, right, other, right, 17));
                assertThrows(IndexOutOfBoundsException.class,
                    () -> OutputError.run(loss, image.segment, right, wrong, other, right, 17));
                assertThrows(IndexOutOfBoundsException.class,
                    () -> OutputError.run(loss, image.segment, right, right, wrong, right, 17));
                if (loss == Loss.SOFTMAX_CROSS_ENTROPY) {
                    assertThrows(IndexOutOfBoundsException.class,
                        () -> OutputError.run(loss, image.segment, right, right, other, wrong, 17));
                }
            }
        }
    }

    private static float[] error(final Loss loss, final float[] x, final float[] target) {
        final int n = x.length;
        final int padded = Scalar.padded(n);
        try (TestImage image = new TestImage(5 * padded + 256)) {
            final long output = image.filled(padded, x);
            final long meant = image.filled(padded, target);
            final long error = image.filled(padded);
            final long scratch = image.region(Scalar.SUMS);
            image.expectAnything(scratch, Scalar.SUMS);
            image.expect(error, Arrays.copyOf(Scalar.outputError(loss, x, target), Scalar.wholeVectors(n)));
            OutputError.run(loss, image.segment, output, meant, error, scratch, n);
            image.check(loss + " of " + n);
            return image.read(error, n);
        }
    }
}
