package org.tickwave.bench.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tickwave.bench.table.Tables.assertRefused;
import static org.tickwave.bench.table.Tables.file;
import static org.tickwave.bench.table.Tables.label;
import static org.tickwave.bench.table.Tables.rows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.stream.Pieces;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;

/** Which tables are refused, and with which message. */
@Timeout(60)
class RefusedTablesTest {
    @Test
    void missingColumnsAreRefusedWithTheNamesThereAre() {
        assertRefused("a,b\n1,2\n", Tables.columns("a", "c"), "no column c", "--columns", "a, b");
        assertRefused("a,b\n1,2\n", Tables.drop("c"), "no column c", "--drop", "a, b");
        assertRefused("a,b\n1,2\n", label("c"), "no column c", "--label", "a, b");
        final String many = IntStream.range(0, 12).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        assertRefused(many + "\n", Tables.drop("c"), "c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, ... (12 in all)");
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        assertRefused("a,b,a\n1,2,3\n", Tables.columns("b"), "columns 1 and 3 have the name a");
        assertRefused("2,,x\n1,2,3\n", TableOptions.DEFAULT, "columns 1 and 2 have the name 2");
        assertRefused("u\u0308,\u00fc\n1,2\n", TableOptions.DEFAULT, "columns 1 and 2");
        assertRefused("x,5.1,5.1\ny,1,2\n", TableOptions.DEFAULT, "columns 2 and 3", "--no-header");
    }

    @Test
    void aTextColumnIsRefusedWithTheOptionThatHelps() {
        assertRefused("a,when\n1,monday\n2,3\n", TableOptions.DEFAULT, "column when is text: monday in line 2",
            "--drop when", "--label when");
        assertRefused("a,when,class\n1,,x\n2,\"1,5\",y\n", label("class"), "column when is text: 1,5 in line 3", "--drop when");
        assertRefused("a,when\n1,monday\n2,3\n", Tables.columns("a", "when"), "column when is text", "--columns without when");
        assertRefused("5.1,setosa\n4.9,setosa\n", TableOptions.DEFAULT, "column setosa is text", "--no-header");
    }

    @Test
    void aThousandBadRowsAreEnough() {
        assertRefused("a,b\n" + "1;2\n".repeat(1001), TableOptions.DEFAULT, "no good row in 1000 rows: line 2: 1 cell: expected 2");
    }

    @Test
    void aColumnWithoutANumberIsRefusedByName() {
        assertRefused("a,b\n1,\n2,?\n", TableOptions.DEFAULT, "column b has no number in the first 2 rows", "--drop b");
    }

    @Test
    void aMissingHeaderIsNoticed() {
        assertRefused("0.0,5e-2,1\n1,2,3\n", TableOptions.DEFAULT, "the first row holds numbers only: 0.0, 5e-2, 1", "--no-header");
        assertRefused("0.0,,1\n1,2,3\n", label("1"), "--no-header");
        assertRefused("7\n", TableOptions.DEFAULT, "--no-header");
    }

    @Test
    void aHeaderUnderNoHeaderIsNoticed() {
        assertRefused("a,b\n1,2\n", Tables.noHeader(), "the first row holds names: a, b", "without --no-header");
        assertRefused("a,class\n# a comment\n,x\n1,x\n", Tables.noHeader(), "column 1 is text: a in line 1");
        assertRefused("a,class\n# a comment\n1,x\n", Tables.noHeader("2"), "the first row holds names: a, class",
            "without --no-header");
        assertRefused("x,y\nz,z\n", Tables.noHeader(), "column 1 is text: x in line 1", "--drop 1");
        assertRefused("x,y\n", Tables.noHeader(), "column 1 is text: x in line 1");
        assertRefused("x,1\n3,4\n", Tables.noHeader(), "column 1 is text: x in line 1");
    }

