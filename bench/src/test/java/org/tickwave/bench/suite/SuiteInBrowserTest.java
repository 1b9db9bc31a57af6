package org.tickwave.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.page.Browser;
import org.tickwave.bench.rows.MadeRows;

/** The page of a suite in a real browser. */
class SuiteInBrowserTest {
    @TempDir
    private Path directory;

    @Test
    void everyChartIsDrawnAndHasWordsAndNothingIsAskedForOrCutOff() throws IOException {
        final Path file = directory.resolve("suite.html");
        Files.writeString(directory.resolve("tables.json"), MadeRows.json());
        MadeSuite.page(directory).write(file);
        final Browser browser = Browser.shared();
        for (final int width : List.of(Browser.WIDE, Browser.NARROW)) {
            browser.prefer(width == Browser.WIDE ? "light" : "dark");
            browser.load(file, width);
            assertEquals(4, browser.findAll(".plot canvas").size(), "time, roofline, tails, allocation");
            final List<String> words = browser.strings("return [...document.querySelectorAll('.plot')].map(e => e.getAttribute('aria-label'))");
            assertTrue(words.stream().allMatch(text -> text.contains("Line chart of")), words::toString);
            assertEquals(List.of(), browser.cutOff());
            assertEquals(List.of(), browser.console());
            assertEquals(List.of(file.toUri().toString()), browser.requests());
            browser.screenshot("suite-" + width);
        }
    }
}
