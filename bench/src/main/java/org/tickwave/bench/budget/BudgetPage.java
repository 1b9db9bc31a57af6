package org.tickwave.bench.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.tickwave.bench.budget.BudgetReport.Answer;
import org.tickwave.bench.budget.BudgetReport.Cell;
import org.tickwave.bench.budget.BudgetReport.Model;
import org.tickwave.bench.budget.BudgetReport.Timed;
import org.tickwave.bench.page.Curve;
import org.tickwave.bench.page.Page;
import org.tickwave.bench.report.Units;

/** What the command {@code budget} found, as a page. */
public final class BudgetPage {
    private static final int MOST_LINES = 6;
    private static final int MOST_ROWS = 120;
    private static final List<String> CELL_HEADERS = List.of("network", "frames/s", "rule and hold", "budget of a tick", "p50", "p99", "p99.99",
        "by", "verdict", "headroom", "largest hold", "frame to answer", "frame to learnt");

    private final BudgetReport report;
    private final Page page = new Page("The budget of a tick", "en");

    private BudgetPage(final BudgetReport report) {
        this.report = report;
    }

    /** @param command the command line that made the report */
    public static Page of(final BudgetReport report, final String command) {
        return new BudgetPage(report).page(command);
    }

    private Page page(final String command) {
        page.style(HeatMap.STYLE);
        answers(command);
        if (report.cells().getFirst().depth() != null) {
            heatMaps();
            curves();
        }
        cells();
        measured();
        return page;
    }

    private void answers(final String command) {
        page.section("What fits").text("A network fits " + BudgetText.fits(report) + ". The budget of a tick is the time between two frames divided by the"
            + " ticks for which a frame is held. The headroom is the budget divided by the time that a slow tick needs of it.");
        page.table("The largest networks that fit", List.of("frames/s", "rule and hold", "widest", "deepest", "a frame may be held for"),
            report.answers().stream().map(BudgetPage::row).toList());
        if (report.live() != null) {
            page.text("Live: " + BudgetText.live(report.live()) + ".");
        }
        page.text("Made by " + command + ".");
    }

    private static List<String> row(final Answer answer) {
        return List.of(BudgetText.fps(answer.fps()), answer.title(), answer.widest() == null ? "–" : answer.widest().toString(),
            answer.deepest() == null ? "–" : answer.deepest().toString(), answer.largestHold() == null ? "no tick"
                : Units.count(answer.largestHold().hold()) + " ticks (" + answer.largestHold().network() + ")");
    }

    private void heatMaps() {
        page.section("Which width and depth").text(HeatMap.LEGEND);
        for (final Answer answer : report.answers()) {
            page.html(HeatMap.html(answer, of(answer)));
        }
    }

    private List<Cell> of(final Answer answer) {
        return report.cells().stream().filter(cell -> cell.fps() == answer.fps() && cell.title().equals(answer.title())).toList();
    }

    private void curves() {
        page.section("Time and headroom");
        for (final Model model : report.models()) {
            final Answer first = report.answers().stream().filter(answer -> answer.rule().equals(model.rule())).findFirst().orElseThrow();
            both("Median time of a tick, " + model.rule(), "time in us", of(first), cell -> cell.p50Ns() / 1e3);
        }
        final double fps = report.answers().getFirst().fps();
        page.text("The headroom at " + BudgetText.fps(fps) + " frames/s. At twice the rate it is half as large.");
        report.answers().stream().filter(answer -> answer.fps() == fps)
            .forEach(answer -> both("Headroom, " + answer.title(), "budget over need", of(answer), Cell::headroom));
    }

    private void both(final String title, final String label, final List<Cell> cells, final ToDoubleFunction<Cell> y) {
        curve(title + ", by width", "width", label, cells, Cell::width, Cell::depth, " layers", y);
        curve(title + ", by depth", "layers", label, cells, Cell::depth, Cell::width, " wide", y);
    }

