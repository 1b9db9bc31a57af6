package org.tickwave.bench.paper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tickwave.bench.page.Html;
import org.tickwave.bench.page.Page;
import org.tickwave.bench.stream.Printable;
import org.tickwave.safetensors.file.AtomicFile;

/** The pictures and the page of the command {@code paper}. */
public final class PaperPage {
    private static final String NAME = "paper.html";
    private static final double NS_PER_MS = 1e6;
    private static final String TITLE = "Backprop diffusion, redrawn and tested";

    private final Paper paper;
    /** For each figure, the name of its file. */
    private final Map<Figure, String> files = new LinkedHashMap<>();
    private final Page page = new Page(TITLE, "en").assets(PaperPage.class, "paper.css", "paper.js").style(FigureStyle.inPage());
    private int groups;

    private PaperPage(final Paper paper) {
        this.paper = paper;
        final Set<String> taken = new HashSet<>();
        for (final Figure figure : paper.figures()) {
            final String stem = "figure-" + Html.slug(figure.id()) + "-" + Html.slug(figure.rule());
            String name = stem;
            for (int i = 2; !taken.add(name); i++) {
                name = stem + "-" + i;
            }
            files.put(figure, name + ".svg");
        }
    }

    /**
     * Tests whether the page can be written, before the work for it begins. Creates the directory if it is missing.
     *
     * @throws IOException with a message of one line if it cannot
     */
    public static void check(final Path directory) throws IOException {
        if (!Files.isDirectory(directory) && !Files.exists(directory)) {
            try {
                Files.createDirectories(directory);
            } catch (final IOException e) {
                throw new IOException(Printable.text(directory.toString()) + ": cannot be created: " + AtomicFile.reason(e), e);
            }
        }
        AtomicFile.check(directory.resolve(NAME));
    }

    /**
     * Writes an SVG file for each figure, and {@code paper.html}. Each file is written as a whole or not at all.
     *
     * @param directory is created if it is missing
     * @return the files in the order in which they were written, the page last
     * @throws IOException with a message of one line if a file cannot be written
     */
    public static List<Path> write(final Paper paper, final Path directory) throws IOException {
        check(directory);
        final PaperPage made = new PaperPage(paper);
        final List<Path> written = new ArrayList<>();
        for (final Map.Entry<Figure, String> file : made.files.entrySet()) {
            final byte[] svg = FigureSvg.of(file.getKey()).getBytes(StandardCharsets.UTF_8);
            final Path path = directory.resolve(file.getValue());
            AtomicFile.write(path, out -> out.write(svg));
            written.add(path);
        }
        final Path path = directory.resolve(NAME);
        made.build().write(path);
        written.add(path);
        return written;
    }

    private Page build() {
        overview();
        final Map<Boolean, List<Figure>> kinds = paper.figures().stream().collect(Collectors.partitioningBy(FigureText::isOfThePaper));
        page.section("The waves, tick by tick").html(GroupHtml.LEGEND);
        groups(kinds.get(true));
        page.section("Beyond chains")
            .text("The paper says that its analysis extends to any acyclic graph, and suggests that cyclic graphs do the same. These are the same "
                + "pictures of such networks.");
        groups(kinds.get(false));
        claims();
        slipsAndBudgets();
        return page;
    }

    private void overview() {
        final int fallen = paper.fallen().size();
        page.section("Overview")
            .text("In Backprop Diffusion is Biologically Plausible, A. Betti and M. Gori let every layer of a network take one tick. Then "
                + "backpropagation becomes two waves: activations run forward, errors run backward, and where they meet a weight learns. This page "
                + "redraws the figures of the paper and tests its claims.")
            .text("Found by experiment: which frames are in the activation and in the error of a cell. One frame's input or target was changed, "
                + "alone, and the program looked at what changed in the rings of the engine. Taken from the learning rule: which activation the "
                + "gradient of a cell pairs with its error, and how late a target is. So that this cannot hide a fault, C4 to C7, Eq. 6 and Aligned "
                + "also look at what the weights of the engine learn in one tick. Gradients are compared with sequential backpropagation in double "
                + "precision.")
            .text(fallen == 0 ? "Every number keeps its bound. The verdicts say how far each claim holds."
                : fallen + " of " + paper.claims().size() + " claims have a number outside its bound.");
        page.html("<div class=\"verdicts\">\n");
        page.table("Claims and verdicts", List.of("Claim", "What the paper says", "Numbers", "Verdict"), paper.claims().stream()
            .map(claim -> List.of(claim.id(), claim.text(), ClaimHtml.mark(claim.holds()), claim.verdict())).toList());
        page.html("</div>\n");
    }

    private void groups(final List<Figure> figures) {
        figures.stream().collect(Collectors.groupingBy(Figure::id, LinkedHashMap::new, Collectors.toList())).values()
            .forEach(group -> page.html(GroupHtml.of(++groups, group, files)));
    }

    private void claims() {
        page.section("Claims").text("Each claim has a test, the numbers that came out, and a verdict. A bound stands where a number decides.");
        for (final Claim claim : paper.claims()) {
            page.html(ClaimHtml.of(claim));
            claim.curves().forEach(page::curve);
            page.html(ClaimHtml.END);
        }
    }

    private void slipsAndBudgets() {
        page.section("Slips of the text").text("Where the text of the paper slips, this is what was read instead.");
        page.table("Slips", List.of("Where", "Written", "Read"),
            paper.slips().stream().map(slip -> List.of(slip.where(), slip.written(), slip.read())).toList());
        page.section("Time for one tick")
            .text("A stream gives a network so much time for one tick. The rule and the number of ticks for a frame decide.");
        page.table("Budgets", List.of("Frames/s", "Layers", "By", "Time for one tick, in ms"), paper.budgets().stream()
            .map(budget -> List.of(Html.number(budget.framesPerSecond()), Integer.toString(budget.layers()), budget.way(),
                Html.number(budget.budgetNs() / NS_PER_MS))).toList());
    }
}
