package org.tickwave.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tickwave.bench.forks.Machine;
import org.tickwave.bench.page.Curve;
import org.tickwave.bench.page.Html;
import org.tickwave.bench.page.Page;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.rows.SavedTables;

/** The page of a suite: charts, tables of everything, and the commands. */
final class SuitePage {
    private static final double PERCENT = 100;

    private final SuiteResult result;
    private final List<Figure> figures;
    private final SavedTables tables;
    private final Page page;
    /** Why sections are missing. */
    private final List<String> missing = new ArrayList<>();

    private SuitePage(final SuiteResult result, final List<Figure> figures, final SavedTables tables) {
        this.result = result;
        this.figures = figures;
        this.tables = tables;
        page = new Page("tickwave, suite " + result.suite(), "en");
    }

    static Page of(final SuiteResult result, final List<Figure> figures, final SavedTables tables) {
        return new SuitePage(result, figures, tables).build();
    }

    private Page build() {
        summary();
        ratios();
        time();
        batches();
        tables();
        scaling();
        chart("Roofline", "A line is a limit of this machine, measured in the same rounds; a point is a figure.", Charts.roofline(figures),
            "No roofline: no ceiling of this suite counts bytes alone or multiply-adds alone.");
        chart("Tails", "Each operation is timed alone. The .hgrm files hold the whole distributions.", Charts.tails(figures),
            "No tails: no benchmark was measured operation by operation.");
        allocation();
        table();
        missing();
        machine();
        commands();
        return page;
    }

    private void summary() {
        page.section("What was measured");
        page.text("Every figure is the median of its forks; a fork is a process of its own, and its score is the median of its iterations. In each"
            + " round every benchmark has one fork, so ours, peers and ceilings stand beside each other in time. " + result.forks() + " forks in "
            + result.rounds() + " complete rounds of " + result.roundsPlanned() + ".");
        switch (result.end()) {
            case INTERRUPTED -> page.text("The suite was interrupted: these are the forks until then.");
            case FAILED -> page.text("The suite failed: see below what was refused.");
            case DONE -> { }
        }
        final long marked = result.figures().stream().filter(SuiteResult.FigureJson::marked).count();
        page.text(marked + " of " + result.figures().size() + " figures are marked with * because their forks disagree by more than "
            + Math.round(result.mark() * PERCENT) + " %.");
        notMeasured("Refused: a wrong answer, or no result", result.refused());
        notMeasured("Skipped: this machine lacks something", result.skipped());
    }

    private void notMeasured(final String caption, final List<NotMeasured> all) {
        if (!all.isEmpty()) {
            page.table(caption, List.of("benchmark", "parameters", "why"),
                all.stream().map(each -> List.of(each.benchmark(), join(each.params()), each.why())).toList());
        }
    }

