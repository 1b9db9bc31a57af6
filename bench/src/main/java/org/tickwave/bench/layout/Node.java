package org.tickwave.bench.layout;

import java.util.ArrayList;
import java.util.List;

/** A place in a column of a drawing: the box of a layer, or the place where a projection passes the column. */
final class Node {
    static final int NO_LAYER = -1;

    /** The layer; {@link #NO_LAYER} where a projection passes. */
    final int layer;
    final int column;
    /** The nodes to which lines lead in the columns before and after. */
    final List<Node> before = new ArrayList<>();
    final List<Node> after = new ArrayList<>();
    double height;
    /** The middle. */
    double y;
    /** The position in the column, from the top. */
    int index;

    Node(final int layer, final int column) {
        this.layer = layer;
        this.column = column;
    }

    boolean isBox() {
        return layer != NO_LAYER;
    }

    double top() {
        return y - height / 2;
    }

    double bottom() {
        return y + height / 2;
    }
}
