package org.tickwave.bench.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tickwave.bench.table.Tables.file;
import static org.tickwave.bench.table.Tables.rows;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;

/** How rows become frames, and which rows are left out. */
@Timeout(60)
class TableStreamTest {
    @Test
    void anEmptyCellHoldsTheLastValueOfItsColumn() throws IOException {
        try (TableStream stream = file("a,b\nNA,1\n?,\n2,null\n\"\", nan \n3,4\n,\n", TableOptions.DEFAULT).open()) {
            assertEquals(List.of("1 [NaN, 1.0] -1", "2 [NaN, 1.0] -1", "3 [2.0, 1.0] -1", "4 [2.0, 1.0] -1", "5 [3.0, 4.0] -1",
                "6 [3.0, 4.0] -1"), rows(stream));
            assertEquals(8, stream.filledNumbers());
            assertEquals(0, stream.badRows());
            assertNull(stream.firstBadRow());
        }
    }

    @Test
    void aColumnWithoutAValueIsZeroInAFrameAndTheCallerMayReplaceIt() throws IOException {
        try (TableStream stream = file("a,b\n,1\n,\n5,2\n", TableOptions.DEFAULT).open()) {
            final float[] frame = {9, 9};
            assertTrue(stream.read(frame));
            assertArrayEquals(new float[] {0, 1}, frame);
            stream.numbers()[0] = 7;
            stream.numbers()[1] = 7;
            assertTrue(stream.read(frame));
            assertArrayEquals(new float[] {0, 1}, frame);
            assertArrayEquals(new double[] {Double.NaN, 1}, stream.numbers());
        }
    }

    /** Also while rows are kept that were looked at ahead. */
    @Test
    void emptyCellsAreCountedWhenTheirRowIsRead() throws IOException {
        try (TableStream stream = Tables.pipe("a,b\n,1\n,2\n3,4\n", TableOptions.DEFAULT).open()) {
            final float[] frame = new float[2];
            assertEquals(0, stream.filledNumbers());
            assertTrue(stream.read(frame));
            assertEquals(1, stream.filledNumbers());
            assertEquals(1, stream.row());
            assertTrue(stream.read(frame));
            assertEquals(2, stream.filledNumbers());
            assertEquals(2, stream.row());
        }
    }

    @Test
    void numbersAreReadInDoublePrecisionAndMadeFloatsLast() throws IOException {
        try (TableStream stream = file("a\n0.05644299999999999\n-16777217\n", TableOptions.DEFAULT).open()) {
            final float[] frame = new float[1];
            assertTrue(stream.read(frame));
            assertEquals(0.05644299999999999, stream.numbers()[0]);
            assertEquals(0.05644299999999999f, frame[0]);
            assertTrue(stream.read(frame));
            assertEquals(-16777217, stream.numbers()[0]);
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', value = {
        "'inf,1'     | 'line 3, column a: inf: expected a number'",
        "'1,1f'      | 'line 3, column b: 1f: expected a number'",
        "'0x1,?'     | 'line 3, column a: 0x1: expected a number'",
        "'1,\"1,5\"' | 'line 3, column b: 1,5: expected a number'",
        "'1,\"1\n5\"' | 'line 3, column b: 1\\x0a5: expected a number'",
        "'x,y'       | 'line 3, column a: x: expected a number'",
        "'1e999,1'   | 'line 3, column a: 1e999: expected at most 1e150 in magnitude'",
        "'1,-2e150'  | 'line 3, column b: -2e150: expected at most 1e150 in magnitude'",
        "'1'         | 'line 3: 1 cell: expected 2'",
        "'1,2,3'     | 'line 3: 3 cells: expected 2'",
        "'1,2,'      | 'line 3: 3 cells: expected 2'",
        "'\" \"'     | 'line 3: 1 cell: expected 2'",
    })
    void aRowWithAFaultIsLeftOutAndCounted(final String bad, final String fault) throws IOException {
        for (final String end : List.of("\n", "\r\n", "\r")) {
            final String text = "a,b\n1,2\n" + bad + "\nx,9\n,\n5,6\n";
            try (TableStream stream = file(text.replace("\n", end), TableOptions.DEFAULT).open()) {
                assertEquals(List.of("1 [1.0, 2.0] -1", "4 [1.0, 2.0] -1", "5 [5.0, 6.0] -1"), rows(stream));
                assertEquals(2, stream.badRows());
                assertEquals(fault.replace("\\x0a", end.replace("\n", "\\x0a").replace("\r", "\\x0d")), stream.firstBadRow());
                assertEquals(2, stream.filledNumbers(), "of good rows");
            }
        }
    }

