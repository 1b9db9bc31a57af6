package org.tickwave.bench.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "+0", "1", "-1", "+1", "007", "1.5", ".5", "5.", "-.5", "+5.", "1e3", "1E3", "1e+3", "1e-3",
        "1.e3", ".1e3", "-0.0", "1e22", "1e23", "9007199254740991", "9007199254740992", "9007199254740993",
        "9007199254740995", "123456789012345678", "999999999999999999", "9999999999999999999", "0.1", "0.05644299999999999",
        "0.10638299999999999",
        "0.0000000000000000000001",
        "0.00000000000000000000001", "1e-324", "4.9e-324", "1e-9999999999", "1e308", "000000000000000000000000000000000000001"})
    void aDecimalNumberIsTheNearestDouble(final String cell) {
        assertEquals(Double.parseDouble(cell), Cells.number(cell), cell);
        assertFalse(Cells.missing(cell));
    }

    /** The bits, because -0 equals 0. */
    @Test
    void minusZeroKeepsItsSign() {
        assertEquals(Double.doubleToRawLongBits(-0.0), Double.doubleToRawLongBits(Cells.number("-0.00")));
    }

    @Test
    void aNumberBeyondAllDoublesIsInfinite() {
        assertEquals(Double.POSITIVE_INFINITY, Cells.number("1e999"));
        assertEquals(Double.NEGATIVE_INFINITY, Cells.number("-1e99999999999999999999"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "-", "+", "-.", "e", "e5", ".e5", "1e", "1e+", "1e-", "1e5.", "1e5e5", "inf",
        "Infinity", "-inf", "NaN", "1f", "1d", "1L", "0x1", "0x1p3", "1,5", "1_000", "1 000", "1.2.3", "--1", "+-1", "1-", "\u0661",
        "\uff11", "1\u00a0", "a", "1a", "\u22121"})
    void everythingElseIsNoNumber(final String cell) {
        assertTrue(Double.isNaN(Cells.number(cell)), cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NA", "na", "Na", "NaN", "nan", "NULL", "null", "?"})
    void aMissingValue(final String cell) {
        assertTrue(Cells.missing(cell));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "n", "nah", "N/A", "none", "??", "nulls", "-", "\uff2e\uff21"})
    void noMissingValue(final String cell) {
        assertFalse(Cells.missing(cell));
    }

    @Test
    void randomNumbersAreReadAsTheJdkReadsThem() {
        final long seed = System.nanoTime();
        System.out.println("CellsTest: seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            final String cell = random(random);
            assertEquals(Double.doubleToRawLongBits(Double.parseDouble(cell)), Double.doubleToRawLongBits(Cells.number(cell)),
                () -> cell + ", seed " + seed);
        }
    }

    private static String random(final Random random) {
        final StringBuilder cell = new StringBuilder(switch (random.nextInt(4)) {
            case 0 -> "-";
            case 1 -> "+";
            default -> "";
        });
        final int digits = 1 + random.nextInt(22);
        final int point = random.nextInt(2 * digits);
        for (int d = 0; d < digits; d++) {
            if (d == point) {
                cell.append('.');
            }
            cell.append((char) ('0' + (random.nextInt(3) == 0 ? 0 : random.nextInt(10))));
        }
        if (random.nextInt(4) == 0) {
            cell.append(random.nextBoolean() ? "e" : "E-").append(random.nextInt(340));
        }
        return cell.toString();
    }
}
