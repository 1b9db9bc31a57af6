package org.tickwave.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages as text: what a browser would not complain about. */
class PageTest {
    private static final String HOSTILE = "</script></title></p><script>alert(1)</script><!-- \" ' & \u0000\ud800";

    @Test
    void textIsEscapedWhereverItStands() {
        final Page page = new Page(HOSTILE, "en").section(HOSTILE).text(HOSTILE).table(HOSTILE, List.of(HOSTILE), List.of(List.of(HOSTILE, HOSTILE)))
            .svg("<?xml version=\"1.0\"?>\n<svg/>", HOSTILE, HOSTILE);
        Curves.hostile().forEach(page::curve);
        final String html = page.html();
        assertFalse(html.contains("<?xml"));
        assertFalse(html.contains("\u0000") || html.contains("\ud800"));
        // Each script that begins also ends: the page's own, the chart library, and the data of each chart.
        assertEquals(2 + Curves.hostile().size(), count(html, "<script"));
        assertEquals(2 + Curves.hostile().size(), count(html, "</script>"));
    }

    private static int count(final String text, final String pattern) {
        return (int) Pattern.compile(pattern).matcher(text).results().count();
    }

    /** The policy names each script, and no other can run; nothing can be loaded. */
    @Test
    void thePolicyAllowsThePagesOwnScriptsOnly() {
        final String html = new Page("a", "en").curve(Curves.plain()).html();
        final Matcher policy = Pattern.compile("content=\"(default-src 'none';[^\"]*)\"").matcher(html);
        assertTrue(policy.find());
        final Matcher scripts = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(html);
        int found = 0;
        for (; scripts.find(); found++) {
            assertTrue(policy.group(1).contains(Inlined.hash(scripts.group(1))));
        }
        assertEquals(2, found);
        // The hash of no bytes at all, from elsewhere.
        assertEquals("'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='", Inlined.hash(""));
        assertFalse(policy.group(1).contains("http") || policy.group(1).contains("*"));
    }

    @Test
    void theLicenceOfTheChartLibraryIsInAPageThatHoldsIt() {
        final String licence = "Permission is hereby granted, free of charge";
        assertTrue(new Page("a", "en").curve(Curves.plain()).html().contains(licence));
        assertFalse(new Page("a", "en").html().contains("uPlot="));
    }

    @Test
    void aChartHasItsNumbersInWordsAndInATable() {
        final String html = new Page("a", "en").curve(Curves.gaps()).html();
        assertTrue(html.contains("diffusion starts at 1 and ends at 1.00e-07; it lies between 1.00e-07 and 1."));
        assertTrue(html.contains("<tr><th scope=\"row\">2</th><td>–</td><td>0</td></tr>"));
        // A gap, and on a logarithmic axis also a zero and a value that is not finite, are null for the script.
        assertTrue(html.contains("[null,null,null,1.0E-7,1.0E-7,1.0E-7]"), html);
    }

    @Test
    void aLongTableShowsTheFirstAndTheLastRow() {
        final List<Double> x = IntStream.rangeClosed(1, 5_001).mapToObj(i -> (double) i).toList();
        final String html = new Page("a", "en").curve(new Curve("long", "x", "y", false, false, x, List.of(new Curve.Line("a", x)))).html();
        assertTrue(html.contains("200 of 5001 rows, evenly spaced."));
        assertEquals(200, count(html, "<tr><th scope=\"row\">"));
        assertTrue(html.contains("<th scope=\"row\">1</th>") && html.contains("<th scope=\"row\">5001</th>"));
    }

    @Test
    void aWrongCurveIsRefused() {
        final List<Double> two = List.of(1.0, 2.0);
        Stream.of(new Curve("t", "x", "y", false, false, two, List.of()),
            new Curve("t", "x", "y", false, false, two, List.of(new Curve.Line("a", List.of(1.0)))),
            new Curve("t", "x", "y", false, false, List.of(2.0, 1.0), List.of(new Curve.Line("a", two))))
            .map(curve -> assertThrows(IllegalArgumentException.class, () -> new Page("a", "en").curve(curve)).getMessage())
            .forEach(message -> assertTrue(message.contains("expected"), message));
    }

    @Test
    void aPageOfManySectionsHasContents() {
        assertFalse(new Page("a", "en").section("one").section("two").html().contains("<nav"));
        final String html = new Page("a", "en").section("one").section("two").section("<three>").html();
        assertTrue(html.contains("<li><a href=\"#section-3\">&lt;three&gt;</a></li>") && html.contains("<h2 id=\"section-3\">&lt;three&gt;</h2>"));
        assertEquals(3, count(html, "<section "));
        assertEquals(3, count(html, "</section>"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "12, 12", "-3, -3", ".973412, 0.973", "1.26, 1.26", "123.4, 123", "1e-7, 1.00e-07", "2.5e9, 2500000000", "1234567, 1234567", "-1234567, -1234567", "9007199254740991, 9007199254740991",
        "1234567.5, 1.23e+06", "1e300, 1.00e+300", "NaN, –",
        "Infinity, infinite"})
    void aNumberHasThreeDigitsOrIsWhole(final double value, final String shown) {
        assertEquals(shown, Html.number(value));
    }
}