    private void curve(
        final String title, final String xLabel, final String yLabel, final List<Cell> cells, final Function<Cell, Integer> x,
        final Function<Cell, Integer> line, final String unit, final ToDoubleFunction<Cell> y) {
        final List<Integer> xs = List.copyOf(new TreeSet<>(cells.stream().map(x).toList()));
        if (xs.size() < 2) {
            return;
        }
        final List<Curve.Line> lines = new ArrayList<>();
        for (final int each : some(List.copyOf(new TreeSet<>(cells.stream().map(line).toList())))) {
            lines.add(new Curve.Line(each + unit, xs.stream().map(at -> cells.stream()
                .filter(cell -> line.apply(cell) == each && x.apply(cell).equals(at)).mapToDouble(y).findFirst().orElse(Double.NaN)).toList()));
        }
        page.curve(new Curve(title, xLabel, yLabel, true, true, xs.stream().map(Integer::doubleValue).toList(), lines));
    }

    /** At most six of the values, with both ends. */
    private static List<Integer> some(final List<Integer> all) {
        if (all.size() <= MOST_LINES) {
            return all;
        }
        final List<Integer> some = new ArrayList<>();
        for (int i = 0; i < MOST_LINES; i++) {
            some.add(all.get(i * (all.size() - 1) / (MOST_LINES - 1)));
        }
        return some;
    }

    private void cells() {
        page.section("Times and verdicts");
        final List<Cell> shown = report.cells().stream().filter(cell -> report.cells().size() <= MOST_ROWS || cell.measured()).limit(MOST_ROWS).toList();
        if (shown.size() < report.cells().size()) {
            page.text("The table has " + shown.size() + " of " + report.cells().size()
                + " rows, those of networks that were measured. All are in the output of --json.");
        }
        page.table("What a tick may take, what it takes, and when its results are there", CELL_HEADERS, shown.stream().map(BudgetPage::row).toList());
    }

    private static List<String> row(final Cell cell) {
        if (cell.judged() == Verdict.NO_MEMORY) {
            return List.of(cell.network(), BudgetText.fps(cell.fps()), cell.title(), Units.time(cell.budgetNs()), "–", "–", "–", "–",
                cell.judged().words(), "–", "–", "–", "–");
        }
        return List.of(cell.network(), BudgetText.fps(cell.fps()), cell.title(), Units.time(cell.budgetNs()), Units.time(cell.p50Ns()),
            Units.time(cell.p99Ns()), Units.time(cell.p9999Ns()), cell.measured() ? "measured" : cell.extrapolated() ? "model, extrapolated" : "model",
            cell.judged().words(), BudgetText.number(cell.headroom()), Units.count(cell.largestHold()), Units.time(cell.answerNs()),
            Double.isNaN(cell.learntNs()) ? "–" : Units.time(cell.learntNs()));
    }

    private void measured() {
        page.section("What was measured");
        final BudgetReport.Machine machine = report.machine();
        page.text(machine.processors() + " processors, lanes of " + machine.lanes() + " bits, " + machine.jvm() + ", " + machine.system() + ". "
            + Units.bytes(machine.memoryBytes()) + " for an image.");
        report.models().forEach(model -> page.text("The model of " + BudgetText.model(model) + "."));
        page.table("Ticks that were timed, beside what the model says if it does not know this network", List.of("network", "rule", "threads",
            "weights", "ticks", "p50", "p99", "p99.99", "p50 by the model", "error"), report.measured().stream().map(BudgetPage::row).toList());
        page.text("With fewer than 10,000 ticks, p99.99 is the longest tick.");
    }

    private static List<String> row(final Timed of) {
        return List.of(of.network(), of.rule(), Integer.toString(of.threads()), Units.count(of.weights()), Units.count(of.ticks()),
            Units.time(of.p50Ns()), Units.time(of.p99Ns()), Units.time(of.p9999Ns()),
            Double.isNaN(of.error()) ? "–" : Units.time(of.predictedP50Ns()), Double.isNaN(of.error()) ? "–" : Units.percent(of.error()));
    }
}
