package org.tickwave.bench.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tickwave.ImageShape;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkDescription.Projection;
import org.tickwave.bench.report.Units;
import org.tickwave.layout.Region;
import org.tickwave.layout.Wiring;

/** The layers, projections and regions of a network as text. */
public final class LayoutTable {
    private static final String NOTHING = "-";
    private static final String GAP = "  ";

    private final Plan plan;
    private final Wiring wiring;

    private LayoutTable(final Plan plan) {
        this.plan = plan;
        wiring = plan.wiring();
    }

    /** Three tables under a heading, and a last line with the size of the image. */
    public static String of(final Plan plan) {
        return new LayoutTable(plan).text();
    }

    private String text() {
        final int lanes = plan.geometry().lanes();
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
            "%s, %s%s, history %d, %d-bit lanes: panels of %d columns%n%n", plan.network(),
            wiring.balanced() ? "" : NetworkDescription.named(plan.description().balance()) + ", ",
            plan.rule(), plan.geometry().history(), lanes * Float.SIZE, plan.layout().weights(1).panelColumns()));
        append(text, 2, layers());
        append(text, 2, projections());
        append(text, 2, regions());
        final long bytes = plan.layout().imageBytes();
        return text.append(String.format(Locale.ROOT, "image: %s bytes, %s%n", Units.count(bytes), Units.bytes(bytes))).toString();
    }

    private List<List<String>> layers() {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("layer", "kind", "width", "level", "q", "T", "gate", "echo gate"));
        for (int l = 0; l < wiring.layers(); l++) {
            final boolean learns = l >= wiring.inputs();
            rows.add(List.of(plan.name(l), plan.role(l) == ImageShape.Role.INPUT ? "input"
                : plan.activation(l) + (plan.role(l) == ImageShape.Role.OUTPUT ? ", output" : "") + (plan.direct(l) ? ", direct" : ""),
                Units.count(plan.geometry().width(l)), number(wiring.level(l)), learns ? number(wiring.slopeAge(l)) : NOTHING,
                wiring.isOutput(l) ? number(wiring.targetAge(l)) : NOTHING, learns ? number(wiring.gate(l)) : NOTHING,
                learns ? number(wiring.echoGate(l)) : NOTHING));
        }
        return rows;
    }

    private List<List<String>> projections() {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("projection", "feedback", "length", "d", "p", "gate"));
        for (int k = 1; k <= wiring.projections(); k++) {
            final Projection projection = plan.projection(k);
            rows.add(List.of(plan.ends(k), wiring.sendsEcho(k) ? NetworkDescription.named(projection.feedback()) : NOTHING, number(projection.length()), number(wiring.delay(k)), number(wiring.age(k)),
                number(wiring.gate(wiring.to(k)))));
        }
        for (int edge = wiring.projections() + 1; edge <= wiring.edges(); edge++) {
            rows.add(List.of(plan.ends(edge), NetworkDescription.named(wiring.feedback(edge)), NOTHING, number(wiring.delay(edge)), NOTHING, NOTHING));
        }
        return rows;
    }

    private List<List<String>> regions() {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("kind", "of", "offset", "stride", "depth", "bytes", "size"));
        for (final Region region : plan.layout().regions()) {
            final int layer = Plan.layer(region);
            final int edge = Plan.edge(region);
            rows.add(List.of(region.kind().name(), layer >= 0 ? plan.name(layer) : edge > 0 ? plan.ends(edge) : NOTHING,
                Units.count(region.offset()), Units.count(region.strideBytes()), Units.count(region.slots()),
                Units.count(region.bytes()), Units.bytes(region.bytes())));
        }
        return rows;
    }

    private static String number(final int number) {
        return Integer.toString(number);
    }

    /** Words stand left, numbers stand right. */
    private static void append(final StringBuilder text, final int words, final List<List<String>> rows) {
        for (final List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                final int column = i;
                final int width = rows.stream().mapToInt(other -> other.get(column).length()).max().orElseThrow();
                final String blanks = " ".repeat(width - row.get(i).length());
                text.append(i == 0 ? "" : GAP).append(i < words ? row.get(i) + blanks : blanks + row.get(i));
            }
            text.append(System.lineSeparator());
        }
        text.append(System.lineSeparator());
    }
}
