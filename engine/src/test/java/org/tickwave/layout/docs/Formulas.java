package org.tickwave.layout.docs;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.docs.Document.Cell;
import org.tickwave.layout.docs.Document.Row;
import org.tickwave.layout.docs.Document.Table;
import org.tickwave.layout.docs.Expression.Scope;
import org.tickwave.layout.docs.Samples.Sample;

/** The formulas of the documents, with the symbols that footprint.md defines. */
final class Formulas {
    private static final List<String> SYMBOLS =
        List.of("V", "L", "n(l)", "p(l)", "q(l)", "T", "H", "N", "A", "C", "padded(n)", "sixteens(n)");

    private final Docs docs;
    private final Map<String, String> definitions = new LinkedHashMap<>();
    private final Map<Sample, Scope> scopes = new HashMap<>();

    Formulas(final Docs docs) {
        this.docs = docs;
        final Table table = docs.table("footprint.md", "Symbols", List.of("symbol", "formula"));
        for (final Row row : table.rows()) {
            final String formula = docs.code(table, row, "formula");
            if (!formula.isEmpty()) {
                definitions.put(docs.code(table, row, "symbol"), formula);
            }
        }
        define(table, "C", geometry -> 4 * geometry.lanes());
        for (final int n : new int[] {1, 3, 4, 16, 17, 64, 65, 255, 300}) {
            define(table, "padded(n)", geometry -> Geometry.padded(n), n);
            define(table, "sixteens(n)", geometry -> (n + 15) / 16 * 16, n);
        }
        final List<String> symbols = table.rows().stream().map(row -> docs.code(table, row, "symbol")).toList();
        SYMBOLS.stream().filter(symbol -> !symbols.contains(symbol))
            .forEach(symbol -> docs.problem(table, "no row for " + symbol));
    }

    private void define(
        final Table table, final String symbol, final ToLongFunction<Geometry> expected, final long... argument) {
        final String name = symbol.replaceFirst("\\(.*", "");
        final String use = argument.length == 0 ? name : name + "(" + argument[0] + ")";
        for (final Row row : table.rows()) {
            if (docs.code(table, row, "symbol").equals(symbol)) {
                for (final Sample sample : docs.samples) {
                    final Cell cell = docs.cell(table, row, "formula");
                    if (!expect(cell, () -> "", use, scope(sample), expected.applyAsLong(sample.geometry()), sample.toString())) {
                        return;
                    }
                }
            }
        }
    }

    /** All symbols for one network. The caller may add more. */
    Scope scope(final Sample sample) {
        return new Scope(scopes.computeIfAbsent(sample, this::define));
    }

    private Scope define(final Sample sample) {
        final Geometry geometry = sample.geometry();
        int widest = 0;
        long all = Geometry.padded(geometry.width(0));
        for (int l = 1; l <= geometry.wiring().last(); l++) {
            widest = Math.max(widest, geometry.width(l));
            all += Geometry.padded(geometry.width(l));
        }
        final Scope scope = new Scope()
            .value("V", geometry.lanes()).value("L", geometry.wiring().last()).value("H", geometry.history())
            .value("T", geometry.wiring().targetAge(geometry.wiring().last())).value("R", sample.ticks()).value("N", widest).value("A", all)
            .function("n", a -> geometry.width((int) a[0]))
            .function("p", a -> geometry.wiring().age((int) a[0]))
            .function("q", a -> geometry.wiring().slopeAge((int) a[0]));
        definitions.forEach((symbol, formula) -> {
            final int open = symbol.indexOf('(');
            if (open < 0) {
                try {
                    scope.value(symbol, Expression.real(formula, scope));
                } catch (final IllegalArgumentException e) {
                    scope.value(symbol, Double.NaN);
                }
            } else {
                final String parameter = symbol.substring(open + 1, symbol.length() - 1);
                scope.function(symbol.substring(0, open),
                    a -> Expression.real(formula, new Scope(scope).value(parameter, a[0])));
            }
        });
        return scope;
    }

    /**
     * @param label how a problem begins
     * @return whether the value was as expected; if not, reports a problem
     */
    private boolean expect(
        final Cell cell, final Supplier<String> label, final String formula, final Scope scope, final long expected,
        final String what) {
        String found;
        try {
            found = Long.toString(Expression.evaluate(formula, scope));
        } catch (final IllegalArgumentException | IndexOutOfBoundsException e) {
            found = e.toString();
        }
        if (found.equals(Long.toString(expected))) {
            return true;
        }
        docs.problem(cell, label.get() + "\"" + cell.text() + "\" gives " + found + ", expected " + expected + " for " + what);
        return false;
    }

    boolean expect(
        final Table table, final Row row, final String column, final Scope scope, final long expected, final String what) {
        return expect(docs.cell(table, row, column), () -> Docs.label(row) + column + " ", docs.code(table, row, column), scope, expected, what);
    }
}
