package org.tickwave.bench.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.page.Browser;

class AuditPageTest {
    @TempDir
    private Path directory;

    private static AuditReport report(final int frames, final int... widths) {
        final Network network = Network.chain(widths).build();
        final AuditedRun run = new AuditedRun(network, Rule.aligned(), 1, 1e-2f).run(1, frames);
        return AuditReport.of(network, 1, frames, 0, new Histogram(3), new Histogram(3), run.samples, null);
    }

    @Test
    void everyProjectionHasARowAndAChart() {
        final String html = AuditPage.of(report(60, 5, 4, 3), "<a stream>").html();
        assertTrue(html.contains("0 to 1") && html.contains("1 to 2"), html);
        assertTrue(html.contains("&lt;a stream&gt;"), html);
        assertFalse(html.contains("projections with the largest errors"), html);
    }

    @Test
    void onlyTheWorstOfManyProjectionsAreShown() {
        final String html = AuditPage.of(report(60, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2), "a stream").html();
        assertTrue(html.contains("the 8 of 10 projections with the largest errors"), html);
    }

    @Test
    void aRunWithNothingToCompareHasAPageToo() {
        assertTrue(AuditPage.of(report(1, 5, 4, 3), "a stream").html().contains("nothing to compare"));
        assertTrue(AuditPage.of(report(0, 5, 4, 3), "a stream").html().contains("nothing to compare"));
    }

    @Test
    void aBrowserShowsThePageWithoutAnErrorAndCutsNothingOff() throws IOException {
        final Browser browser = Browser.shared();
        final Path file = directory.resolve("audit.html");
        AuditPage.of(report(200, 8, 8, 8, 8, 4), "a stream with a long name " + "n".repeat(100)).write(file);
        for (final String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            for (final int width : List.of(Browser.WIDE, Browser.NARROW)) {
                browser.load(file, width);
                assertEquals(3 + 4, browser.findAll(".plot canvas").size());
                assertEquals(List.of(), browser.cutOff());
                assertEquals(List.of(), browser.console());
                browser.screenshot("audit-" + scheme + "-" + width);
            }
        }
    }
}
