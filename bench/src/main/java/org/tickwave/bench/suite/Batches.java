package org.tickwave.bench.suite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tickwave.bench.page.Html;
import org.tickwave.bench.report.Units;

/** What a batch saves and what it costs: less time for a frame, and a wait until the batch is full. */
final class Batches {
    /** Frames a second. */
    static final List<Integer> FPS = List.of(30, 60, 240, 1000);

    private static final String BATCH = "batch";
    private static final double NS_PER_S = 1e9;

    private Batches() {
    }

    /**
     * A row for each benchmark whose parameter {@code batch} says how many frames an operation trains with: parameters, ns for a step, ns for
     * a frame, and the wait at each frame rate. Empty if no batch has several frames.
     */
    static List<List<String>> rows(final List<Figure> figures) {
        final List<Figure> all = figures.stream().filter(figure -> figure.entry().params().containsKey(BATCH)).toList();
        if (all.stream().noneMatch(figure -> frames(figure) > 1)) {
            return List.of();
        }
        final Set<Entry.Measurement> seen = new HashSet<>();
        return all.stream().filter(figure -> seen.add(figure.entry().what())).map(Batches::row).toList();
    }

    static List<String> head() {
        final List<String> head = new ArrayList<>(List.of("parameters", "ns a step", "ns a frame"));
        FPS.forEach(fps -> head.add("wait at " + fps + " frames/s"));
        return head;
    }

    private static int frames(final Figure figure) {
        return Integer.parseInt(figure.entry().params().get(BATCH));
    }

    private static List<String> row(final Figure figure) {
        final int frames = frames(figure);
        final double stepNs = figure.spread().median() / figure.entry().scale();
        final List<String> row = new ArrayList<>(List.of(
            figure.entry().what().combination().params().stream().map(Object::toString).collect(Collectors.joining(" ")),
            Html.number(stepNs), Html.number(stepNs / frames)));
        FPS.forEach(fps -> row.add(wait(frames, stepNs, NS_PER_S / fps)));
        return row;
    }

    /** The first frame of a batch waits for the others, and then for the step. */
    private static String wait(final int frames, final double stepNs, final double intervalNs) {
        return stepNs > frames * intervalNs ? "too slow" : Units.time((frames - 1) * intervalNs + stepNs);
    }
}
