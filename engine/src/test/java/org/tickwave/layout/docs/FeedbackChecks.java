package org.tickwave.layout.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.RandomWiring;
import org.tickwave.layout.Region;
import org.tickwave.layout.RegionTable;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.docs.Document.Row;
import org.tickwave.layout.docs.Document.Table;
import org.tickwave.layout.docs.Expression.Scope;
import org.tickwave.layout.docs.Samples.Sample;

/** feedback.md: the kinds of feedback, and the regions of random matrices and of their echoes. */
final class FeedbackChecks {
    private static final String FILE = "feedback.md";
    private static final String EXAMPLE = "416-128-128-208";
    private static final List<String> KINDS = List.of("FEEDBACK", "ECHO");

    private FeedbackChecks() {
    }

    static void check(final Docs docs, final Formulas formulas) {
        codes(docs);
        regions(docs, formulas);
        example(docs);
    }

    private static void codes(final Docs docs) {
        final Table table = docs.table(FILE, "Edges", List.of("code", "feedback"));
        final Feedback[] values = Feedback.values();
        if (table.rows().size() != values.length) {
            docs.problem(table, table.rows().size() + " rows, expected " + Arrays.toString(values));
        }
        for (int i = 0; i < Math.min(values.length, table.rows().size()); i++) {
            docs.expect(table, table.rows().get(i), "code", i, values[i].toString());
            docs.expect(table, table.rows().get(i), "feedback", values[i], "in the order of the codes");
        }
    }

    private static void regions(final Docs docs, final Formulas formulas) {
        final Table table = docs.table(FILE, "Regions", List.of("kind", "slots", "stride", "width"));
        final List<String> kinds = table.rows().stream().map(row -> docs.code(table, row, "kind")).toList();
        if (!kinds.equals(KINDS)) {
            docs.problem(table, "rows are " + kinds + ", expected " + KINDS);
            return;
        }
        for (final Row row : table.rows()) {
            for (final Sample sample : samples()) {
                if (!regions(docs, formulas, table, row, sample)) {
                    break;
                }
            }
        }
    }

    /** The networks of the other pages, with a random matrix wherever there can be one. */
    private static List<Sample> samples() {
        final List<Sample> samples = new ArrayList<>();
        for (final Sample sample : Samples.ALL) {
            final Geometry geometry = sample.geometry();
            final Wiring wiring = geometry.wiring();
            final int[] widths = new int[wiring.layers()];
            Arrays.setAll(widths, geometry::width);
            final int[] direct = wiring.last() > 2 ? new int[] {1, 2} : new int[0];
            samples.add(new Sample(new ImageLayout(new Geometry(
                geometry.lanes(), widths, RandomWiring.withFeedback(Feedback.RANDOM, wiring, direct), geometry.history())), sample.ticks()));
        }
        return samples;
    }

    private static boolean regions(
        final Docs docs, final Formulas formulas, final Table table, final Row row, final Sample sample) {
        final Wiring wiring = sample.geometry().wiring();
        for (final Region region : sample.layout().regions()) {
            if (region.kind().name().equals(docs.code(table, row, "kind"))) {
                final int lower = wiring.from(region.owner());
                final int upper = wiring.to(region.owner());
                // The wait as the text has it for a chain.
                final Scope scope = formulas.scope(sample).value("i", lower).value("o", upper).value("d", upper - lower - 1);
                if (!(formulas.expect(table, row, "slots", scope, region.slots(), sample + ", " + region)
                    && formulas.expect(table, row, "stride", scope, region.strideBytes(), sample + ", " + region)
                    && formulas.expect(table, row, "width", scope, region.width(), sample + ", " + region))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void example(final Docs docs) {
        final Table table = docs.table(FILE, EXAMPLE, List.of(
            "edge", "lower", "upper", "feedback", "waits", "FEEDBACK", "slots of FEEDBACK", "ECHO", "slots of ECHO"));
        final Wiring wiring = Wiring.chain(3).aligned()
            .withFeedback(new Feedback[] {Feedback.TRANSPOSE, Feedback.TRANSPOSE, Feedback.RANDOM}, 1);
        final RegionTable regions = new ImageLayout(new Geometry(16, new int[] {416, 128, 128, 208}, wiring, 0)).table();
        if (table.rows().size() != wiring.edges()) {
            docs.problem(table, table.rows().size() + " edges, expected " + wiring.edges());
        }
        for (int e = 1; e <= Math.min(wiring.edges(), table.rows().size()); e++) {
            final Row row = table.rows().get(e - 1);
            docs.expect(table, row, "edge", e, "Wiring");
            docs.expect(table, row, "lower", wiring.from(e), "Wiring");
            docs.expect(table, row, "upper", wiring.to(e), "Wiring");
            docs.expect(table, row, "waits", wiring.delay(e), "Wiring");
            docs.expect(table, row, "feedback", wiring.sendsEcho(e) ? wiring.feedback(e) : "-", "Wiring");
            for (final String kind : KINDS) {
                final Region.Kind of = Region.Kind.valueOf(kind);
                final boolean has = regions.has(of, e);
                docs.expect(table, row, kind, has ? regions.region(of, e).offset() : "-", "ImageLayout");
                docs.expect(table, row, "slots of " + kind, has ? regions.region(of, e).slots() : "-", "ImageLayout");
            }
        }
    }
}
