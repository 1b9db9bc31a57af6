package org.tickwave.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Drawings are valid XML, and have every cell with its frames, its text and its border. */
class FigureSvgTest {
    static Stream<Figure> figures() {
        return Stream.of(Papers.chain("1", "diffusion", 0), Papers.chain("2A", "aligned", 0), Papers.chain("2B", "diffusion", 30),
            Papers.chain("3", "diffusion", 30), Papers.mixed("skip", "<a> & \"b\" ]]> \uffff\ud83d\ude00\ud83d"));
    }

    private static Document parse(final String svg) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        } catch (final SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError(svg, e);
        }
    }

    private static List<Element> elements(final Element in, final String kind) {
        final NodeList all = in.getElementsByTagName("*");
        return IntStream.range(0, all.getLength()).mapToObj(i -> (Element) all.item(i))
            .filter(element -> element.getAttribute("class").matches("(.* )?" + kind + "( .*)?")).toList();
    }

    @ParameterizedTest
    @MethodSource("figures")
    void everyCellIsThere(final Figure figure) {
        for (final String svg : List.of(FigureSvg.of(figure), FigureSvg.inPage(figure))) {
            final Element root = parse(svg).getDocumentElement();
            final List<Element> cells = elements(root, "cell");
            assertEquals(figure.cells().size() * figure.layers().size(), cells.size());
            for (int i = 0; i < cells.size(); i++) {
                final int row = i / figure.layers().size();
                final int layer = i % figure.layers().size();
                final Cell cell = figure.cells().get(row).get(layer);
                assertEquals(cell.exact(), !elements(cells.get(i), "ring").isEmpty());
                assertEquals(label(cell.forward()), text(cells.get(i), "hf"));
                assertEquals(label(cell.targets()), text(cells.get(i), "hb"));
                assertEquals(String.join("\n", FigureText.cell(figure, row, layer)),
                    cells.get(i).getElementsByTagName("title").item(0).getTextContent());
            }
        }
    }

    private static String label(final List<Integer> frames) {
        return frames.isEmpty() ? "" : FigureText.label(frames);
    }

    private static String text(final Element cell, final String wave) {
        return elements(cell, wave).stream().map(Element::getTextContent).findFirst().orElse("");
    }

    @ParameterizedTest
    @MethodSource("figures")
    void aFileStandsAlone(final Figure figure) {
        final String svg = FigureSvg.of(figure);
        final Element root = parse(svg).getDocumentElement();
        assertEquals("img", root.getAttribute("role"));
        assertTrue(root.getElementsByTagName("title").item(0).getTextContent().contains(figure.rule()));
        assertTrue(root.getElementsByTagName("desc").item(0).getTextContent().contains("First tick with an exact gradient: "));
        final String style = root.getElementsByTagName("style").item(0).getTextContent();
        assertTrue(style.contains("prefers-color-scheme: dark"));
        assertFalse(style.contains("var(") || style.contains("light-dark("), "some programs that draw SVG do not know them");
        assertFalse(svg.replace("http://www.w3.org/2000/svg", "").contains("http"));
    }

    @Test
    void wordsSayWhatMeets() {
        final Figure figure = Papers.chain("3", "diffusion", 0);
        assertEquals(List.of("Layer h5, tick 14", "Forward wave: the input of frame 9", "Backward wave: the target of frame 10",
            "Inputs in the error: those of frames 1, 3, 5, 7 and 9", "Gradient: compared with the true one of frame 10",
            "Relative error: 3.00e-07", "Cosine: 1.000", "Exact: yes, up to rounding"), FigureText.cell(figure, 14, 5));
        assertEquals(List.of("Layer input, tick 0", "Forward wave: the input of frame 0", "Backward wave: ends above the input"),
            FigureText.cell(figure, 0, 0));
        assertEquals("Forward wave in input to h2; backward wave in h7 to output; exact gradient in no layer.", FigureText.row(figure, 2));
        assertTrue(FigureText.summary(figure).endsWith("First tick with an exact gradient: h5 at tick 13."));
    }

    /** The layers of a chain have only numbers as names. */
    @Test
    void aNumberIsCalledALayer() {
        final Figure figure = ShortPaper.get().figures().getFirst();
        assertTrue(FigureText.summary(figure).endsWith("First tick with an exact gradient: layer 1 at tick 13, layer 2 at tick 12,"
            + " layer 3 at tick 11, layer 4 at tick 10, layer 5 at tick 9, layer 6 at tick 8, layer 7 at tick 7."), FigureText.summary(figure));
        assertTrue(FigureText.row(figure, 0).startsWith("Forward wave in layer 0; "), FigureText.row(figure, 0));
    }

    @Test
    void framesAreSaidShortly() {
        assertEquals("frames 3 to 6", FigureText.frames(List.of(3, 4, 5, 6)));
        assertEquals("frames 3 and 4", FigureText.frames(List.of(3, 4)));
        assertEquals("frames 1, 3 and 7", FigureText.frames(List.of(1, 3, 7)));
        assertEquals(List.of("", "3", "3–4", "3,9", "3–6", "3…9"), Stream.of(List.<Integer>of(), List.of(3), List.of(3, 4), List.of(3, 9),
            List.of(3, 4, 5, 6), List.of(3, 5, 9)).map(FigureText::label).toList());
    }

    /** Frames of a constant input look alike, those of a slow one change slowly, and neighbours of a fast one differ. */
    @Test
    void shadesFollowTheInput() {
        final Figure constant = Papers.chain("1", "diffusion", 0);
        final Figure slow = Papers.chain("2A", "diffusion", 0);
        final Figure fast = Papers.chain("3", "diffusion", 0);
        for (int frame = 0; frame < Papers.TICKS; frame++) {
            assertEquals(FigureStyle.shade(constant, frame), FigureStyle.shade(constant, frame + 1));
            final int rise = FigureStyle.shade(slow, frame + 1) - FigureStyle.shade(slow, frame);
            assertTrue(rise == 0 || rise == 1, frame + ": " + rise);
            assertTrue(FigureStyle.shade(fast, frame) != FigureStyle.shade(fast, frame + 1));
        }
        assertEquals(0, FigureStyle.shade(slow, 0));
        assertEquals(FigureStyle.SHADES - 1, FigureStyle.shade(slow, Papers.TICKS - 1));
    }

    /** WCAG asks for a contrast of 4.5 between a text and what is behind the text. */
    @Test
    void everyNumberCanBeRead() {
        final List<FigureStyle.Paint> paints = FigureStyle.paints();
        for (int shade = 0; shade < FigureStyle.SHADES; shade++) {
            final FigureStyle.Paint ink = paint(paints, ".on" + shade);
            for (final String wave : List.of(".f", ".b")) {
                final FigureStyle.Paint fill = paint(paints, wave + shade);
                assertTrue(contrast(ink.light(), fill.light()) >= 4.5, fill + " " + contrast(ink.light(), fill.light()));
                assertTrue(contrast(ink.dark(), fill.dark()) >= 4.5, fill + " " + contrast(ink.dark(), fill.dark()));
            }
        }
        final FigureStyle.Paint faint = paint(paints, ".faint");
        final FigureStyle.Paint back = paint(paints, ".back");
        assertTrue(contrast(faint.light(), back.light()) >= 4.5 && contrast(faint.dark(), back.dark()) >= 4.5);
    }

    private static FigureStyle.Paint paint(final List<FigureStyle.Paint> paints, final String selector) {
        return paints.stream().filter(paint -> paint.selector().equals(selector)).findFirst().orElseThrow();
    }

    private static double contrast(final String one, final String other) {
        final double a = luminance(one) + .05;
        final double b = luminance(other) + .05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(final String colour) {
        final int rgb = Integer.parseInt(colour.substring(1), 16);
        return .2126 * linear(rgb >> 16) + .7152 * linear(rgb >> 8 & 255) + .0722 * linear(rgb & 255);
    }

    private static double linear(final int channel) {
        final double c = channel / 255.0;
        return c <= .04045 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4);
    }
}
