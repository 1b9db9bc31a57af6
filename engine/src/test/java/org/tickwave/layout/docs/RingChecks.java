package org.tickwave.layout.docs;

import java.util.ArrayList;
import java.util.List;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.docs.Boxes.Box;
import org.tickwave.layout.docs.Document.Row;
import org.tickwave.layout.docs.Document.Table;
import org.tickwave.layout.docs.Expression.Scope;
import org.tickwave.layout.docs.Samples.Sample;

/** rings.md: slots, rings, delays and depths, and which vector each slot holds in which tick. */
final class RingChecks {
    private static final String FILE = "rings.md";
    private static final List<String> RULES = List.of("diffusion", "window:R", "aligned");
    private static final int TICK = 7;

    private RingChecks() {
    }

    static void check(final Docs docs, final Formulas formulas) {
        final Table slot = docs.table(FILE, "A slot", List.of("offset", "bytes", "type", "name"));
        Constants.offsets(docs, slot, SlotDescriptor.class, "", "VECTOR_OFFSET", SlotDescriptor.VECTOR_OFFSET);
        Boxes.check(docs, docs.drawing(FILE, "A slot"), Constants.boxes(docs, slot));
        used(docs, slot);
        places(docs, formulas);
        ring(docs);
        delays(docs, formulas);
        depths(docs, formulas);
        docs.expectLines(docs.drawing(FILE, "Slot by slot"), Ticks.RUN.stamps);
        docs.expectLines(docs.drawing(FILE, "Slot by slot"), Ticks.RUN.frames);
        tick(docs);
    }

    private static void used(final Docs docs, final Table slot) {
        final List<String> rings = List.of("x_0", "x_l", "target", "δ", "e");
        final Table table = docs.table(FILE, "A slot", List.of("field", "x_0", "x_l", "target", "δ", "e"));
        for (final Row row : table.rows()) {
            final String field = docs.code(table, row, "field");
            for (final String ring : rings) {
                final boolean set = Fields.SEEN.used.contains(ring + " " + field);
                docs.expect(table, row, ring, set ? "set" : "0", "seen in 40 ticks");
            }
        }
        final List<String> fields = table.rows().stream().map(row -> docs.code(table, row, "field")).toList();
        slot.rows().stream().map(row -> docs.code(slot, row, "name")).filter(name -> !fields.contains(name))
            .forEach(name -> docs.problem(table, "no row for " + name));
    }

    private static void places(final Docs docs, final Formulas formulas) {
        final Table table = docs.table(FILE, "A ring", List.of("what", "formula"));
        for (final Row row : table.rows()) {
            for (final Sample sample : docs.samples) {
                final RingDescriptor ring = sample.layout().activation(0);
                final Scope scope = formulas.scope(sample).value("t", 23).value("offset", ring.offset())
                    .value("slots", ring.slots()).value("stride", ring.strideBytes());
                final long expected = switch (docs.code(table, row, "what")) {
                    case "slot of tick t" -> ring.slot(23);
                    case "vector of tick t" -> ring.slot(23) + SlotDescriptor.VECTOR_OFFSET;
                    default -> -1;
                };
                if (!formulas.expect(table, row, "formula", scope, expected, sample.toString())) {
                    break;
                }
            }
        }
        if (table.rows().size() != 2) {
            docs.problem(table, "expected rows for the slot and for the vector of tick t");
        }
    }

