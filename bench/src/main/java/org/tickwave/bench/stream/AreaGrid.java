package org.tickwave.bench.stream;

import java.util.Arrays;

/**
 * A picture averaged over areas to a grid 16 cells wide, its height keeping the aspect of the pixel grid, row by row as
 * pixels come. A pixel that lies in several cells counts in each by the area that lies there; the areas are counted in
 * whole parts of a pixel (sixteenths across, rows-ths down), so sums are exact and have no order.
 */
final class AreaGrid {
    static final int COLUMNS = 16;
    /** The longest side of a picture: then a sum of bytes weighted by areas takes 36 bits. */
    static final int LONGEST = 16_384;
    /** The most rows of cells: a picture 64 times as high as wide. */
    static final int MOST_ROWS = 1_024;

    private final int width;
    private final int height;
    private final int rows;
    private final int[] strip = new int[COLUMNS];
    private final long[] sums;
    private int y;

    AreaGrid(final int width, final int height) {
        this.width = width;
        this.height = height;
        rows = rows(width, height);
        sums = new long[rows * COLUMNS];
    }

    /** How many rows of cells: 16 height / width, rounded, and at least 1. */
    static int rows(final int width, final int height) {
        return Math.max(1, (2 * COLUMNS * height + width) / (2 * width));
    }

    int cells() {
        return sums.length;
    }

    void begin() {
        Arrays.fill(sums, 0);
        y = 0;
    }

    /** Adds the next row of pixels, from the top. */
    void add(final byte[] row) {
        for (int i = 0; i < COLUMNS; i++) {
            strip[i] = across(row, i * width, (i + 1) * width);
        }
        final int top = y * rows;
        final int bottom = top + rows;
        for (int j = top / height; j * height < bottom; j++) {
            final long share = Math.min(bottom, (j + 1) * height) - Math.max(top, j * height);
            for (int i = 0; i < COLUMNS; i++) {
                sums[j * COLUMNS + i] += share * strip[i];
            }
        }
        y++;
    }

    /** The pixels between two places of a row, in sixteenths of a pixel. */
    private static int across(final byte[] row, final int from, final int to) {
        final int first = from / COLUMNS;
        final int last = (to - 1) / COLUMNS;
        if (first == last) {
            return (to - from) * (row[first] & 0xff);
        }
        int whole = 0;
        for (int x = first + 1; x < last; x++) {
            whole += row[x] & 0xff;
        }
        return (COLUMNS * (first + 1) - from) * (row[first] & 0xff) + COLUMNS * whole
            + (to - COLUMNS * last) * (row[last] & 0xff);
    }

    /** The averages of all rows, a byte v being v/255 - .5. */
    void end(final float[] cells) {
        final double all = 255.0 * width * height;
        for (int i = 0; i < sums.length; i++) {
            cells[i] = (float) (sums[i] / all - .5);
        }
    }
}
