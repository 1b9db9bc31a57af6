package org.tickwave.bench.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.table.TableOptions;

class TableReaderTest {
    private static final String ROWS = "a,b,c\n1,2,x\n3,4,y\n5,,\n7,8,y\n";

    @TempDir
    private Path directory;

    private String file(final String text) throws IOException {
        return Files.writeString(directory.resolve("t.csv"), text).toString();
    }

    private static TableOptions labelled(final String label) {
        return new TableOptions(null, true, null, null, label, null, null, false, true);
    }

    @Test
    void readsTheRowsInOrder() throws IOException, RunFailure {
        final RowTable table = TableReader.read(file(ROWS), labelled("c"), Integer.MAX_VALUE);
        assertEquals(List.of(Column.numeric("a"), Column.numeric("b")), table.columns());
        assertEquals(List.of("x", "y"), table.labels());
        assertArrayEquals(new double[][] {{1, 2}, {3, 4}, {5, 4}, {7, 8}}, table.numbers());
        assertArrayEquals(new int[] {0, 1, RowTable.NO_LABEL, 1}, table.labelOf());
        assertEquals(3, table.labelled());
    }

    @Test
    void readsNoMoreRowsThanAskedFor() throws IOException, RunFailure {
        assertEquals(2, TableReader.read(file(ROWS), labelled("c"), 2).rows());
    }

    @Test
    void refusesATableThatTheHeapCannotHold() throws IOException {
        final String file = file(ROWS);
        final RunFailure failure = assertThrows(RunFailure.class, () -> TableReader.read(file, labelled("c"), Integer.MAX_VALUE, 150));
        assertEquals(1, failure.exitCode());
        assertTrue(failure.getMessage().startsWith(file + ": more rows than an eighth of the heap holds: expected --rows 3 or less"), failure.getMessage());
    }

    @Test
    void refusesRowsWithoutAnyLabel() throws IOException {
        final String file = file("a,c\n1,\n2,\n3,x\n4,y\n");
        assertEquals(file + ": no label in the first 2 rows: expected one",
            assertThrows(RunFailure.class, () -> TableReader.read(file, labelled("c"), 2)).getMessage());
    }

    @Test
    void refusesALabelThatIsNoColumn() throws IOException {
        final String file = file(ROWS);
        assertThrows(StreamException.class, () -> TableReader.read(file, labelled("d"), 2));
    }
}
