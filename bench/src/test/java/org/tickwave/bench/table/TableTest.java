package org.tickwave.bench.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.tickwave.bench.table.Tables.assertRefused;
import static org.tickwave.bench.table.Tables.file;
import static org.tickwave.bench.table.Tables.label;
import static org.tickwave.bench.table.Tables.pipe;
import static org.tickwave.bench.table.Tables.rows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which columns and labels a table has. */
@Timeout(60)
class TableTest {
    @Test
    void numericColumnsAreTheFrame() throws IOException {
        final Table table = file("a,b,c\n1,2.5,-3e2\n4,5,6\n", TableOptions.DEFAULT);
        assertEquals(List.of("a", "b", "c"), table.columns());
        assertNull(table.label());
        assertEquals(List.of(), table.labels());
        assertEquals(List.of("1 [1.0, 2.5, -300.0] -1", "2 [4.0, 5.0, 6.0] -1"), rows(table));
        assertEquals(rows(table), rows(table), "a file can be opened several times");
    }

    @Test
    void aPipeIsReadAsAFileIs() throws IOException {
        final String text = "a,b\n?,1\n2,3\n4,5\n";
        final Table table = pipe(text, TableOptions.DEFAULT);
        assertEquals(rows(file(text, TableOptions.DEFAULT)), rows(table));
        assertThrows(IllegalStateException.class, table::open);
    }

    @Test
    void columnsChooseTheFrameInTheirOrder() throws IOException {
        final Table table = file("time,b,c\nmon,2,3\ntue,5,6\n", Tables.columns(" c", "b "));
        assertEquals(List.of("c", "b"), table.columns());
        assertEquals(List.of("1 [3.0, 2.0] -1", "2 [6.0, 5.0] -1"), rows(table));
    }

    @Test
    void dropLeavesColumnsOut() throws IOException {
        final Table table = file("time,b,c\nmon,2,3\ntue,5,6\n", Tables.drop("time"));
        assertEquals(List.of("b", "c"), table.columns());
        assertEquals(List.of("1 [2.0, 3.0] -1", "2 [5.0, 6.0] -1"), rows(table));
    }

    @Test
    void withoutAHeaderColumnsHaveNumbers() throws IOException {
        final Table table = file("1,2\n3,4\n", Tables.noHeader());
        assertEquals(List.of("1", "2"), table.columns());
        assertEquals(List.of("1 [1.0, 2.0] -1", "2 [3.0, 4.0] -1"), rows(table));
        final Table labelled = file("1,x\n3,y\n", Tables.noHeader("2"));
        assertEquals(List.of("1"), labelled.columns());
        assertEquals(List.of("1 [1.0] 0", "2 [3.0] 1"), rows(labelled));
    }

    @Test
    void aColumnWithoutANameHasItsNumberAsName() throws IOException {
        assertEquals(List.of("1", "a"), file(",a\n0,1\n", TableOptions.DEFAULT).columns());
    }

    @Test
    void namesAreTrimmedAndInNfc() throws IOException {
        final Table table = file("\" u\u0308 \",b\n1,2\n", Tables.columns("\u00fc"));
        assertEquals(List.of("\u00fc"), table.columns());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {"'a,b,c;d' | ','", "'a;b;c,d' | ;", "'\"a,b,c,d\";b' | ;",
        "a | ','", "'a,b;c' | ','", "'\"a\"\",,\";b' | ;", "'a\";b\";c,d' | ;",
        "'\"\",b' | ','", "'\"a\n,,,\";b' | ;", "'\n\r\na;b\n,,,' | ;"})
    void theMostFrequentSeparatorOfTheFirstLineOutsideQuotes(final String text, final char separator) {
        final FirstLine first = new FirstLine();
        int i = 0;
        while (i < text.length() && !first.take(text.charAt(i))) {
            i++;
        }
        assertEquals(separator, first.separator());
    }

    @Test
    void aTabOrAGivenSeparator() throws IOException {
        assertEquals(List.of("a", "b,c"), file("a\tb,c\n1\t2\n", Tables.separator('\t')).columns());
        assertEquals(List.of("a", "b"), file("a\tb\n1\t2\n", TableOptions.DEFAULT).columns());
        assertEquals(List.of("a,b", "c,d"), file("a,b|c,d\n1|2\n", Tables.separator('|')).columns());
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        assertEquals(List.of("a"), file("\ufeffa\n1\n", TableOptions.DEFAULT).columns());
        assertEquals(List.of("a"), Tables.pieces(Tables.utf8("\ufeff\"a\"\n1\n"), 1, true, TableOptions.DEFAULT).columns());
    }

