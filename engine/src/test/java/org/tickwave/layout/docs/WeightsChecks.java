package org.tickwave.layout.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tickwave.layout.AnswerDescriptor;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.Region;
import org.tickwave.layout.ScratchDescriptor;
import org.tickwave.layout.WeightsDescriptor;
import org.tickwave.layout.docs.Boxes.Box;
import org.tickwave.layout.docs.Document.Row;
import org.tickwave.layout.docs.Document.Table;
import org.tickwave.layout.docs.Expression.Scope;
import org.tickwave.layout.docs.Samples.Sample;

/** weights.md: panels, the vectors and scratch of a pass, and what an answer works in. */
final class WeightsChecks {
    private static final String FILE = "weights.md";
    /** Two rows and 71 columns at 256 bits, as in the drawing. */
    private static final ImageLayout DRAWN = Samples.sample(8, 0, 0, 71, 2).layout();

    /** Where panels and vectors end, at every lane width. */
    private static final int[] COLUMNS = {0, 6, 15, 16, 63, 64, 135, Integer.MAX_VALUE};

    private WeightsChecks() {
    }

    static void check(final Docs docs, final Formulas formulas) {
        panels(docs, formulas);
        drawing(docs);
        example(docs);
        scratch(docs, formulas);
        answer(docs, formulas);
        vectors(docs, formulas);
    }

    private static void panels(final Docs docs, final Formulas formulas) {
        final Table table = docs.table(FILE, "Panels", List.of("name", "formula"));
        final Set<String> missing = new TreeSet<>(List.of(
            "rows", "columns", "groups", "panels", "panelColumns", "rowBytes", "panelBytes", "panel(j)", "place(j)", "weight(i, j)"));
        for (final Row row : table.rows()) {
            final String name = docs.code(table, row, "name");
            if (!missing.remove(name)) {
                docs.problem(row, "WeightsDescriptor has no " + name + ", or it stood above");
                continue;
            }
            docs.samples.stream().allMatch(sample -> {
                boolean right = true;
                for (int l = 1; l <= sample.geometry().wiring().last() && right; l++) {
                    for (final int j : COLUMNS) {
                        right = right && panels(
                            docs, formulas, table, row, sample, l, Math.min(j, sample.geometry().width(l - 1) - 1));
                    }
                }
                return right;
            });
        }
        missing.forEach(name -> docs.problem(table, "no row for " + name));
    }

    private static boolean panels(
        final Docs docs, final Formulas formulas, final Table table, final Row row, final Sample sample, final int layer,
        final int j) {
        final WeightsDescriptor weights = sample.layout().weights(layer);
        final int i = weights.rows() - 1;
        final Scope scope = formulas.scope(sample).value("l", layer).value("offset", weights.offset())
            .value("i", i).value("j", j).value("groups", weights.groups())
            .function("panel", a -> weights.panel((int) a[0])).function("place", a -> weights.place((int) a[0]))
            .value("rowBytes", weights.rowBytes()).value("panelBytes", weights.panelBytes());
        final long expected = switch (docs.code(table, row, "name")) {
            case "rows" -> weights.rows();
            case "columns" -> weights.columns();
            case "groups" -> weights.groups();
            case "panels" -> weights.panels();
            case "panelColumns" -> weights.panelColumns();
            case "rowBytes" -> weights.rowBytes();
            case "panelBytes" -> weights.panelBytes();
            case "panel(j)" -> weights.panel(j);
            case "place(j)" -> weights.place(j);
            default -> weights.weight(i, j);
        };
        return formulas.expect(table, row, "formula", scope, expected, sample + ", l = " + layer);
    }

