package org.tickwave.layout.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.Region;
import org.tickwave.layout.docs.Document.Cell;
import org.tickwave.layout.docs.Document.Drawing;
import org.tickwave.layout.docs.Document.Row;
import org.tickwave.layout.docs.Document.Table;
import org.tickwave.layout.docs.Expression.Scope;
import org.tickwave.layout.docs.Samples.Sample;

/** footprint.md: the size and the place of each region, and one whole image. */
final class FootprintChecks {
    private static final String FILE = "footprint.md";
    /** Regions after those of the last layer. */
    private static final int LAST = 2;

    private FootprintChecks() {
    }

    static void check(final Docs docs, final Formulas formulas) {
        regions(docs, formulas);
        order(docs);
        placement(docs);
        symbols(docs, formulas);
        example(docs);
        map(docs);
    }

    private static void symbols(final Docs docs, final Formulas formulas) {
        final Sample sample = new Sample(Samples.EXAMPLE, 5);
        final Table table = docs.table(FILE, "416-128-128-208", List.of("symbol", "value"));
        for (final Row row : table.rows()) {
            try {
                final long value = Expression.evaluate(docs.code(table, row, "symbol"), formulas.scope(sample));
                docs.expect(table, row, "value", value, sample.toString());
            } catch (final IllegalArgumentException | IndexOutOfBoundsException e) {
                docs.problem(row, e.toString());
            }
        }
    }

    private static void regions(final Docs docs, final Formulas formulas) {
        final Table table = docs.table(FILE, "Regions", List.of("kind", "layer", "slots", "stride", "width"));
        final List<Row> used = new ArrayList<>();
        final List<Row> wrong = new ArrayList<>();
        for (final Sample sample : docs.samples) {
            for (final Region region : sample.layout().regions()) {
                final Scope scope = formulas.scope(sample).value("l", region.owner());
                final List<Row> rows = table.rows().stream().filter(row -> covers(docs, table, row, region, scope)).toList();
                if (rows.size() != 1) {
                    docs.problem(table, rows.size() + " rows for " + region + " of " + sample + ", expected one");
                    table.rows().stream().filter(row -> docs.code(table, row, "kind").equals(region.kind().name()))
                        .forEach(row -> docs.problem(row, "one of these should stand for " + region));
                    table.rows().stream().filter(row -> !used.contains(row))
                        .forEach(row -> docs.problem(row, "stands for no region of " + sample));
                    return;
                }
                final Row row = rows.getFirst();
                used.add(row);
                if (!wrong.contains(row)
                    && !(formulas.expect(table, row, "slots", scope, region.slots(), sample + ", " + region)
                    && formulas.expect(table, row, "stride", scope, region.strideBytes(), sample + ", " + region)
                    && formulas.expect(table, row, "width", scope, region.width(), sample + ", " + region))) {
                    wrong.add(row);
                }
            }
        }
        table.rows().stream().filter(row -> !used.contains(row)).forEach(row -> docs.problem(row, "stands for no region"));
    }