    @Test
    void withoutScalingTheEnginesLimitHolds() throws IOException {
        try (TableStream stream = file("a\n1073741824\n1073741825\n-1073741824\n-1e10\n", Tables.unscaled()).open()) {
            assertEquals(List.of("1 [1.073741824E9] -1", "3 [-1.073741824E9] -1"), rows(stream));
            assertEquals(2, stream.badRows());
            assertEquals("line 3, column a: 1073741825: expected at most 2^30 in magnitude, or --normalise", stream.firstBadRow());
        }
        assertEquals(4, rows(file("a\n1073741824\n1073741825\n-1073741824\n-1e10\n", TableOptions.DEFAULT)).size());
    }

    /** A quoted cell may span lines; lines are those of the file. */
    @Test
    void linesAreThoseOfTheFile() throws IOException {
        final TableOptions options = Tables.drop("a\nb");
        try (TableStream stream = file("\"a\nb\",c\n\"1\r\n\r\n\n\",2\n\n  \n\"\r\",3\nx,y\n", options).open()) {
            assertEquals(List.of("1 [2.0] -1", "2 [3.0] -1"), rows(stream));
            assertEquals("line 11, column c: y: expected a number", stream.firstBadRow());
        }
    }

    @Test
    void aBlankLineIsNoRow() throws IOException {
        try (TableStream stream = file("\n \na,b\n\n1,2\r\n\r\n \t \n3,4\n\n", TableOptions.DEFAULT).open()) {
            assertEquals(List.of("1 [1.0, 2.0] -1", "2 [3.0, 4.0] -1"), rows(stream));
            assertEquals(0, stream.badRows());
        }
        try (TableStream stream = file("a\n1\n\n\"\"\n", TableOptions.DEFAULT).open()) {
            assertEquals(List.of("1 [1.0] -1", "2 [1.0] -1"), rows(stream), "a quoted empty cell is a row");
        }
    }

    @Test
    void aLastLineWithoutAnEndIsRead() throws IOException {
        assertEquals(List.of("1 [1.0] -1", "2 [2.0] -1"), rows(file("a\n1\n2", TableOptions.DEFAULT)));
        assertEquals(List.of("1 [1.0, 2.0] -1", "2 [1.0, 2.0] -1"), rows(file("a,b\n1,2\n,", TableOptions.DEFAULT)));
        assertEquals(List.of("1 [1.0, 2.0] -1"), rows(file("a,b\n1,\"2\"", TableOptions.DEFAULT)));
    }

    @Test
    void blanksAroundCellsDoNotCount() throws IOException {
        assertEquals(List.of("1 [1.0, 2.0] -1"), rows(file(" a ,b\n 1 ,\t2\t\n", TableOptions.DEFAULT)));
    }

    @Test
    void aRowWithoutItsLabelHasNone() throws IOException {
        final Table table = file("a,class\n1,x\n2,\n3,NA\n4, ? \n5,y\n", Tables.label("class"));
        assertEquals(List.of("1 [1.0] 0", "2 [2.0] -1", "3 [3.0] -1", "4 [4.0] -1", "5 [5.0] 1"), rows(table));
    }

