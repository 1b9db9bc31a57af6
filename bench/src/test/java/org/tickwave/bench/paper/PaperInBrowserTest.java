package org.tickwave.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.tickwave.bench.page.Browser;

/** The page of the paper in a real browser. */
class PaperInBrowserTest {
    private static final String FIRST = ".group .view:not([hidden]) ";
    @TempDir
    private static Path directory;
    private static Path file;
    private static Path drawing;
    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.shared();
        final List<Path> written = PaperPage.write(Papers.whole(), directory.resolve("out"));
        file = written.getLast();
        drawing = written.getFirst();
    }

    @Test
    void nothingIsCutOffOrAskedForAndTheConsoleIsEmpty() throws IOException {
        browser.prefer("light");
        browser.load(file, Browser.WIDE);
        nothingIsCutOff("paper-light-wide");
        browser.resize(Browser.NARROW);
        nothingIsCutOff("paper-light-narrow");
        assertEquals(List.of(), browser.console());
        assertEquals(List.of(file.toUri().toString()), browser.requests());
        browser.prefer("dark");
        browser.load(file, Browser.NARROW);
        nothingIsCutOff("paper-dark-narrow");
        browser.resize(Browser.WIDE);
        nothingIsCutOff("paper-dark-wide");
        assertEquals(List.of(), browser.console());
    }

    /** The names, captions, numbers and curves of a run are longer than those that a test makes up. */
    @Test
    @Tag("soak")
    void aRealRunIsNotCutOffEither() throws IOException {
        final Path real = PaperPage.write(ShortPaper.get(), directory.resolve("real")).getLast();
        browser.prefer("light");
        browser.load(real, Browser.WIDE);
        nothingIsCutOff("paper-real-wide");
        browser.resize(Browser.NARROW);
        nothingIsCutOff("paper-real-narrow");
        assertEquals(List.of(), browser.console());
        assertEquals(List.of(real.toUri().toString()), browser.requests());
    }

    private static void nothingIsCutOff(final String screenshot) throws IOException {
        assertEquals(List.of(), browser.cutOff());
        browser.screenshot(screenshot);
    }

    @Test
    void aDrawingIsLightOrDarkToo() throws IOException {
        browser.prefer("light");
        browser.load(drawing, Browser.WIDE);
        final String fill = "return getComputedStyle(document.querySelector('.back')).fill";
        assertEquals("rgb(255, 255, 255)", browser.run(fill));
        browser.screenshot("drawing-light");
        browser.prefer("dark");
        assertEquals("rgb(13, 17, 23)", browser.run(fill));
        browser.screenshot("drawing-dark");
        assertEquals(List.of(), browser.console());
    }

    /** The colours of the page and of the drawings follow the reader's system. */
    @Test
    void thePageIsLightOrDark() {
        browser.load(file, Browser.WIDE);
        for (final String of : List.of("document.body).backgroundColor", "document.querySelector('.figure .name')).fill",
            "document.querySelector('.figure .f3')).fill")) {
            browser.prefer("light");
            final Object light = browser.run("return getComputedStyle(" + of);
            browser.prefer("dark");
            assertTrue(!light.equals(browser.run("return getComputedStyle(" + of)), of);
        }
    }

    @Test
    void theScrubberWalksThroughTime() {
        browser.load(file, Browser.WIDE);
        assertEquals(0, browser.findAll(FIRST + ".row.later").size());
        final double mark = mark();
        browser.run("document.querySelector('input[type=range]').focus()");
        browser.press(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertEquals("2", browser.find(FIRST + "output").getText());
        assertEquals(3L, browser.run("return document.querySelector('svg').querySelectorAll('.row:not(.later)').length"));
        assertEquals("Forward wave in input to h2; backward wave in h7 to output; exact gradient in no layer.",
            browser.find(FIRST + ".row-says").getText());
        // Seventeen rows up: from tick 19 to tick 2.
        assertEquals(-17, (mark() - mark) / rowHeight(), .1);
    }

    @Test
    void aCellAnswersAClick() throws IOException {
        browser.load(file, Browser.NARROW);
        browser.prefer("light");
        browser.find(FIRST + ".row[data-tick='14'] .cell:nth-of-type(6)").click();
        final String panel = browser.find(FIRST + ".panel").getText();
        assertTrue(panel.startsWith("Layer h5, tick 14\n"), panel);
        assertTrue(panel.contains("the input of frame 9") && panel.contains("the target of frame 10") && panel.contains("Exact\nyes"), panel);
        browser.screenshot("paper-chosen");
        // The wave of frame 9 from the input on, and that of its target from the output on.
        assertEquals(List.of("9", "10", "11", "12", "13", "14", "15", "16", "17", "18"), ticksWith("with-f"));
        assertEquals(List.of("10", "11", "12", "13", "14", "15", "16", "17", "18"), ticksWith("with-b"));
        browser.find(FIRST + ".row[data-tick='14'] .cell:nth-of-type(6)").click();
        assertEquals("Choose a cell.", browser.find(FIRST + ".panel").getText());
    }

    @Test
    void aCellAnswersAKey() {
        browser.load(file, Browser.WIDE);
        assertEquals(1L, browser.run("return document.querySelector('svg').querySelectorAll('.cell[tabindex=\"0\"]').length"));
        browser.run("document.querySelector('.cell[tabindex=\"0\"]').focus()");
        browser.press(Keys.ARROW_DOWN);
        browser.press(Keys.ARROW_RIGHT);
        browser.press(Keys.END);
        browser.press(Keys.ENTER);
        assertTrue(browser.find(FIRST + ".panel").getText().startsWith("Layer output, tick 1\n"), browser.find(FIRST + ".panel").getText());
        browser.press(Keys.ARROW_UP);
        browser.press(Keys.ARROW_UP);
        browser.press(Keys.SPACE);
        assertTrue(browser.find(FIRST + ".panel").getText().startsWith("Layer output, tick 0\n"), browser.find(FIRST + ".panel").getText());
        browser.press(Keys.ESCAPE);
        assertEquals("Choose a cell.", browser.find(FIRST + ".panel").getText());
    }

    /** The rule that is chosen for one figure is shown in all that have it. */
    @Test
    void aRuleIsChosenForAllFigures() {
        browser.load(file, Browser.WIDE);
        browser.run("document.querySelector('.rules input').focus()");
        browser.press(Keys.ARROW_RIGHT);
        assertEquals(2, browser.findAll(".rules input[data-rule=aligned]:checked").size());
        assertTrue(browser.find(FIRST + ".rule").getText().contains("aligned"));
        browser.find(FIRST + ".row[data-tick='19'] .cell:nth-of-type(10)").click();
        assertTrue(browser.find(FIRST + ".panel").getText().contains("the target of frame 10"));
        assertEquals(List.of(), browser.console());
    }

    private static double mark() {
        return top("document.querySelector('.now')") - top("document.querySelector('svg')");
    }

    private static double rowHeight() {
        return top("document.querySelectorAll('.cell')[10]") - top("document.querySelector('.cell')");
    }

    private static double top(final String element) {
        return ((Number) browser.run("return " + element + ".getBoundingClientRect().top")).doubleValue();
    }

    private static List<String> ticksWith(final String kind) {
        return browser.strings("return [...document.querySelector('.group .view:not([hidden]) svg').querySelectorAll('." + kind
            + "')].map(c => c.parentNode.dataset.tick)");
    }
}