    private static void drawing(final Docs docs) {
        final WeightsDescriptor weights = DRAWN.weights(1);
        final List<Box> boxes = new ArrayList<>();
        for (int row = 0; row < weights.rows(); row++) {
            for (int first = 0; first < weights.columns(); first += weights.lanes()) {
                final int last = Math.min(first + weights.lanes(), weights.columns()) - 1;
                final long from = weights.weight(row, first) - weights.offset();
                final long to = weights.weight(row, last) - weights.offset() + Float.BYTES;
                boxes.add(new Box("W[" + row + "][" + first + ".." + last + "]", from, to));
            }
        }
        boxes.sort(Comparator.comparingLong(Box::from));
        long end = weights.panels() * weights.panelBytes();
        for (int i = boxes.size() - 1; i >= 0; i--) {
            if (boxes.get(i).to() < end) {
                boxes.add(i + 1, new Box("zeros", boxes.get(i).to(), end));
            }
            end = boxes.get(i).from();
        }
        Boxes.check(docs, docs.drawing(FILE, "Panels"), boxes);
    }

    private static void example(final Docs docs) {
        final Table table = docs.table(FILE, "Where a weight stands", List.of(
            "layer", "row", "column", "panel", "in its panel", "in the region", "in the image"));
        for (final Row row : table.rows()) {
            final int layer = (int) docs.number(table, row, "layer");
            final long i = docs.number(table, row, "row");
            final long j = docs.number(table, row, "column");
            if (layer < 1 || layer > 3 || i < 0 || i >= Samples.EXAMPLE.geometry().width(layer)
                || j < 0 || j >= Samples.EXAMPLE.geometry().width(layer - 1)) {
                docs.problem(row, "there is no such weight");
                continue;
            }
            final WeightsDescriptor weights = Samples.EXAMPLE.weights(layer);
            final long at = weights.weight((int) i, (int) j);
            final long panel = weights.panel((int) j);
            docs.expect(table, row, "panel", panel, "WeightsDescriptor");
            final long inRegion = at - weights.offset();
            docs.expect(table, row, "in its panel", inRegion - panel * weights.panelBytes(), "WeightsDescriptor");
            docs.expect(table, row, "in the region", inRegion, "WeightsDescriptor");
            docs.expect(table, row, "in the image", at, "WeightsDescriptor");
        }
        if (table.rows().size() < 4) {
            docs.problem(table, "fewer than four weights");
        }
    }

    private static void scratch(final Docs docs, final Formulas formulas) {
        final Table table = docs.table(FILE, "Scratch", List.of("offset", "bytes", "type", "name"));
        final Set<String> missing = new TreeSet<>();
        Arrays.stream(ScratchDescriptor.class.getRecordComponents()).forEach(part -> missing.add(part.getName()));
        for (final Row row : table.rows()) {
            final String name = docs.code(table, row, "name");
            docs.expect(table, row, "type", "float32[]", "everything in scratch");
            if (!missing.remove(name)) {
                docs.problem(row, "ScratchDescriptor has no " + name + ", or it stood above");
                continue;
            }
            for (final Sample sample : docs.samples) {
                final int layer = sample.geometry().wiring().last();
                final Scope scope = formulas.scope(sample).value("l", layer);
                final long[] range = range(sample.layout(), layer, name);
                if (!formulas.expect(table, row, "offset", scope, range[0], sample.toString())
                    || !formulas.expect(table, row, "bytes", scope, range[1] - range[0], sample.toString())) {
                    break;
                }
            }
        }
        missing.forEach(name -> docs.problem(table, "no row for " + name));
        final List<Box> boxes = new ArrayList<>();
        for (final String name : List.of("partials", "folds", "sums", "taught")) {
            final long[] range = range(Samples.EXAMPLE, 2, name);
            boxes.add(new Box(name, range[0], range[1]));
        }
        Boxes.check(docs, docs.drawing(FILE, "Scratch"), boxes);
    }

