package org.tickwave.kernel;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@AtEveryLaneWidth
class PassTest {
    private static final long SEED = 7;
    private static final long[] WRONG = {-TestImage.LINE_BYTES, Long.MIN_VALUE, 1L << 40};

    @ParameterizedTest
    @EnumSource
    void isItsScalarTwinToTheBit(final Projection.Pass pass) {
        everySize(pass, false);
    }

    @ParameterizedTest
    @EnumSource
    void isItsScalarTwinForZerosDenormalsAndWhatOverflows(final Projection.Pass pass) {
        everySize(pass, true);
    }

    private static void everySize(final Projection.Pass pass, final boolean wild) {
        for (final int rows : Scalar.SIZES) {
            for (final int columns : Scalar.SIZES) {
                final Numbers numbers = new Numbers(SEED + rows * 1000L + columns);
                try (Projection projection = new Projection(rows, columns, wild, numbers)) {
                    projection.expect(pass);
                    projection.run(pass);
                    projection.image.check(pass + " " + projection);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "FORWARD.*", mode = EnumSource.Mode.MATCH_ANY)
    void goesOnFromTheSumsOfAnotherProjection(final Projection.Pass pass) {
        for (final int rows : Scalar.SIZES) {
            final Numbers numbers = new Numbers(SEED + rows);
            try (Projection projection = new Projection(rows, 103, false, numbers)) {
                projection.startFrom(Stream.generate(() -> numbers.ordinary(Scalar.SUMS)).limit(rows).toArray(float[][]::new));
                projection.expect(pass);
                projection.run(pass);
                projection.image.check(pass + " " + projection);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void throwsForAnOffsetOutsideTheImage(final Projection.Pass pass) {
        for (int what = 0; what <= Projection.ECHO; what++) {
            if (!Projection.touches(pass, what)) {
                continue;
            }
            try (Projection projection = new Projection(17, 103, false, new Numbers(SEED))) {
                final long end = projection.image.segment.byteSize();
                for (final long wrong : new long[] {end, end - TestImage.LINE_BYTES, WRONG[0], WRONG[1], WRONG[2]}) {
                    projection.at[what] = wrong;
                    assertThrows(IndexOutOfBoundsException.class, () -> projection.run(pass), pass + ", region " + what);
                }
            }
        }
    }

    @Test
    void stillThrowsOnceItIsCompiled() {
        try (Projection projection = new Projection(16, 16, false, new Numbers(SEED))) {
            for (int i = 0; i < 20_000; i++) {
                projection.run(Projection.Pass.FUSED);
            }
            for (int what = 0; what <= Projection.ECHO; what++) {
                final long right = projection.at[what];
                projection.at[what] = projection.image.segment.byteSize() - Lanes.VECTOR / 2;
                assertThrows(
                    IndexOutOfBoundsException.class, () -> projection.run(Projection.Pass.FUSED), "region " + what);
                projection.at[what] = right;
            }
        }
    }
}
