package org.tickwave.bench.stream;

import java.util.Arrays;

/**
 * Averages a picture over areas, row by row. The grid is 16 cells wide and keeps the picture's aspect ratio. Each cell counts a
 * pixel by the area that they share. Areas are integers: widths are in sixteenths of a pixel, heights in 1/rows of a pixel. So
 * sums are exact and do not depend on order.
 */
final class AreaGrid {
    static final int COLUMNS = 16;
    /** The longest side of a picture. With this limit a weighted sum of bytes fits in 36 bits. */
    static final int LONGEST = 16_384;
    /** The largest number of rows: the picture is then 64 times as high as wide. */
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

    /** The number of rows: 16 height / width, rounded, and at least 1. */
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

    /** Adds the next row of pixels. The first row is the top one. */
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

    /** The weighted sum of the pixels between two positions of a row. Positions are in sixteenths of a pixel. */
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

    /** Writes the averages of all cells. A byte v counts as v/255 - .5. */
    void end(final float[] cells) {
        final double all = 255.0 * width * height;
        for (int i = 0; i < sums.length; i++) {
            cells[i] = (float) (sums[i] / all - .5);
        }
    }
}
