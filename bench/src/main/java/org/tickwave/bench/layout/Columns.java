package org.tickwave.bench.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.tickwave.layout.Wiring;

/**
 * The layers of a network in columns, one for each level that has layers, and the way of each projection through the columns.
 *
 * <p>A projection that skips columns has a node of its own in each of them, so no other line or box lies there. The order within the
 * columns is the one with the fewest crossings that some sweeps find: each sweep sorts a column by the mean position of its neighbours.
 */
final class Columns {
    private static final int SWEEPS = 24;

    private final List<List<Node>> columns = new ArrayList<>();
    private final List<List<Node>> ways = new ArrayList<>();
    private final Node[] boxes;

    Columns(final Wiring wiring) {
        boxes = new Node[wiring.layers()];
        final List<Integer> levels = new ArrayList<>();
        for (int l = 0; l < wiring.layers(); l++) {
            levels.add(wiring.level(l));
        }
        final List<Integer> distinct = levels.stream().distinct().sorted().toList();
        distinct.forEach(_ -> columns.add(new ArrayList<>()));
        for (int l = 0; l < wiring.layers(); l++) {
            boxes[l] = add(l, distinct.indexOf(levels.get(l)));
        }
        ways.add(List.of());
        for (int k = 1; k <= wiring.projections(); k++) {
            ways.add(way(boxes[wiring.from(k)], boxes[wiring.to(k)]));
        }
        order();
    }

    private Node add(final int layer, final int column) {
        final Node node = new Node(layer, column);
        columns.get(column).add(node);
        return node;
    }

    /** The nodes of a projection from its lower to its upper layer. A way back has only these two, and connects no columns. */
    private List<Node> way(final Node from, final Node to) {
        final List<Node> way = new ArrayList<>(List.of(from));
        if (from.column < to.column) {
            for (int column = from.column + 1; column < to.column; column++) {
                way.add(add(Node.NO_LAYER, column));
            }
        }
        way.add(to);
        for (int i = 1; from.column < to.column && i < way.size(); i++) {
            way.get(i - 1).after.add(way.get(i));
            way.get(i).before.add(way.get(i - 1));
        }
        return way;
    }

    private void order() {
        number();
        List<List<Node>> best = copy();
        long fewest = crossings();
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            final boolean up = sweep % 2 == 0;
            for (final List<Node> column : up ? columns : columns.reversed()) {
                sort(column, up ? node -> node.before : node -> node.after);
            }
            final long crossings = crossings();
            if (crossings < fewest) {
                fewest = crossings;
                best = copy();
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.set(i, best.get(i));
        }
        number();
    }

    private List<List<Node>> copy() {
        final List<List<Node>> copy = new ArrayList<>();
        columns.forEach(column -> copy.add(new ArrayList<>(column)));
        return copy;
    }

    private void number() {
        columns.forEach(Columns::number);
    }

    private static void number(final List<Node> column) {
        for (int i = 0; i < column.size(); i++) {
            column.get(i).index = i;
        }
    }

    private static void sort(final List<Node> column, final Function<Node, List<Node>> neighbours) {
        final double[] means = column.stream().mapToDouble(
            node -> neighbours.apply(node).stream().mapToInt(other -> other.index).average().orElse(node.index)).toArray();
        column.sort(Comparator.comparingDouble(node -> means[node.index]));
        number(column);
    }

    private long crossings() {
        long crossings = 0;
        for (int c = 1; c < columns.size(); c++) {
            final List<int[]> lines = new ArrayList<>();
            columns.get(c - 1).forEach(node -> node.after.forEach(after -> lines.add(new int[] {node.index, after.index})));
            lines.sort(Comparator.<int[]>comparingInt(line -> line[0]).thenComparingInt(line -> line[1]));
            crossings += inversions(lines.stream().mapToInt(line -> line[1]).toArray(), columns.get(c).size());
        }
        return crossings;
    }

    /** How many pairs of numbers stand in the wrong order. The numbers before each one are counted in a Fenwick tree. */
    private static long inversions(final int[] numbers, final int limit) {
        final int[] counts = new int[limit + 1];
        long inversions = 0;
        for (int i = 0; i < numbers.length; i++) {
            int notGreater = 0;
            for (int at = numbers[i] + 1; at > 0; at -= at & -at) {
                notGreater += counts[at];
            }
            inversions += i - notGreater;
            for (int at = numbers[i] + 1; at <= limit; at += at & -at) {
                counts[at]++;
            }
        }
        return inversions;
    }

    /** The columns from the lowest level up, each from the top down. */
    List<List<Node>> all() {
        return columns;
    }

    Node box(final int layer) {
        return boxes[layer];
    }

    /** The nodes of a projection, from its lower to its upper layer. */
    List<Node> way(final int projection) {
        return ways.get(projection);
    }

    /** Whether a projection leads into its own or an earlier column. */
    boolean leadsBack(final int projection) {
        return way(projection).getLast().column <= way(projection).getFirst().column;
    }

    /**
     * Gives each node its height above the drawing's middle. Each sweep moves the nodes of a column as near to their neighbours as their
     * order and their heights allow.
     *
     * @param gap least distance between two nodes of a column, besides their heights
     */
    void spread(final double gap) {
        for (final List<Node> column : columns) {
            double y = 0;
            for (final Node node : column) {
                node.y = y + node.height / 2;
                y += node.height + gap;
            }
            final double middle = (y - gap) / 2;
            column.forEach(node -> node.y -= middle);
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            final boolean up = sweep % 2 == 0;
            for (final List<Node> column : up ? columns : columns.reversed()) {
                move(column, up ? node -> node.before : node -> node.after, gap);
            }
        }
    }

    /** Blocks of nodes that touch move to the mean of what their nodes want: the least sum of squares that keeps the order. */
    private static void move(final List<Node> column, final Function<Node, List<Node>> neighbours, final double gap) {
        final int n = column.size();
        final double[] offsets = new double[n];
        final List<double[]> blocks = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            final Node node = column.get(i);
            if (i > 0) {
                offsets[i] = offsets[i - 1] + column.get(i - 1).height / 2 + gap + node.height / 2;
            }
            final double wanted = neighbours.apply(node).stream().mapToDouble(other -> other.y).average().orElse(node.y);
            double[] block = {wanted - offsets[i], 1};
            while (!blocks.isEmpty() && blocks.getLast()[0] > block[0]) {
                final double[] before = blocks.removeLast();
                final double count = before[1] + block[1];
                block = new double[] {(before[0] * before[1] + block[0] * block[1]) / count, count};
            }
            blocks.add(block);
        }
        int i = 0;
        for (final double[] block : blocks) {
            for (final int end = i + (int) block[1]; i < end; i++) {
                column.get(i).y = block[0] + offsets[i];
            }
        }
    }
}
