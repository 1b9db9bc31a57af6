package org.tickwave.bench.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.page.Browser;

class BudgetPageTest {
    @TempDir
    private Path directory;

    private static long count(final String html, final String part) {
        return Pattern.compile(part, Pattern.LITERAL).matcher(html).results().count();
    }

    @Test
    void everyWayAtEveryRateHasAHeatMapInWordsToo() {
        final BudgetReport report = MadeBudget.report();
        final String html = BudgetPage.of(report, "./tickwave budget <x>").html();
        assertEquals(2 * 4, count(html, "class=\"scroll heat\""));
        for (final BudgetReport.Answer answer : report.answers()) {
            assertTrue(html.contains(HeatMap.alternative(answer)), () -> HeatMap.alternative(answer));
        }
        assertTrue(html.contains("./tickwave budget &lt;x&gt;"));
        assertTrue(html.contains("3 of 2,000 frames late, beside 1 of 2,000 of an empty loop"), html);
        // By width and by depth: times of two rules, headroom of four ways.
        assertEquals(2 * (2 + 4), count(html, "<figure class=\"curve\">"));
    }

    /** At 1,000 frames a second and a new frame in every tick, 500 us are there: 4 x 256 has 262 us, 8 x 256 has 524 us. */
    @Test
    void theFrontierIsDrawnWhereTheVerdictChanges() {
        final BudgetReport report = MadeBudget.report();
        final BudgetReport.Answer aligned = report.answers().stream().filter(answer -> answer.fps() == 1_000 && answer.way().equals(Way.EVERY_TICK))
            .findFirst().orElseThrow();
        final String html = HeatMap.html(aligned,
            report.cells().stream().filter(cell -> cell.fps() == 1_000 && cell.way().equals(Way.EVERY_TICK)).toList());
        assertTrue(html.contains("<td class=\"fits edge-below\" title=\"4 x 256: fits\"><b>+ 3.67</b></td>"), html);
        assertTrue(html.contains("title=\"8 x 256: tight\"><b>= 1.87</b></td>"), html);
        assertTrue(html.contains("edge-right\" title=\"8 x 128: fits\">"), html);
        // The network that was not measured is not underlined.
        assertTrue(html.matches("(?s).*title=\"4 x 128: fits\">\\+ [0-9.]+</td>.*"), html);
    }

    @Test
    void aReportOfLittleHasAPageToo() {
        final String html = BudgetPage.of(MadeBudget.reportOfLittle(), "x").html();
        assertTrue(html.contains("no memory"), html);
        assertTrue(html.contains("Nothing fits."), html);
        assertFalse(html.contains("NaN"), html);
    }

    @Test
    void aBrowserShowsThePageWithoutAnErrorAndCutsNothingOff() throws IOException {
        final Browser browser = Browser.shared();
        final Path file = directory.resolve("budget.html");
        BudgetPage.of(MadeBudget.report(), "./tickwave budget " + "--seconds 1 ".repeat(20)).write(file);
        for (final String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            for (final int width : List.of(Browser.WIDE, Browser.NARROW)) {
                browser.load(file, width);
                assertEquals(12, browser.findAll(".plot canvas").size());
                assertEquals(List.of(), browser.cutOff());
                assertEquals(List.of(), browser.console());
                browser.screenshot("budget-" + scheme + "-" + width);
            }
        }
    }
}