    /** Whether a row of formulas, for a layer {@code L} or layers {@code 1..L}, covers a region. */
    private static boolean covers(
        final Docs docs, final Table table, final Row row, final Region region, final Scope scope) {
        final String[] layers = docs.code(table, row, "layer").split("\\.\\.");
        try {
            return docs.code(table, row, "kind").equals(region.kind().name())
                && region.owner() >= Expression.evaluate(layers[0], scope)
                && region.owner() <= Expression.evaluate(layers[layers.length - 1], scope);
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }

    private static void order(final Docs docs) {
        final ImageLayout layout = Samples.EXAMPLE;
        final List<String> expected = List.of(
            "once:             " + String.join(", ", layout.regions().stream().limit(5).map(region ->
                region.kind() + (region.owner() == layout.geometry().wiring().last() ? " L" : " " + region.owner())).toList()),
            "for l = 1 .. L:   " + String.join(", ", layout.regions().stream().filter(region ->
                region.owner() == 3 && region.kind() != Region.Kind.TARGET).map(region -> region.kind() + " l").toList()),
            "then:             " + String.join(", ", layout.regions().stream().skip(layout.regions().size() - LAST).map(region ->
                region.kind() + " " + region.owner()).toList()));
        docs.expectLines(docs.drawing(FILE, "Placement"), expected);
        int next = 5;
        for (int l = 1; l <= layout.geometry().wiring().last(); l++) {
            for (final String kind : expected.get(1).replaceFirst(".*: +", "").replace(" l", "").split(", ")) {
                if (l > 1 || !kind.equals("ECHO")) {
                    final Region region = layout.regions().get(next++);
                    if (!region.kind().name().equals(kind) || region.owner() != l) {
                        throw new AssertionError(region + " stands where " + kind + " " + l + " was expected");
                    }
                }
            }
        }
        if (next != layout.regions().size() - LAST) {
            throw new AssertionError(layout.regions().get(next) + " stands where one of the last regions was expected");
        }
    }

    /** Places the regions by the documented rule, with the numbers of the table alone. */
    private static void placement(final Docs docs) {
        final Table table = docs.table(FILE, "Placement", List.of("number", "value", "constant"));
        final List<String> names = List.of("line", "counters' line", "page", "regions apart");
        if (!table.rows().stream().map(row -> docs.code(table, row, "number")).toList().equals(names)) {
            docs.problem(table, "expected the rows " + names);
            return;
        }
        final long[] numbers = new long[names.size()];
        for (int i = 0; i < numbers.length; i++) {
            final Row row = table.rows().get(i);
            numbers[i] = docs.number(table, row, "value");
            final String constant = docs.code(table, row, "constant");
            if (Constants.named(constant) == null) {
                docs.problem(row, "there is no constant " + constant);
            } else {
                docs.expect(table, row, "value", Constants.value(Constants.named(constant)), constant);
            }
        }
        if (!docs.problems.isEmpty()) {
            return;
        }
        for (final Sample sample : docs.samples) {
            final List<Region> regions = sample.layout().regions();
            long end = 0;
            for (int i = 0; i < regions.size(); i++) {
                final long line = regions.get(i).kind() == Region.Kind.COUNTERS ? numbers[1] : numbers[0];
                long offset = (end + line - 1) / line * line;
                while (crowded(regions.subList(0, i), offset, (int) numbers[3], numbers[2])) {
                    offset += line;
                }
                if (offset > end + (numbers[3] + 3) * numbers[0]) {
                    docs.problem(table, "more lines than that before " + regions.get(i) + " of " + sample);
                }
                if (offset != regions.get(i).offset()) {
                    docs.problem(table, "the rule places " + regions.get(i) + " of " + sample + " at " + offset);
                    return;
                }
                end = offset + regions.get(i).bytes();
            }
            final long bytes = (end + numbers[0] - 1) / numbers[0] * numbers[0];
            if (bytes != sample.layout().imageBytes()) {
                docs.problem(table, "the rule gives " + bytes + " bytes for " + sample);
            }
        }
    }

    private static boolean crowded(final List<Region> before, final long offset, final int apart, final long page) {
        for (int k = 0; k < before.size(); k++) {
            final Region.Kind kind = before.get(k).kind();
            final boolean kept = k >= before.size() - apart || kind == Region.Kind.ZEROS || kind == Region.Kind.TARGET;
            if (kept && (before.get(k).offset() - offset) % page == 0) {
                return true;
            }
        }
        return false;
    }

    private static void example(final Docs docs) {
        final Table table = docs.table(
            FILE, "416-128-128-208", List.of("kind", "layer", "offset", "stride", "slots", "bytes"));
        final List<Region> regions = Samples.EXAMPLE.regions();
        if (table.rows().size() != regions.size() + 1) {
            docs.problem(table, table.rows().size() + " rows, expected " + (regions.size() + 1));
            return;
        }
        for (int i = 0; i < regions.size(); i++) {
            final Region region = regions.get(i);
            final Row row = table.rows().get(i);
            docs.expect(table, row, "kind", region.kind(), "region " + i);
            docs.expect(table, row, "layer", region.owner(), region.toString());
            docs.expect(table, row, "offset", region.offset(), region.toString());
            docs.expect(table, row, "stride", region.strideBytes(), region.toString());
            docs.expect(table, row, "slots", region.slots(), region.toString());
            docs.expect(table, row, "bytes", region.bytes(), region.toString());
        }
        docs.expect(table, table.rows().getLast(), "kind", "image", "the last row");
        docs.expect(table, table.rows().getLast(), "bytes", Samples.EXAMPLE.imageBytes(), "ImageLayout.imageBytes");
    }

    /** A bar for each region: the characters of {@code 8,192} bytes that the region touches. */
    private static void map(final Docs docs) {
        final int bytes = 8192;
        final Drawing drawing = docs.drawing(FILE, "416-128-128-208");
        if (!drawing.caption().contains(String.format(Locale.ROOT, "1 character = %,d bytes", bytes))) {
            docs.problem(new Cell(drawing.file(), drawing.line(), 0, ""), "no scale of 8,192 bytes above the drawing");
        }
        final int width = (int) ((Samples.EXAMPLE.imageBytes() + bytes - 1) / bytes);
        final List<String> lines = new ArrayList<>();
        for (final Region region : Samples.EXAMPLE.regions()) {
            final int from = (int) (region.offset() / bytes);
            final int to = (int) ((region.end() + bytes - 1) / bytes);
            lines.add(String.format(Locale.ROOT, "%7s  %-12s |%s%s%s|", String.format(Locale.ROOT, "%,d", region.offset()),
                region.kind() + " " + region.owner(), " ".repeat(from), "#".repeat(to - from), " ".repeat(width - to)));
        }
        docs.expectLines(drawing, lines);
    }

}
