package org.tickwave.bench.ceiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tickwave.bench.peer.Skipped;

/** Every weight, every sum and every echo of two passes, in each shape that the C source has. */
class LayerPassTest {
    private static final float RATE = 0.25f;

    private static Stream<Arguments> sizes() {
        final int[][] sizes = {{1, 1}, {4, 4}, {5, 17}, {17, 5}, {3, 64}, {64, 64}, {7, 130}, {20, 247}, {130, 300}};
        return Stream.of(sizes).flatMap(size -> Stream.of(Language.values()).map(language -> Arguments.of(language, size[0], size[1])));
    }

    /** Small integers and quarters, of which all sums are exact. */
    private static float weight(final int i, final int j) {
        return (i * 3 + j * 5) % 7 - 3;
    }

    private static float x(final int j) {
        return j % 5 - 2;
    }

    private static float delta(final int i) {
        return i % 3 - 1;
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void computesWhatItSays(final Language language, final int rows, final int columns) {
        try (LayerPass pass = language.pass(rows, columns, RATE)) {
            if (pass instanceof CPass c) {
                for (int shape = 0; shape < c.shapes(); shape++) {
                    c.shape(shape);
                    verify(pass, rows, columns);
                }
            } else {
                verify(pass, rows, columns);
            }
        } catch (final Skipped e) {
            assumeTrue(false, e.getMessage());
        }
    }

    private static void verify(final LayerPass pass, final int rows, final int columns) {
        for (int i = 0; i < rows; i++) {
            pass.delta(i, delta(i));
            for (int j = 0; j < columns; j++) {
                pass.below(j, x(j));
                pass.weight(i, j, weight(i, j));
            }
        }
        for (int step = 0; step < 2; step++) {
            pass.run();
            final float[] echoes = new float[columns];
            for (int i = 0; i < rows; i++) {
                float sum = 0;
                for (int j = 0; j < columns; j++) {
                    final float w = weight(i, j) - step * RATE * delta(i) * x(j);
                    sum += w * x(j);
                    echoes[j] += w * delta(i);
                    assertEquals(w - RATE * delta(i) * x(j), pass.weight(i, j), "weight " + i + ", " + j);
                }
                assertEquals(sum, pass.sum(i), "sum " + i);
            }
            for (int j = 0; j < columns; j++) {
                assertEquals(echoes[j], pass.echo(j), "echo " + j);
            }
        }
    }
}