    @Test
    void labelsAreFoundAndSorted() throws IOException {
        final Table table = file("a,class\n1,b\n2,\ud83d\ude00\n3,\uffee\n4,\n5,u\u0308\n6, \u00fc \n7,B\n", label("class"));
        assertEquals("class", table.label());
        assertEquals(List.of("a"), table.columns());
        assertEquals(List.of("B", "b", "\u00fc", "\uffee", "\ud83d\ude00"), table.labels());
        assertEquals(List.of("1 [1.0] 1", "2 [2.0] 4", "3 [3.0] 3", "4 [4.0] -1", "5 [5.0] 2", "6 [6.0] 2", "7 [7.0] 0"),
            rows(table));
        assertEquals(table.labels(), table.open().labels());
    }

    @Test
    void onlyRowsThatAreKeptCountForLabels() throws IOException {
        final Table table = file("a,class\n1,x\n1e,bad\n2,y\n3,bad,bad\n", label("class"));
        assertEquals(List.of("x", "y"), table.labels());
    }

    @Test
    void givenLabelsKeepTheirOrder() throws IOException {
        final Table table = pipe("a,class\n1,x\n2,y\n3,z\n4,x\n", label("class", "y", "x"));
        assertEquals(List.of("y", "x"), table.labels());
        try (TableStream stream = table.open()) {
            assertEquals(List.of("1 [1.0] 1", "2 [2.0] 0", "4 [4.0] 1"), rows(stream));
            assertEquals(1, stream.badRows());
            assertEquals("line 4, column class: z: expected a label: y, x", stream.firstBadRow());
        }
    }

    @Test
    void aModelFindsItsColumnsByName() throws IOException {
        final TableOptions model = Tables.model("class", List.of("x", "y"), true, "b", "a");
        final Table table = file("text,a,class,b\nt,1,y,2\n", model);
        assertEquals(List.of("b", "a"), table.columns());
        assertEquals(List.of("1 [2.0, 1.0] 1"), rows(table));
        final Table unlabelled = file("a,b\n1,2\n", model);
        assertNull(unlabelled.label());
        assertEquals(List.of("x", "y"), unlabelled.labels());
        assertEquals(List.of("1 [2.0, 1.0] -1"), rows(unlabelled));
        assertRefused("a,class\n1,x\n", model, "no column b", "a, class");
        assertRefused("a,b\n1,2\n", Tables.model("class", List.of("x", "y"), false, "b", "a"), "no column class", "--label");
    }

    /** A model knows that its columns are numeric, so that a pipe's first row need not be complete. */
    @Test
    void aModelNeedsNoRowAhead() throws IOException {
        assertEquals(List.of("1 [NaN] -1"), rows(pipe("a,b\n,1\n", Tables.model(null, null, false, "a"))));
    }

    @Test
    void theFirstCellThatIsNotEmptyDecides() throws IOException {
        final String rows = "?,1\nNaN,2\n3,4\nx,5\n";
        try (TableStream stream = file("a,b\n" + rows, TableOptions.DEFAULT).open()) {
            assertEquals(List.of("1 [NaN, 1.0] -1", "2 [NaN, 2.0] -1", "3 [3.0, 4.0] -1"), rows(stream));
            assertEquals("line 5, column a: x: expected a number", stream.firstBadRow());
            assertEquals(2, stream.filledNumbers());
        }
        assertRefused("a,b\n?,1\nx,2\n", TableOptions.DEFAULT, "column a is text: x in line 3");
    }

    /** A row of another length may be a comment, and says nothing about a column. */
    @Test
    void onlyAWholeRowDecides() throws IOException {
        try (TableStream stream = file("a,b\nwritten on monday\n1,2\n", TableOptions.DEFAULT).open()) {
            assertEquals(List.of("2 [1.0, 2.0] -1"), rows(stream));
            assertEquals("line 2: 1 cell: expected 2", stream.firstBadRow());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {998, 999, 1000, 1001})
    void aThousandRowsAreLookedAt(final int empty) throws IOException {
        final String text = "a,b\n" + "1,\n".repeat(empty) + "1,2\n";
        if (empty < 1000) {
            assertEquals(empty + 1, rows(file(text, TableOptions.DEFAULT)).size());
            assertEquals(rows(file(text, TableOptions.DEFAULT)), rows(pipe(text, TableOptions.DEFAULT)));
        } else {
            assertRefused(text, TableOptions.DEFAULT, "column b has no number in the first 1000 rows", "--drop b");
        }
    }
}