    @Test
    void aCellKeepsItsQuotesAndLineEnds() throws IOException {
        final Table table = file("a,class\n1,\"say \"\"a, b\"\"\"\n2,\"two\r\nlines\"\n3,5\"\n", Tables.label("class"));
        assertEquals(List.of("5\"", "say \"a, b\"", "two\r\nlines"), table.labels());
        assertEquals(List.of("1 [1.0] 1", "2 [2.0] 2", "3 [3.0] 0"), rows(table));
    }

    /** Bytes that arrive on demand. A read without any bytes fails: it would wait. */
    private static final class Live implements ReadableByteChannel {
        private String arrived = "";

        @Override
        public int read(final ByteBuffer to) {
            if (arrived.isEmpty()) {
                throw new AssertionError("waits for more than a row");
            }
            final int n = Math.min(to.remaining(), arrived.length());
            to.put(Streams.ascii(arrived.substring(0, n)));
            arrived = arrived.substring(n);
            return n;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aRowIsThereAsSoonAsItsLineEndHasArrived(final String end) throws IOException {
        final Live live = new Live();
        live.arrived = "a,b" + end + "1,2" + end;
        try (TableStream stream = Table.of("t", () -> live, false, TableOptions.DEFAULT).open()) {
            final float[] frame = new float[2];
            assertTrue(stream.read(frame));
            assertArrayEquals(new float[] {1, 2}, frame);
            for (int i = 0; i < 5_000; i++) {
                live.arrived = i + ",\"" + 2 * i + "\"" + end;
                assertTrue(stream.read(frame));
                assertArrayEquals(new float[] {i, 2 * i}, frame);
                assertEquals(i + 2, stream.row());
            }
        }
    }

    /** A model's columns are known, so that the header is enough to open a pipe. */
    @Test
    void aModelWaitsForTheHeaderOnly() throws IOException {
        final Live live = new Live();
        live.arrived = "a,b\n";
        try (TableStream stream = Table.of("t", () -> live, false, Tables.model(null, null, false, "b")).open()) {
            live.arrived = "x,2\n";
            final float[] frame = new float[1];
            assertTrue(stream.read(frame));
            assertEquals(2, frame[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5,\"6\n", "\"5\"6,7\n", "5,6\0\n", "5,\u00e4\n"})
    void rowsBeforeAFaultOfTheTextAreRead(final String broken) throws IOException {
        final byte[] bytes = Streams.ascii("a,b\n1,2\n3,4\n" + broken);
        for (final int piece : new int[] {1, 3, bytes.length}) {
            try (TableStream stream = Tables.pieces(bytes, piece, false, TableOptions.DEFAULT).open()) {
                final float[] frame = new float[2];
                assertTrue(stream.read(frame));
                assertTrue(stream.read(frame));
                assertArrayEquals(new float[] {3, 4}, frame);
                Streams.assertRefused(StreamException.class, () -> stream.read(frame), Tables.NAME, "line 4");
            }
        }
    }

    @Test
    void theEndStaysTheEnd() throws IOException {
        try (TableStream stream = file("a\n1\n2\n", TableOptions.DEFAULT).open()) {
            assertEquals(2, Streams.readAll(stream).size());
            assertFalse(stream.read(new float[1]));
            assertTrue(Double.isNaN(stream.framesPerSecond()));
            assertEquals(Tables.NAME, stream.name());
        }
    }

    @Test
    void readingARowAllocatesNothing() throws IOException {
        final StringBuilder text = new StringBuilder("a,b,class\n");
        final int rows = 20_000;
        for (int i = 0; i < rows; i++) {
            text.append(i).append(i % 7 == 0 ? ",," : ",0.00012345,").append(i % 2 == 0 ? "\"even\"" : "odd").append('\n');
        }
        try (TableStream stream = file(text.toString(), Tables.label("class")).open()) {
            final float[] frame = new float[2];
            final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            for (int i = 0; i < rows / 2; i++) {
                assertTrue(stream.read(frame));
            }
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < rows / 2; i++) {
                stream.read(frame);
            }
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < rows, () -> allocated + " bytes allocated for " + rows / 2 + " rows");
            assertEquals(rows, stream.row());
        }
    }
}
