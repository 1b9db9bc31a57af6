package org.tickwave.bench.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tickwave.bench.page.Html;

/** What a figure shows, in words. */
final class FigureText {
    private static final String DASH = "–";

    private FigureText() {
    }

    /** Whether the paper has the figure, under its number. */
    static boolean isOfThePaper(final Figure figure) {
        return figure.id().matches("\\d+[A-Z]?");
    }

    static String heading(final Figure figure) {
        return isOfThePaper(figure) ? "Figure " + figure.id() + ": " + figure.title() : figure.title();
    }

    static int lastTick(final Figure figure) {
        return figure.firstTick() + figure.cells().size() - 1;
    }

    /** Whether a layer is an input. A layer in a cycle may have level 0 too, but such a layer has errors. */
    static boolean isInput(final Figure figure, final int layer) {
        return figure.layers().get(layer).level() == 0 && figure.cells().stream().allMatch(row -> row.get(layer).targets().isEmpty());
    }

    /** The whole figure in a few sentences. */
    static String summary(final Figure figure) {
        final String layers = figure.layers().stream().map(Figure.Column::name).collect(Collectors.joining(", "));
        return "Layers from left to right: " + layers + ". Ticks from top to bottom: " + figure.firstTick() + " to " + lastTick(figure)
            + ". First tick with a frame's input in the activation: " + arrivals(figure, cell -> !cell.forward().isEmpty())
            + ". First tick with a frame's target in the error: " + arrivals(figure, cell -> !cell.targets().isEmpty())
            + ". First tick with an exact gradient: " + arrivals(figure, Cell::exact) + ".";
    }

    private static String arrivals(final Figure figure, final Predicate<Cell> there) {
        final List<String> found = new ArrayList<>();
        for (int l = 0; l < figure.layers().size(); l++) {
            final int layer = l;
            IntStream.range(0, figure.cells().size()).filter(row -> there.test(figure.cells().get(row).get(layer))).findFirst()
                .ifPresent(row -> found.add(called(figure, layer) + " at tick " + (figure.firstTick() + row)));
        }
        return found.isEmpty() ? "no layer" : String.join(", ", found);
    }

    /** The layers of a chain have only numbers. */
    private static String called(final Figure figure, final int layer) {
        final String name = figure.layers().get(layer).name();
        return Character.isDigit(name.charAt(0)) ? "layer " + name : name;
    }

    /** One tick in one sentence. */
    static String row(final Figure figure, final int row) {
        return "Forward wave in " + layers(figure, row, cell -> !cell.forward().isEmpty()) + "; backward wave in "
            + layers(figure, row, cell -> !cell.targets().isEmpty()) + "; exact gradient in " + layers(figure, row, Cell::exact) + ".";
    }

    private static String layers(final Figure figure, final int row, final Predicate<Cell> wanted) {
        final List<Cell> cells = figure.cells().get(row);
        final List<String> ranges = new ArrayList<>();
        for (int l = 0; l < cells.size(); l++) {
            if (wanted.test(cells.get(l))) {
                final int first = l;
                while (l + 1 < cells.size() && wanted.test(cells.get(l + 1))) {
                    l++;
                }
                final String last = called(figure, l);
                ranges.add(first == l ? last : called(figure, first) + (l == first + 1 ? " and " : " to ") + last);
            }
        }
        return ranges.isEmpty() ? "no layer" : String.join(", ", ranges);
    }

    /** What a cell holds: a heading, then lines of the form {@code name: value}. */
    static List<String> cell(final Figure figure, final int row, final int layer) {
        final Figure.Column column = figure.layers().get(layer);
        final Cell cell = figure.cells().get(row).get(layer);
        final List<String> lines = new ArrayList<>();
        lines.add("Layer " + column.name() + ", tick " + (figure.firstTick() + row));
        lines.add("Forward wave: " + (cell.forward().isEmpty() ? "no frame has arrived" : "the input of " + frames(cell.forward())));
        if (isInput(figure, layer)) {
            lines.add("Backward wave: ends above the input");
            return lines;
        }
        lines.add("Backward wave: " + (cell.targets().isEmpty() ? "no target has arrived" : "the target of " + frames(cell.targets())));
        lines.add("Inputs in the error: " + (cell.inputs().isEmpty() ? "no frame's" : "those of " + frames(cell.inputs())));
        if (cell.gap() == null) {
            lines.add("Gradient: there is no frame to compare with");
        } else {
            lines.add("Gradient: compared with the true one of frame " + cell.frame());
            lines.add("Relative error: " + Html.number(cell.gap().relative()));
            lines.add("Cosine: " + Html.number(cell.gap().cosine()));
            lines.add("Exact: " + (cell.exact() ? "yes, up to rounding" : "no"));
        }
        return lines;
    }

    /** Frames in a sentence. */
    static String frames(final List<Integer> frames) {
        final int n = frames.size();
        if (n == 1) {
            return "frame " + frames.getFirst();
        }
        if (n > 2 && consecutive(frames)) {
            return "frames " + frames.getFirst() + " to " + frames.getLast();
        }
        return "frames " + frames.subList(0, n - 1).stream().map(String::valueOf).collect(Collectors.joining(", ")) + " and " + frames.getLast();
    }

    /** Frames in at most five characters, as long as their numbers have two digits. */
    static String label(final List<Integer> frames) {
        return switch (frames.size()) {
            case 0 -> "";
            case 1 -> frames.getFirst().toString();
            case 2 -> frames.getFirst() + (consecutive(frames) ? DASH : ",") + frames.getLast();
            default -> frames.getFirst() + (consecutive(frames) ? DASH : "…") + frames.getLast();
        };
    }

    /** The figure as a table. */
    static List<List<String>> table(final Figure figure) {
        final List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < figure.cells().size(); row++) {
            final List<String> cells = new ArrayList<>(List.of(Integer.toString(figure.firstTick() + row)));
            for (final Cell cell : figure.cells().get(row)) {
                cells.add((cell.forward().isEmpty() ? DASH : label(cell.forward())) + " | "
                    + (cell.targets().isEmpty() ? DASH : label(cell.targets())) + (cell.exact() ? " exact" : ""));
            }
            rows.add(cells);
        }
        return rows;
    }

    private static boolean consecutive(final List<Integer> frames) {
        return IntStream.range(1, frames.size()).allMatch(i -> frames.get(i) == frames.get(i - 1) + 1);
    }
}