    private static long[] range(final ImageLayout layout, final int layer, final String name) {
        final ScratchDescriptor scratch = layout.scratch(layer);
        final long offset = scratch.partials();
        final Region region = layout.regions().stream()
            .filter(one -> one.kind() == Region.Kind.SCRATCH && one.owner() == layer).findFirst().orElseThrow();
        return switch (name) {
            case "partials" -> new long[] {0, scratch.folds() - offset};
            case "folds" -> new long[] {scratch.folds() - offset, scratch.sums() - offset};
            case "sums" -> new long[] {scratch.sums() - offset, scratch.taught() - offset};
            default -> new long[] {scratch.taught() - offset, region.bytes()};
        };
    }

    private static void answer(final Docs docs, final Formulas formulas) {
        final Table table = docs.table(FILE, "Answer", List.of("offset", "bytes", "type", "name"));
        final List<String> names = List.of("partials", "folds", "sums", "activations");
        final List<String> found = table.rows().stream().map(row -> docs.code(table, row, "name")).toList();
        if (!found.equals(names)) {
            docs.problem(table, "rows are " + found + ", expected " + names);
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            final Row row = table.rows().get(i);
            docs.expect(table, row, "type", "float32[]", "everything in the region");
            for (final Sample sample : docs.samples) {
                final List<Box> boxes = boxes(sample.layout());
                final Box last = boxes.getLast();
                final Box box = i < 3 ? boxes.get(i) : new Box(names.get(i), boxes.get(3).from(), last.to());
                if (!formulas.expect(table, row, "offset", formulas.scope(sample), box.from(), sample.toString())
                    || !formulas.expect(table, row, "bytes", formulas.scope(sample), box.to() - box.from(), sample.toString())) {
                    break;
                }
            }
        }
        Boxes.check(docs, docs.drawing(FILE, "Answer"), boxes(Samples.EXAMPLE));
    }

    /** The parts of the region ANSWER. */
    private static List<Box> boxes(final ImageLayout layout) {
        final AnswerDescriptor answer = layout.answer();
        final Region region = layout.regions().stream().filter(one -> one.kind() == Region.Kind.ANSWER).findFirst().orElseThrow();
        final long from = region.offset();
        final int last = layout.geometry().wiring().last();
        final List<Box> boxes = new ArrayList<>(List.of(
            new Box("partials", answer.partials() - from, answer.widest().folds() - from),
            new Box("folds", answer.widest().folds() - from, answer.widest().sums() - from),
            new Box("sums", answer.widest().sums() - from, answer.activation(0) - from)));
        for (int l = 0; l <= last; l++) {
            boxes.add(new Box(
                "x_" + l, answer.activation(l) - from, l == last ? region.bytes() : answer.activation(l + 1) - from));
        }
        return boxes;
    }

    /** Bias and zeros, which hold numbers and nothing else. */
    private static void vectors(final Docs docs, final Formulas formulas) {
        final Table table = docs.table(FILE, "Bare vectors", List.of("region", "offset", "bytes", "type", "numbers"));
        final Set<String> missing = new TreeSet<>(List.of("BIAS", "ZEROS"));
        for (final Row row : table.rows()) {
            final String kind = docs.code(table, row, "region");
            docs.expect(table, row, "type", "float32[]", "a bare vector");
            docs.expect(table, row, "offset", 0, "a bare vector");
            if (!missing.remove(kind)) {
                docs.problem(row, kind + " is no bare vector, or it stood above");
                continue;
            }
            for (final Sample sample : docs.samples) {
                final Geometry geometry = sample.geometry();
                final Region region = sample.layout().regions().stream()
                    .filter(one -> one.kind().name().equals(kind)).reduce((first, second) -> second).orElse(null);
                if (region != null) {
                    final Scope scope = formulas.scope(sample).value("l", region.owner());
                    if (!formulas.expect(table, row, "bytes", scope, region.strideBytes(), sample.toString())
                        || !formulas.expect(table, row, "numbers", scope, region.width(), sample.toString())) {
                        break;
                    }
                }
            }
        }
        missing.forEach(name -> docs.problem(table, "no row for " + name));
    }
}
