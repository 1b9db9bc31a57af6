package org.tickwave.layout.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.layout.docs.Expression.Scope;

class ExpressionTest {
    private final Scope scope = new Scope(new Scope().value("L", 3).value("C", 64).function("n", a -> 100 + a[0]))
        .value("l", 1);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2(L-l) + 1            | 5",
        "7 - 2 - 1             | 4",
        "64 + 4 n(l+1)         | 472",
        "C ceil(n(0) / C)      | 128",
        "floor(n(0) / C)       | 1",
        "min(L, 2, 5) + max(4) | 6",
        "4 (n(0) mod C)        | 144",
        "6L + 4                | 22",
    })
    void readsFormulasAsTheyAreWritten(final String formula, final long value) {
        assertEquals(value, Expression.evaluate(formula, scope));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2 +", "(L", "L)", "k", "m(l)", "n(0) / C", "L, l", "2 | 3"})
    void refusesWhatIsNone(final String formula) {
        assertThrows(IllegalArgumentException.class, () -> Expression.evaluate(formula, scope));
    }
}
