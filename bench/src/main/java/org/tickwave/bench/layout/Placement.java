package org.tickwave.bench.layout;

import java.util.List;
import org.tickwave.layout.Wiring;

/** Where a drawing has the layers of a network, in columns by level, with few crossings of lines. */
public final class Placement {
    private static final double GAP = .35;
    private static final double LINE = .3;

    private final Columns columns;

    /** A place in a column. Boxes are 1 high. */
    public record Place(int column, double y) {
    }

    public Placement(final Wiring wiring) {
        columns = new Columns(wiring);
        columns.all().forEach(column -> column.forEach(node -> node.height = node.isBox() ? 1 : LINE));
        columns.spread(GAP);
    }

    /** How many columns there are. */
    public int columns() {
        return columns.all().size();
    }

    public Place layer(final int layer) {
        return place(columns.box(layer));
    }

    /** The places that a projection passes, from the lower layer to the upper one. */
    public List<Place> way(final int projection) {
        return columns.way(projection).stream().map(Placement::place).toList();
    }

    /** Whether a projection leads to its own column or to an earlier one. */
    public boolean leadsBack(final int projection) {
        return columns.leadsBack(projection);
    }

    private static Place place(final Node node) {
        return new Place(node.column, node.y);
    }
}
