package org.tickwave.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

@AtEveryLaneWidth
class FoldTest {
    private static final int LANES = Lanes.LANES;

    @Test
    void addsNeighboursFirstInEveryRow() {
        final Numbers numbers = new Numbers(11);
        for (final int rows : Scalar.SIZES) {
            for (final boolean wild : new boolean[] {false, true}) {
                final float[] partials = wild ? numbers.finite(rows * LANES) : numbers.ordinary(rows * LANES);
                fold(rows, partials);
            }
        }
    }

    @Test
    void keepsTheOrderWhereItDecides() {
        final float[] partials = new float[3 * LANES];
        partials[0] = 1f;
        partials[2] = 0x1p24f;
        partials[3] = -0x1p24f;
        partials[2 * LANES + 1] = Float.POSITIVE_INFINITY;
        partials[2 * LANES + 2] = Float.NEGATIVE_INFINITY;
        final float[] sums = fold(3, partials);
        assertEquals(1f, sums[0]);
        assertEquals(0f, sums[1]);
        assertEquals(Float.NaN, sums[2]);
    }

    private static float[] fold(final int rows, final float[] values) {
        final int whole = Scalar.wholeVectors(rows);
        try (TestImage image = new TestImage(2 * whole * LANES + Scalar.padded(rows) + 256)) {
            final long partials = image.filled(whole * LANES, values);
            final long folds = image.region(whole * LANES / 4);
            final long sums = image.region(Scalar.padded(rows));
            image.expectAnything(folds, whole * LANES / 4);
            final float[] expected = new float[whole];
            for (int r = 0; r < rows; r++) {
                expected[r] = Scalar.fold(values, r * LANES, LANES);
            }
            image.expect(sums, expected);
            Fold.run(image.segment, partials, rows, folds, sums);
            image.check(rows + " rows");
            return image.read(sums, rows);
        }
    }

    @Test
    void foldsOneVectorInPlaceInTheSameOrder() {
        final float[] values = new Numbers(12).ordinary(LANES);
        try (TestImage image = new TestImage(128)) {
            final long at = image.filled(LANES, values);
            image.expectAnything(at, LANES);
            assertEquals(Scalar.fold(values, 0, LANES), Fold.lanes(image.segment, at));
            image.check("one vector");
        }
    }

    @Test
    void throwsForAnOffsetOutsideTheImage() {
        try (TestImage image = new TestImage(2048)) {
            final long[] right = {image.filled(17 * 16 * 4), image.filled(17 * 16), image.filled(64)};
            final long end = image.segment.byteSize();
            for (int what = 0; what < right.length; what++) {
                if (what == 1 && LANES == 4) {
                    continue;
                }
                final long[] at = Arrays.copyOf(right, right.length);
                for (final long wrong : new long[] {end, end - Lanes.VECTOR / 2, -TestImage.LINE_BYTES}) {
                    at[what] = wrong;
                    assertThrows(IndexOutOfBoundsException.class,
                        () -> Fold.run(image.segment, at[0], 17, at[1], at[2]), "region " + what);
                }
            }
        }
    }
}
