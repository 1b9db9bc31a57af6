package org.tickwave.bench.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tickwave.bench.table.Tables.rows;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;

/** Random tables, cut tables, and a real one. */
@Timeout(120)
class MadeTablesTest {
    private static final String[] ENDS = {"\n", "\r\n", "\r"};
    private static final String[] LABELS = {"up", "down", "say \"a\"", "two\nlines", "a,b;c\td", "\u00fc", "\ud83d\ude00", "1"};

    /** Writes a random table, and keeps what a reader should return. */
    private static final class Made {
        private final Random random;
        private final char separator;
        private final String end;
        private final int columns;
        private final StringBuilder text = new StringBuilder();
        private final List<String> expected = new ArrayList<>();
        private final TreeSet<String> labels = new TreeSet<>();

        Made(final Random random) {
            this.random = random;
            separator = ",;\t".charAt(random.nextInt(3));
            end = ENDS[random.nextInt(ENDS.length)];
            columns = 2 + random.nextInt(8);
            text.append(random.nextInt(4) == 0 ? "\ufeff" : "");
            for (int i = 0; i < columns; i++) {
                cell("c" + i, i);
            }
            cell("label", columns);
            text.append(end);
            final double[] last = new double[columns];
            Arrays.fill(last, Double.NaN);
            final int rows = 2 + random.nextInt(60);
            for (int row = 1; row <= rows; row++) {
                row(row, last);
                text.append(row < rows || random.nextBoolean() ? end : "");
                text.append(row < rows && random.nextInt(10) == 0 ? end : "");
            }
        }

        private void row(final int row, final double[] last) {
            for (int i = 0; i < columns; i++) {
                if (row > 1 && random.nextInt(5) == 0) {
                    cell(List.of("", "NA", "?", "null").get(random.nextInt(4)), i);
                } else {
                    last[i] = Math.scalb(random.nextGaussian(), random.nextInt(60) - 30);
                    cell(Double.toString(last[i]), i);
                }
            }
            final String label = row <= 2 ? LABELS[row - 1] : random.nextInt(5) == 0 ? "" : LABELS[random.nextInt(LABELS.length)];
            cell(label, columns);
            if (!label.isEmpty()) {
                labels.add(label);
            }
            expected.add(row + " " + Arrays.toString(last) + " " + label);
        }

        private void cell(final String cell, final int index) {
            final boolean quote = cell.chars().anyMatch(c -> ",;\t\"\r\n".indexOf(c) >= 0) || random.nextInt(4) == 0;
            text.append(index > 0 ? String.valueOf(separator) : "");
            text.append(quote ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell);
        }
    }

    @Test
    void randomTablesAreReadBackEqual() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("MadeTablesTest: seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            final Made made = new Made(random);
            final byte[] bytes = Tables.utf8(made.text.toString());
            final int piece = 1 + random.nextInt(bytes.length);
            final Table table = Tables.pieces(bytes, piece, true, Tables.label("label"));
            final String which = "table " + i + ", seed " + seed;
            // None of these labels is between U+E000 and U+FFFF, so the order of strings is that of code points.
            assertEquals(List.copyOf(made.labels), table.labels(), which);
            final List<String> expected = made.expected.stream().map(row -> {
                final String label = row.substring(row.indexOf(']') + 2);
                return row.substring(0, row.indexOf(']') + 2) + (label.isEmpty() ? -1 : table.labels().indexOf(label));
            }).toList();
            assertEquals(expected, rows(table), which);
            final Table pipe = Tables.pieces(bytes, 1 + random.nextInt(bytes.length), false,
                Tables.label("label", table.labels().toArray(String[]::new)));
            assertEquals(expected, rows(pipe), which);
        }
    }

    @Test
    void everyBeginningOfATableIsATableOrRefusedInOneLine() throws IOException {
        final byte[] bytes = Tables.utf8("\ufeff\"a\";b;\"class\"\r\n"
            + "1.5;\u00fc;\"x\n\ud83d\ude00\"\r\n;\"\"\"\";y\r\n\r\n3e2;2;\"x\n\ud83d\ude00\"\r\n4;5;y;6\r\n");
        int read = 0;
        int most = 0;
        for (int length = 0; length <= bytes.length; length++) {
            final byte[] prefix = Arrays.copyOf(bytes, length);
            for (final TableOptions options : List.of(Tables.label("class", "x\n\ud83d\ude00", "y"),
                new TableOptions(null, true, List.of("a"), null, "class", null, null, false, true))) {
                final List<String> whole = outcome(prefix, Math.max(1, length), options);
                assertEquals(whole, outcome(prefix, 1, options), "the first " + length + " bytes");
                read += whole.getFirst().startsWith("refused") ? 0 : 1;
                most = Math.max(most, whole.size());
            }
        }
        assertEquals(4, most, "rows without the last cell of the last row, which is too many");
        assertTrue(read > 20, read + " beginnings were read");
    }

    private static List<String> outcome(final byte[] bytes, final int piece, final TableOptions options) throws IOException {
        try {
            return rows(Tables.pieces(bytes, piece, true, options));
        } catch (final StreamException e) {
            Streams.assertRefused(StreamException.class, () -> {
                throw e;
            }, Tables.NAME + ": ");
            return List.of("refused: " + e.getMessage());
        }
    }

    @Test
    void theElectricityTable() throws IOException {
        final Path path = Streams.real("elec.csv");
        final Table table = Table.of("elec.csv", () -> FileChannel.open(path), true, Tables.label("class"));
        assertEquals(List.of("period", "nswprice", "nswdemand", "vicprice", "vicdemand", "transfer"), table.columns());
        assertEquals(List.of("0", "1"), table.labels());
        final List<String> lines = Files.readAllLines(path);
        try (TableStream stream = table.open()) {
            final float[] frame = new float[6];
            for (int row = 1; row <= 45_312; row++) {
                assertTrue(stream.read(frame));
                final String read = Arrays.stream(stream.numbers()).mapToObj(Double::toString).collect(Collectors.joining(","));
                final String[] cells = lines.get(row).split(",");
                final String written =
                    Arrays.stream(cells, 0, 6).map(cell -> Double.valueOf(cell).toString()).collect(Collectors.joining(","));
                assertEquals(written + "," + cells[6], read + "," + stream.label());
                assertEquals((float) stream.numbers()[5], frame[5]);
            }
            assertFalse(stream.read(frame));
            assertEquals(45_312, stream.row());
            assertEquals(0, stream.badRows() + stream.filledNumbers());
        }
    }
}
