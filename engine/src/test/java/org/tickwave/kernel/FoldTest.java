package org.tickwave.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

@AtEveryLaneWidth
class FoldTest {
    private static final int SUMS = Scalar.SUMS;

    @Test
    void addsNeighboursFirstInEveryRow() {
        final Numbers numbers = new Numbers(11);
        for (final int rows : Scalar.SIZES) {
            for (final boolean wild : new boolean[] {false, true}) {
                final float[] partials = wild ? numbers.finite(rows * SUMS) : numbers.ordinary(rows * SUMS);
                fold(rows, partials);
            }
        }
    }

    @Test
    void keepsTheOrderWhereItDecides() {
        final float[] partials = new float[3 * SUMS];
        partials[0] = 1f;
        partials[2] = 0x1p24f;
        partials[3] = -0x1p24f;
        partials[2 * SUMS + 1] = Float.POSITIVE_INFINITY;
        partials[2 * SUMS + 2] = Float.NEGATIVE_INFINITY;
        final float[] sums = fold(3, partials);
        assertEquals(1f, sums[0]);
        assertEquals(0f, sums[1]);
        assertEquals(Float.NaN, sums[2]);
    }

    /** @param values sixteen sums for each row */
    private static float[] fold(final int rows, final float[] values) {
        final int whole = Scalar.lines(rows);
        try (TestImage image = new TestImage(2 * whole * SUMS + Scalar.padded(rows) + 256)) {
            final long partials = image.filled(whole * SUMS + whole * SUMS / 4 + whole);
            final long folds = partials + (long) whole * SUMS * Float.BYTES;
            final long sums = folds + (long) whole * SUMS / 4 * Float.BYTES;
            image.expectAnything(folds, whole * SUMS / 4);
            final float[] expected = new float[whole];
            for (int r = 0; r < rows; r++) {
                for (int v = 0; v < SUMS; v++) {
                    image.fill(partials + Scalar.partial(rows, r, v), values[r * SUMS + v]);
                }
                expected[r] = Scalar.fold(values, r * SUMS, SUMS);
            }
            image.expect(sums, expected);
            assertEquals(sums, Fold.run(image.segment, partials, rows), "where the sums of " + rows + " rows stand");
            image.check(rows + " rows");
            return image.read(sums, rows);
        }
    }

    @Test
    void foldsSixteenNumbersInPlaceInTheSameOrder() {
        final float[] values = new Numbers(12).ordinary(SUMS);
        try (TestImage image = new TestImage(128)) {
            final long at = image.filled(SUMS, values);
            image.expectAnything(at, SUMS);
            assertEquals(Scalar.fold(values, 0, SUMS), Fold.sixteen(image.segment, at));
            image.check("sixteen numbers");
        }
    }

    @Test
    void zerosThePartialSumsBeyondTheLastRow() {
        for (final int rows : Scalar.SIZES) {
            final int whole = Scalar.lines(rows);
            try (TestImage image = new TestImage(whole * SUMS + 128)) {
                final long partials = image.region(whole * SUMS);
                for (int r = rows; r < whole; r++) {
                    for (int v = 0; v < SUMS; v++) {
                        image.expect(partials + Scalar.partial(rows, r, v), 0f);
                    }
                }
                Fold.zeroPadding(image.segment, partials, rows);
                image.check(rows + " rows");
            }
        }
    }

    @Test
    void throwsForAnOffsetOutsideTheImage() {
        try (TestImage image = new TestImage(2048)) {
            final long end = image.segment.byteSize();
            final long bytes = (32 * 16 + 32 * 4 + 32) * Float.BYTES;
            Fold.run(image.segment, end - bytes, 17);
            for (final long wrong : new long[] {end, end - bytes + Lanes.VECTOR / 2, end - Lanes.VECTOR / 2, -TestImage.LINE_BYTES}) {
                assertThrows(IndexOutOfBoundsException.class, () -> Fold.run(image.segment, wrong, 17), "offset " + wrong);
            }
        }
    }
}
