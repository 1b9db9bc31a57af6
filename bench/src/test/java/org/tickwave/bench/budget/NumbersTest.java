package org.tickwave.bench.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @Test
    void aListHasItsNumbersInOrderAndOnce() {
        assertEquals(List.of(4, 10), Numbers.parse("10,4,10", 100));
        assertEquals(List.of(7), Numbers.parse("007", 100));
    }

    @Test
    void aRangeHasItsEndsAndPowersOfTwoAndTheirTriples() {
        assertEquals(List.of(2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64), Numbers.parse("2..64", 64));
        assertEquals(List.of(5, 6, 8, 9), Numbers.parse("5..9", 9));
        assertEquals(List.of(1, 2, 3), Numbers.parse("1..3", 9));
        assertEquals(List.of(8), Numbers.parse("8..8", 9));
        assertEquals(List.of(2, 3, 4, 100), Numbers.parse("100,2..4", 100));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''        | expected whole numbers or ranges, such as 4,10 or 2..64",
        "2,        | expected whole numbers or ranges, such as 4,10 or 2..64",
        "2..       | expected whole numbers or ranges, such as 4,10 or 2..64",
        "2..4..8   | expected whole numbers or ranges, such as 4,10 or 2..64",
        "-1        | expected whole numbers or ranges, such as 4,10 or 2..64",
        "1.5       | expected whole numbers or ranges, such as 4,10 or 2..64",
        "0..4      | expected numbers from 1 to 100",
        "2..101    | expected numbers from 1 to 100",
        "999999999 | expected numbers from 1 to 100",
        "8..2      | expected a range that rises, such as 2..8"})
    void anythingElseIsRefusedInOneLine(final String text, final String expected) {
        final IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Numbers.parse(text, 100));
        assertEquals("'" + text + "': " + expected, refused.getMessage());
    }

    @Test
    void tooManyNumbersAreRefused() {
        final StringBuilder text = new StringBuilder("1");
        for (int i = 2; i <= 65; i++) {
            text.append(',').append(i);
        }
        assertEquals("'" + text + "': 65 numbers, expected at most 64",
            assertThrows(IllegalArgumentException.class, () -> Numbers.parse(text.toString(), 100)).getMessage());
    }
}