    @Test
    void tablesWithoutRowsAreRefused() {
        assertRefused("", TableOptions.DEFAULT, "empty", "names of the columns");
        assertRefused("\n \r\n\r", TableOptions.DEFAULT, "empty");
        assertRefused("\ufeff", Tables.noHeader(), "empty");
        assertRefused("a,b", TableOptions.DEFAULT, "no row");
        assertRefused("a,b\n", TableOptions.DEFAULT, "no row");
        assertRefused("a,b\n\n", Tables.model(null, null, false, "a"), "no row");
        assertRefused("a,class\n", label("class"), "no row");
        assertRefused("a,b\n1\n1,2,3\n", TableOptions.DEFAULT, "no good row in 2 rows: line 2: 1 cell: expected 2");
        assertRefused("a,b\n1\n", Tables.model(null, null, false, "a"), "no good row in 1 row: line 2: 1 cell: expected 2");
    }

    @Test
    void fewerThanTwoLabelsAreRefused() {
        assertRefused("a,class\n1,x\n2,x\n,\n", label("class"), "only the label x", "two labels");
        assertRefused("a,class\n1,\n2,NA\n", label("class"), "no label", "two labels");
        assertRefused("a,class\n1,x\nx,y\n", label("class"), "only the label x");
    }

    @Test
    void moreThanAThousandLabelsAreRefused() throws IOException {
        final String thousand = "a,class\n"
            + IntStream.range(0, 1000).mapToObj(i -> i + ",l" + i + "\n").collect(Collectors.joining());
        final Table table = file(thousand, label("class"));
        assertEquals(1000, table.labels().size());
        assertTrue(rows(table).contains("1000 [999.0] " + table.labels().indexOf("l999")));
        assertRefused(thousand + "0,other\n", label("class"), "column class has more than 1,000 labels");
    }

    @Test
    void aPipeNeedsItsLabels() {
        Streams.assertRefused(StreamException.class, () -> Table.of("p", () -> {
            throw new AssertionError("opened");
        }, false, label("class")), "p: --label class", "--labels");
    }

    @Test
    void noColumnIsLeft() {
        assertRefused("a,class\n1,x\n", Tables.drop("a", "class"), "no column is left");
        assertRefused("class\nx\ny\n", label("class"), "no column is left");
    }