    private static String join(final List<?> all) {
        return all.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private void ratios() {
        if (result.ratios().isEmpty()) {
            missing.add("No ratios: nothing was measured beside a peer or a ceiling.");
            return;
        }
        page.section("Ours beside peers and ceilings");
        page.text("The time of the other divided by ours: above 1 ours is faster. The ratio is that of the best iterations, each the best of the rounds"
            + " that have both. On a machine that is shared, a fork may be slow from its beginning to its end. Then the median of a few rounds jumps, and the best"
            + " iteration seldom does. The median and the interval are those of the rounds: in each, the score of the other's fork divided by that of ours. There is no verdict where the intervals of the two times overlap, or with fewer"
            + " than 4 forks.");
        page.table("Ratios", List.of("place", "ours", "role", "other", "ratio", "rounds", "median", "interval", "verdict"),
            result.ratios().stream().map(ratio -> List.of(SuiteText.name(ratio.group(), ratio.axis(), ratio.x()), ratio.ours(), ratio.role().toString(),
                ratio.other(), SuiteText.number(ratio.bestRatio()), Integer.toString(ratio.spread().forks().size()), SuiteText.number(ratio.spread().median()),
                SuiteText.number(ratio.spread().low()) + " to " + SuiteText.number(ratio.spread().high()), SuiteText.verdict(ratio))).toList());
    }

    private void time() {
        final Map<String, List<Figure>> groups = Charts.groups(figures);
        if (groups.isEmpty()) {
            missing.add("No time by size: no group has figures at two places.");
            return;
        }
        page.section("Time by size");
        groups.forEach((group, all) -> page.curve(Charts.time(group, all)));
    }

    private void batches() {
        final List<List<String>> rows = Batches.rows(figures);
        if (rows.isEmpty()) {
            missing.add("No batches: no batch of several frames was measured. PyTorch is measured with batches if TICKWAVE_PROFILES=pytorch stands before the command.");
            return;
        }
        page.section("Batches");
        page.text("A step trains with all frames of a batch. The more frames a batch has, the less time a frame takes, and the longer its first frame"
            + " waits until the network has learnt from it: for the other frames, and then for the step. \"Too slow\": frames come faster than they"
            + " are learnt. A tick takes each frame when the frame comes.");
        page.table("Time for a frame, and how long the first frame of a batch waits", Batches.head(), rows);
    }

    private void tables() {
        if (!tables.isEmpty() || !tables.unreadable().isEmpty()) {
            page.section("Tables, beside MOA");
            tables.addTo(page);
        }
    }

    private void scaling() {
        if (result.fits().isEmpty()) {
            missing.add("No scaling: no series has figures at three places.");
            return;
        }
        page.section("Scaling");
        page.text("The exponent of time = constant times x to the power of the exponent, fitted to the medians. The knee is the first x whose"
            + " weights or memory are larger than the L2 of the cores that are used" + (result.l2Bytes() == null ? ", which this system does not tell."
            : "; one core has " + Units.bytes(result.l2Bytes()) + "."));
        page.table("Fitted exponents", List.of("group", "series", "x", "figures", "exponent", "knee", "exponent below", "exponent above"),
            result.fits().stream().map(fit -> List.of(fit.group(), fit.series(), fit.axis(), Integer.toString(fit.figures()),
                SuiteText.number(fit.exponent()), known(fit.kneeX()), known(fit.exponentBelow()), known(fit.exponentAbove()))).toList());
    }

    private static String known(final Double value) {
        return value == null ? "–" : Html.number(value);
    }

    private void chart(final String heading, final String text, final Curve curve, final String why) {
        if (curve == null) {
            missing.add(why);
        } else {
            page.section(heading).text(text).curve(curve);
        }
    }

    private void allocation() {
        final List<Curve> curves = new ArrayList<>();
        Charts.groups(figures).forEach((group, all) -> {
            final Curve curve = Charts.allocation(group, all);
            if (curve != null) {
                curves.add(curve);
            }
        });
        if (curves.isEmpty()) {
            missing.add("No allocation: no figure with an axis tells what it allocates.");
            return;
        }
        page.section("Allocation");
        page.text("Bytes that an operation allocates on the heap, in the best iteration of each fork: the last iteration includes the check of the answer.");
        curves.forEach(page::curve);
    }

    private void table() {
        if (result.figures().isEmpty()) {
            missing.add("No figures: no fork has finished.");
            return;
        }
        page.section("All figures");
        page.table("Times in ns for an operation; * marks forks that disagree", List.of("place", "role", "series", "forks", "best", "median", "interval",
            "GB/s", "multiply-adds/ns", "bytes allocated", "p99", "p99.99", "largest"), result.figures().stream().map(SuitePage::row).toList());
    }

    private static List<String> row(final SuiteResult.FigureJson figure) {
        final Tail.Percentiles tail = figure.tail();
        return List.of(SuiteText.name(figure.group(), figure.axis(), figure.x()), figure.role().toString(), figure.series(),
            Integer.toString(figure.spread().forks().size()), Html.number(figure.spread().best()),
            Html.number(figure.spread().median()) + (figure.spread().marked() ? " *" : ""),
            Html.number(figure.spread().low()) + " to " + Html.number(figure.spread().high()), known(figure.bytesPerNs()), known(figure.maddsPerNs()),
            known(figure.allocatedBytes()), tail == null ? "" : Html.number(tail.p99()), tail == null ? "" : Html.number(tail.p9999()),
            tail == null ? "" : Html.number(tail.max()));
    }

    private void missing() {
        if (tables.isEmpty()) {
            missing.addAll(SavedTables.HOW);
        }
        if (!missing.isEmpty()) {
            page.section("Not on this page");
            missing.forEach(page::text);
        }
    }

    private void machine() {
        final Machine machine = result.machine();
        page.section("Machine and JVM");
        page.table("Where the forks ran", List.of("what", "value"), List.of(
            List.of("processor", machine.cpu()), List.of("processors", Integer.toString(machine.processors())),
            List.of("L2 of one core", result.l2Bytes() == null ? "not known" : Units.bytes(result.l2Bytes())),
            List.of("system", machine.system()), List.of("JDK", machine.jdk()), List.of("directory of the JDK", machine.javaHome()),
            List.of("flags of the JVM", String.join(" ", machine.flags())), List.of("tickwave", result.version()),
            List.of("commit", (result.commit() == null ? "not in git" : result.commit()) + (result.uncommitted() ? ", and uncommitted changes" : "")),
            List.of("checksum of the classes", result.classes()),
            List.of("processors that others kept busy", result.busyProcessors() == null ? "not known" : Html.number(result.busyProcessors()))));
    }

    private void commands() {
        page.section("Commands");
        page.text("The whole suite: " + result.command());
        if (!result.figures().isEmpty()) {
            page.table("One fork of each benchmark", List.of("figure", "command"), result.figures().stream().map(figure -> List.of(
                SuiteText.name(figure.group(), figure.axis(), figure.x()) + ", " + figure.series(),
                "./tickwave bench " + figure.arguments().stream().map(SuitePage::quoted).collect(Collectors.joining(" ")))).toList());
        }
    }

    private static String quoted(final String argument) {
        return argument.matches("[\\w.=:/-]+") ? argument : "'" + argument + "'";
    }
}