    private static void ring(final Docs docs) {
        final RingDescriptor ring = Samples.EXAMPLE.activation(2);
        final List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < ring.slots(); i++) {
            final long at = ring.slotAt(i) - ring.offset();
            boxes.add(new Box("line", at, at + SlotDescriptor.VECTOR_OFFSET));
            boxes.add(new Box("vector", at + SlotDescriptor.VECTOR_OFFSET, at + ring.strideBytes()));
        }
        Boxes.check(docs, docs.drawing(FILE, "A ring"), boxes);
    }

    private static boolean follows(final Sample sample, final String rule) {
        return switch (rule) {
            case "diffusion" -> sample.ticks() == 0;
            case "window:R" -> sample.ticks() > 0;
            case "aligned" -> sample.aligned();
            default -> true;
        };
    }

    private static void delays(final Docs docs, final Formulas formulas) {
        final Table table = docs.table(FILE, "Delays", List.of("rule", "p(l)", "q(l)", "T"));
        final List<String> rules = table.rows().stream().map(row -> docs.code(table, row, "rule")).toList();
        if (!rules.equals(RULES)) {
            docs.problem(table, "rules are " + rules + ", expected " + RULES);
            table.rows().stream().filter(row -> !RULES.contains(docs.code(table, row, "rule")))
                .forEach(row -> docs.problem(row, "there is no such rule"));
        }
        for (final Row row : table.rows()) {
            for (final Sample sample : docs.samples) {
                if (follows(sample, docs.code(table, row, "rule"))) {
                    delays(docs, formulas, table, row, sample);
                }
            }
        }
    }

    private static void delays(
        final Docs docs, final Formulas formulas, final Table table, final Row row, final Sample sample) {
        final Wiring wiring = sample.geometry().wiring();
        for (int l = 1; l <= sample.geometry().wiring().last(); l++) {
            final Scope scope = formulas.scope(sample).value("l", l);
            final String what = sample + ", l = " + l;
            if (!formulas.expect(table, row, "p(l)", scope, wiring.age(l), what)
                || !formulas.expect(table, row, "q(l)", scope, wiring.slopeAge(l), what)
                || !formulas.expect(table, row, "T", scope, wiring.targetAge(wiring.last()), what)) {
                return;
            }
        }
    }

    private static void depths(final Docs docs, final Formulas formulas) {
        final List<String> columns = List.of("ring", "any rule", "diffusion", "window:R", "aligned");
        final Table table = docs.table(FILE, "Depths", columns);
        final List<String> rings = List.of("x_0", "x_l, 0 < l < L", "x_L", "target", "δ_l", "e_l");
        final List<String> found = table.rows().stream().map(row -> docs.code(table, row, "ring")).toList();
        rings.stream().filter(ring -> !found.contains(ring)).forEach(ring -> docs.problem(table, "no row for " + ring));
        for (final Row row : table.rows()) {
            if (!rings.contains(docs.code(table, row, "ring"))) {
                docs.problem(row, "there is no such ring");
                continue;
            }
            for (final String rule : columns.subList(1, columns.size())) {
                docs.samples.stream().filter(sample -> follows(sample, rule))
                    .allMatch(sample -> depth(docs, formulas, table, row, rule, sample));
            }
        }
    }

    private static boolean depth(
        final Docs docs, final Formulas formulas, final Table table, final Row row, final String rule, final Sample sample) {
        final Geometry geometry = sample.geometry();
        final int layers = geometry.wiring().last();
        final String ring = docs.code(table, row, "ring");
        final int lowest = ring.startsWith("x_l") ? 1 : layers;
        final int highest = ring.startsWith("x_l") ? layers - 1 : layers;
        for (int l = lowest; l <= highest; l++) {
            final int expected = switch (ring) {
                case "x_0" -> geometry.activationSlots(0);
                case "target" -> geometry.targetSlots(layers);
                case "δ_l" -> geometry.deltaSlots();
                case "e_l" -> geometry.echoSlots(l);
                default -> geometry.activationSlots(l);
            };
            final Scope scope = formulas.scope(sample).value("l", l);
            if (!formulas.expect(table, row, rule, scope, expected, sample + ", l = " + l)) {
                return false;
            }
        }
        return true;
    }

    /** One tick of the network in the drawing of the slots. */
    private static void tick(final Docs docs) {
        final ImageLayout layout = Ticks.layout();
        final Wiring wiring = layout.geometry().wiring();
        final int layers = layout.geometry().wiring().last();
        final Table table = docs.table(FILE, "One tick", List.of(
            "layer", "x now", "x met", "slope", "target", "echo heard", "δ", "echo sent", "x next"));
        for (int l = 1; l <= layers; l++) {
            if (table.rows().size() < l) {
                docs.problem(table, "no row for layer " + l);
                continue;
            }
            final Row row = table.rows().get(l - 1);
            final RingDescriptor below = layout.activation(l - 1);
            docs.expect(table, row, "layer", l, "the layers in order");
            expect(docs, table, row, "x now", "x_" + (l - 1), below, TICK);
            expect(docs, table, row, "x met", "x_" + (l - 1), below, TICK - wiring.age(l));
            expect(docs, table, row, "slope", "x_" + l, layout.activation(l), TICK - wiring.slopeAge(l));
            expect(docs, table, row, "target", "target", l == layers ? layout.target(l) : null, TICK - wiring.targetAge(wiring.last()));
            expect(docs, table, row, "echo heard", "e_" + (l + 1), l == layers ? null : layout.echo(l + 1), TICK);
            expect(docs, table, row, "δ", "δ_" + l, layout.delta(l), TICK);
            expect(docs, table, row, "echo sent", "e_" + l, l == 1 ? null : layout.echo(l), TICK + 1);
            expect(docs, table, row, "x next", "x_" + l, layout.activation(l), TICK + 1);
        }
    }

    private static void expect(
        final Docs docs, final Table table, final Row row, final String column, final String name, final RingDescriptor ring,
        final long tick) {
        final String expected =
            ring == null ? "-" : name + "[" + tick + "] in " + (ring.slot(tick) - ring.offset()) / ring.strideBytes();
        docs.expect(table, row, column, expected, "RingDescriptor.slot");
    }
}