    @Test
    void columnsAreCounted() throws IOException {
        final String names = IntStream.range(0, 65_536).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        final String row = "1,".repeat(65_535) + "1\n";
        assertEquals(65_536, file(names + "\n" + row, TableOptions.DEFAULT).columns().size());
        Streams.assertRefused(StreamException.class, () -> file(names + ",c\n" + row, TableOptions.DEFAULT), "line 1",
            "65,536 columns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
    void otherEncodingsAreRefusedByName(final String charset) {
        assertRefused("a,b\n1,2\n".getBytes(Charset.forName(charset)), TableOptions.DEFAULT, "UTF-16", "expected a table in UTF-8");
        assertRefused("\ufeffa,b\n1,2\n".getBytes(Charset.forName(charset)), TableOptions.DEFAULT, "UTF-16",
            "expected a table in UTF-8");
    }

    @Test
    void bytesThatAreNoTextAreRefusedWithTheirLine() {
        assertRefused("a,b\r\n1,2\r\n3,\u00e4\r\n".getBytes(StandardCharsets.ISO_8859_1), TableOptions.DEFAULT, "line 3",
            "0xe4", "UTF-8");
        assertRefused("a,b\n\"\n\n\",2\n3,\u00e4\n".getBytes(StandardCharsets.ISO_8859_1), Tables.drop("a"), "line 5", "0xe4");
        assertRefused(Streams.join(Tables.utf8("a\r1\r2"), new byte[] {(byte) 0xc3}), TableOptions.DEFAULT, "line 3", "0xc3");
        assertRefused(Streams.join(Tables.utf8("a\n1\n"), new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}), TableOptions.DEFAULT,
            "line 3", "0xed");
        assertRefused("a,b\n1,2\n3,4\0\n", TableOptions.DEFAULT, "line 3", "NUL");
        assertRefused("a\0,b\n1,2\n", TableOptions.DEFAULT, "line 1", "NUL");
    }

    @Test
    void brokenQuotesAreRefusedWithTheirLine() {
        assertRefused("a,b\n1,2\n3,\"4\n5,6\n", TableOptions.DEFAULT, "line 3", "quote");
        assertRefused("a,b\n1,2\n\"3\"4,5\n", TableOptions.DEFAULT, "line 3", "quote");
        assertRefused("a,\"b\n1,2\n", TableOptions.DEFAULT, "line 1", "quote");
        assertRefused("a,b\n1,2\n3,\"", TableOptions.DEFAULT, "line 3", "quote");
    }

    /** A line of 100 MB that is made while it is read. */
    private static ReadableByteChannel endless(final String begin, final char fill, final long[] read) {
        return new ReadableByteChannel() {
            @Override
            public int read(final ByteBuffer to) {
                if (read[0] >= 100_000_000) {
                    return -1;
                }
                final int n = to.remaining();
                for (int i = 0; i < n; i++, read[0]++) {
                    to.put((byte) (read[0] < begin.length() ? begin.charAt((int) read[0]) : fill));
                }
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
        };
    }

    static Stream<Arguments> longLines() {
        return Stream.of(Arguments.of("", 'a', 1), Arguments.of("", ',', 1), Arguments.of("\"", 'a', 1),
            Arguments.of("\"", '\n', 1),
            Arguments.of("a,b\n1,2\n", '1', 3), Arguments.of("a,b\n1,2\n", ',', 3), Arguments.of("a,b\n1,2\n\"", '\n', 3),
            Arguments.of("a,b\n1,2\n3,\"", 'x', 3));
    }

    @ParameterizedTest
    @MethodSource("longLines")
    void aLineOfAHundredMegabytesIsNotReadWhole(final String begin, final char fill, final int line) {
        final long[] read = new long[1];
        Streams.assertRefused(StreamException.class,
            () -> rows(Table.of("t", () -> endless(begin, fill, read), false, TableOptions.DEFAULT)), "t: ", "line " + line);
        assertTrue(read[0] < 8_000_000, () -> read[0] + " bytes read");
    }

    @Test
    void aFileThatChangedIsRefused() throws IOException {
        final String[] texts = {"a,b\n1,2\n", "a,c\n1,2\n"};
        final int[] opened = new int[1];
        final Table table = Table.of("t", () -> Pieces.channel(Tables.utf8(texts[opened[0]++]), 8), true, TableOptions.DEFAULT);
        Streams.assertRefused(StreamException.class, table::open, "t: the columns have changed");
    }

    @Test
    void optionsThatContradictEachOther() {
        assertContradict("--label a", () -> new TableOptions(null, true, List.of("a", "b"), null, "a", null, null, false, true));
        assertContradict("--label a", () -> new TableOptions(null, true, null, List.of("a"), "a", null, null, false, true));
        assertContradict("--label a", () -> Tables.model("a", List.of("x", "y"), false, "a"));
        assertContradict("--drop a",
            () -> new TableOptions(null, true, List.of("a", "b"), List.of("a"), null, null, null, false, true));
        assertContradict("--load", () -> new TableOptions(null, true, null, List.of("a"), null, null, List.of("b"), false, true));
        assertContradict("a twice", () -> Tables.columns("a", " a"));
        assertContradict("x twice", () -> label("class", "x", "y", "x"));
        assertContradict("--labels: 1", () -> label("class", "x"));
        assertContradict("--labels: NA", () -> label("class", "x", "NA"));
        assertContradict("without --label",
            () -> new TableOptions(null, true, null, null, null, List.of("x", "y"), null, false, true));
        for (final char c : "\"\n\r.+-07eE\0".toCharArray()) {
            assertContradict("--separator", () -> Tables.separator(c));
        }
    }

    private static void assertContradict(final String part, final Executable options) {
        Streams.assertRefused(IllegalArgumentException.class, options, part);
    }
}
