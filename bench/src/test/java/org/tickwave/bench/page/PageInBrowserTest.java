package org.tickwave.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Charts and theme in a real browser. */
class PageInBrowserTest {
    @TempDir
    private static Path directory;
    private static Path file;
    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.shared();
        file = directory.resolve("a page.html");
        final Page page = new Page("A page of <charts>", "en").section("Two charts").text("Fine & <plain>.");
        page.curve(Curves.plain()).curve(Curves.gaps());
        page.section("Strange charts");
        Curves.hostile().forEach(page::curve);
        page.table("Numbers", List.of("name", "value"), List.of(List.of("a", "1"), List.of("b".repeat(80), "2")));
        page.write(file);
    }

    @Test
    void everyChartIsDrawnAndNothingIsAskedForOrCutOff() throws IOException {
        for (final int width : List.of(Browser.WIDE, Browser.NARROW)) {
            browser.prefer(width == Browser.WIDE ? "light" : "dark");
            browser.load(file, width);
            assertEquals(2 + Curves.hostile().size(), browser.findAll(".plot canvas").size());
            assertEquals(List.of(), browser.cutOff());
            assertEquals(List.of(), browser.console());
            assertEquals(List.of(file.toUri().toString()), browser.requests());
            browser.screenshot("page-" + width);
        }
    }

    /** A canvas has no style: the script must paint it again. */
    @Test
    void theChartsFollowTheThemeOfTheSystemAndOfTheButton() {
        browser.prefer("light");
        browser.load(file, Browser.WIDE);
        final Object light = picture();
        browser.prefer("dark");
        final Object dark = picture();
        assertNotEquals(light, dark);
        browser.find("#theme").click();
        assertEquals("Theme: light", browser.find("#theme").getText());
        assertEquals(light, picture());
        browser.find("#theme").sendKeys(Keys.ENTER);
        assertEquals(dark, picture());
    }

    @Test
    void theChartsFollowTheWidthOfTheWindow() {
        browser.load(file, Browser.WIDE);
        browser.resize(Browser.NARROW);
        assertEquals(List.of(), browser.cutOff());
        assertEquals(true, browser.run("return document.querySelector('.plot canvas').getBoundingClientRect().width > 300"));
    }

    @Test
    void aKeyHidesALine() {
        browser.load(file, Browser.WIDE);
        browser.run("document.querySelector('.u-legend th[role=button]').focus()");
        browser.press(Keys.ENTER);
        assertEquals(1, browser.findAll("#curve-1 .u-series.u-off").size());
    }

    /** Labels are painted on a canvas, so the test listens to the painter. A change of the theme paints again. */
    @Test
    void labelsOfLargeNumbersDiffer() {
        browser.load(file, Browser.WIDE);
        browser.run("window.painted = []; var fill = CanvasRenderingContext2D.prototype.fillText;"
            + "CanvasRenderingContext2D.prototype.fillText = function (text) { painted.push(text); fill.apply(this, arguments); };"
            + "document.getElementById('theme').click();");
        final List<String> painted = browser.strings("return window.painted");
        assertTrue(painted.contains("1000200"), painted::toString);
        assertTrue(painted.contains("1000000.5"), painted::toString);
    }

    private static Object picture() {
        return browser.run("return document.querySelector('.plot canvas').toDataURL()");
    }
}
