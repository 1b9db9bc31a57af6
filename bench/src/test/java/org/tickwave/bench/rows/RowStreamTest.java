package org.tickwave.bench.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowStreamTest {
    private static final RowTable TABLE = new RowTable("t",
        List.of(Column.numeric("n"), new Column("colour", List.of("red", "green", "blue")), new Column("on", List.of("false", "true"))),
        List.of("x", "y"), new double[][] {{1.5, 2, 1}, {Double.NaN, Double.NaN, Double.NaN}, {0, 0, 0}}, new int[] {1, RowTable.NO_LABEL, 0});

    @Test
    void aNominalColumnWithMoreThanTwoValuesHasANumberForEach() {
        try (RowStream stream = new RowStream(TABLE)) {
            assertEquals(List.of("n", "colour=red", "colour=green", "colour=blue", "on"), stream.columns());
            assertEquals(5, stream.width());
            assertEquals(5, TABLE.inputs());
            final double[] frame = new double[5];
            assertTrue(stream.read(frame, new float[5]));
            assertArrayEquals(new double[] {1.5, 0, 0, 1, 1}, frame);
            assertEquals(1, stream.recording().index());
            assertTrue(stream.read(frame, new float[5]));
            assertArrayEquals(new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN}, frame);
            assertNull(stream.recording());
            assertTrue(stream.read(frame, new float[5]));
            assertArrayEquals(new double[] {0, 1, 0, 0, 0}, frame);
            assertEquals("x", stream.recording().label());
            assertFalse(stream.read(frame, new float[5]));
        }
    }
}
