package org.tickwave.bench.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaGridTest {
    @ParameterizedTest
    @CsvSource({
        "176, 144, 13", "352, 288, 13", "16, 16, 16", "1920, 1080, 9", "1, 1, 16", "16, 1, 1", "1000, 1, 1", "32, 1, 1",
        "33, 1, 1", "1, 64, 1024", "16384, 16384, 16", "16384, 1, 1", "640, 480, 12", "10, 15, 24", "31, 3, 2", "32, 3, 2",
        "33, 3, 1"
    })
    void rowsKeepTheAspectOfThePixelGrid(final int width, final int height, final int rows) {
        assertEquals(rows, AreaGrid.rows(width, height));
        assertEquals(16 * rows, new AreaGrid(width, height).cells());
    }

    @ParameterizedTest
    @CsvSource({
        "176, 144", "16, 16", "17, 17", "15, 15", "1, 1", "2, 3", "3, 2", "5, 64", "7, 300", "103, 97", "640, 480",
        "1000, 9", "33, 1", "16, 1", "1, 64", "31, 33", "1281, 719"
    })
    void everyCellIsTheMeanOfWhatLiesInIt(final int width, final int height) {
        final long seed = 31L * width + height;
        final byte[][] picture = new byte[height][width];
        final Random random = new Random(seed);
        for (final byte[] row : picture) {
            random.nextBytes(row);
        }
        final float[] cells = average(new AreaGrid(width, height), picture);
        final double[] expected = twin(picture, AreaGrid.rows(width, height));
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], cells[i], 1e-7, "cell " + i + ", seed " + seed);
        }
    }

    @Test
    void aPictureOfTheGridsSizeIsItsBytes() {
        for (int v = 0; v < 256; v++) {
            final byte[][] picture = new byte[16][16];
            picture[5][7] = (byte) v;
            assertEquals((float) (v / 255.0 - .5), average(new AreaGrid(16, 16), picture)[5 * 16 + 7]);
        }
    }

    @Test
    void theWhitestLargestPictureIsExactlyWhite() {
        final byte[] white = new byte[AreaGrid.LONGEST];
        Arrays.fill(white, (byte) 255);
        final AreaGrid grid = new AreaGrid(AreaGrid.LONGEST, AreaGrid.LONGEST);
        grid.begin();
        for (int y = 0; y < AreaGrid.LONGEST; y++) {
            grid.add(white);
        }
        assertAllWhite(grid);
        final AreaGrid tower = new AreaGrid(256, AreaGrid.LONGEST);
        assertEquals(AreaGrid.MOST_ROWS * 16, tower.cells());
        tower.begin();
        for (int y = 0; y < AreaGrid.LONGEST; y++) {
            tower.add(white);
        }
        assertAllWhite(tower);
    }

    private static void assertAllWhite(final AreaGrid grid) {
        final float[] cells = new float[grid.cells()];
        grid.end(cells);
        for (final float cell : cells) {
            assertEquals(.5f, cell);
        }
    }

    private static float[] average(final AreaGrid grid, final byte[][] picture) {
        final float[] cells = new float[grid.cells()];
        for (int time = 0; time < 2; time++) {
            grid.begin();
            for (final byte[] row : picture) {
                grid.add(row);
            }
            grid.end(cells);
        }
        return cells;
    }

    /** The same averages, computed from every pair of a pixel and a cell. */
    private static double[] twin(final byte[][] picture, final int rows) {
        final int height = picture.length;
        final int width = picture[0].length;
        final double[] cells = new double[rows * 16];
        for (int j = 0; j < rows; j++) {
            for (int i = 0; i < 16; i++) {
                double sum = 0;
                double area = 0;
                for (int y = 0; y < height; y++) {
                    final double down = overlap(y, y + 1, (double) j * height / rows, (double) (j + 1) * height / rows);
                    for (int x = 0; down > 0 && x < width; x++) {
                        final double across = overlap(x, x + 1, i * width / 16.0, (i + 1) * width / 16.0);
                        sum += down * across * (picture[y][x] & 0xff);
                        area += down * across;
                    }
                }
                cells[j * 16 + i] = sum / area / 255 - .5;
            }
        }
        return cells;
    }

    private static double overlap(final double from, final double to, final double low, final double high) {
        return Math.max(0, Math.min(to, high) - Math.max(from, low));
    }
}
