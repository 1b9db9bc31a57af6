package org.tickwave.bench.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Feedback;
import org.tickwave.Loss;
import org.tickwave.bench.net.Descriptions;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkDescription.Input;
import org.tickwave.bench.net.NetworkDescription.Output;
import org.tickwave.bench.net.NetworkDescription.Projection;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Drawings are valid XML, name everything, and nothing in them lies on anything else. */
class LayoutSvgTest {
    private static final int LANES = 16;
    private static final double ASCENT = 9;
    private static final double DESCENT = 1;

    /** The extent of a box or a label. */
    private record Area(String what, double left, double top, double right, double bottom) {
        boolean overlaps(final Area other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }

        boolean contains(final Area other) {
            return left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom;
        }
    }

    private static Plan plan(final NetworkDescription description) {
        return new Plan("a <graph> & \"more\" \uffff\ud83d\ude00", description, Plan.defaultRule(description), LANES, 0);
    }

    private static Document parse(final String svg) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        } catch (final SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError(svg, e);
        }
    }

    private static List<Element> elements(final Element in, final String tag, final String kind) {
        final NodeList all = in.getElementsByTagName(tag);
        return IntStream.range(0, all.getLength()).mapToObj(i -> (Element) all.item(i))
            .filter(element -> element.getAttribute("class").matches("(.* )?" + kind + "( .*)?")).toList();
    }

    private static double number(final Element element, final String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static Area box(final Element rect) {
        return new Area("a box", number(rect, "x"), number(rect, "y"), number(rect, "x") + number(rect, "width"),
            number(rect, "y") + number(rect, "height"));
    }

    private static Area text(final Element text) {
        return new Area(text.getTextContent(), number(text, "x"), number(text, "y") - ASCENT,
            number(text, "x") + number(text, "textLength"), number(text, "y") + DESCENT);
    }

    private static String title(final Element group) {
        return elements(group, "title", ".*").getFirst().getTextContent();
    }

    private static void expectApart(final List<Area> areas) {
        for (int i = 0; i < areas.size(); i++) {
            for (int j = 0; j < i; j++) {
                final Area one = areas.get(i);
                final Area other = areas.get(j);
                assertFalse(one.overlaps(other), () -> one + " lies on " + other);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everythingHasANameAndNothingLiesOnAnythingElse(final Balance balance) {
        final long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            final int layers = i == 0 ? 64 : 2 + random.nextInt(63);
            check(Descriptions.random(random, layers, i == 0 ? 256 : 1 + random.nextInt(4 * layers), balance));
        }
    }

    /** The drawing with two lines that cross must order them otherwise. */
    @Test
    void linesDoNotCrossWithoutNeed() {
        final List<Input> inputs = List.of(new Input("a", 0, 1), new Input("b", 1, 1), new Input("c", 2, 1));
        final List<Output> outputs = Stream.of("x", "y", "z").map(
            name -> new Output(name, 0, 1, Activation.IDENTITY, Loss.SQUARED_ERROR, false)).toList();
        final List<Projection> projections = Stream.of("cx", "by", "az", "cy", "bz").map(ends -> new Projection(
            ends.substring(0, 1), ends.substring(1), Feedback.TRANSPOSE, 1)).toList();
        final Element svg = parse(LayoutSvg.of(plan(new NetworkDescription(Balance.BALANCED, inputs, List.of(), outputs, projections))))
            .getDocumentElement();
        final List<String> downwards = elements(svg, "g", "layer").stream()
            .sorted(Comparator.comparingDouble(layer -> number(elements(layer, "rect", "box").getFirst(), "y")))
            .map(LayoutSvgTest::title).toList();
        final String lower = String.join("", downwards).replaceAll("[xyz]", "");
        final String upper = String.join("", downwards).replaceAll("[abc]", "");
        assertTrue(lower.equals("abc") && upper.equals("zyx") || lower.equals("cba") && upper.equals("xyz"), downwards::toString);
    }

    @Test
    void aChainIsDrawn() {
        check(NetworkDescription.chain(416, 128, 128, 208));
        check(NetworkDescription.chain(IntStream.generate(() -> 7).limit(64).toArray()));
    }

    private static void check(final NetworkDescription description) {
        final Element svg = parse(LayoutSvg.of(plan(description))).getDocumentElement();
        final Area page = new Area("the page", 0, 0, number(svg, "width"), number(svg, "height"));
        final List<Area> apart = new ArrayList<>();
        final List<Element> layers = elements(svg, "g", "layer");
        assertEquals(description.names(), layers.stream().map(LayoutSvgTest::title).toList());
        for (final Element layer : layers) {
            final Area box = box(elements(layer, "rect", "box").getFirst());
            assertTrue(page.contains(box), () -> box + " is not on " + page);
            apart.add(box);
            final List<Element> lines = elements(layer, "text", ".*");
            assertEquals(title(layer), lines.getFirst().getTextContent());
            lines.forEach(line -> assertTrue(box.contains(text(line)), () -> text(line) + " is not in " + box));
            expectApart(lines.stream().map(LayoutSvgTest::text).toList());
        }
        final List<Element> projections = elements(svg, "g", "projection");
        assertEquals(description.projections().stream().map(projection -> projection.from() + " -> " + projection.to()).toList(),
            projections.stream().map(LayoutSvgTest::title).toList());
        for (int k = 0; k < projections.size(); k++) {
            final Projection projection = description.projections().get(k);
            final Area label = text(elements(projections.get(k), "text", ".*").getFirst());
            assertTrue(label.what().startsWith(projection.from() + "  d "), label::what);
            assertTrue(page.contains(label), () -> label + " is not on " + page);
            apart.add(label);
            expectEnds(elements(projections.get(k), "path", "line").getFirst().getAttribute("d"), projections.get(k),
                apart.get(description.names().indexOf(projection.from())), apart.get(description.names().indexOf(projection.to())));
        }
        elements(svg, "text", "faint").stream().filter(text -> text.hasAttribute("textLength")).map(LayoutSvgTest::text).forEach(apart::add);
        expectApart(apart);
    }

    /** A line begins at the right of its lower box, and its tip touches the left of its upper box. */
    private static void expectEnds(final String path, final Element projection, final Area from, final Area to) {
        final String[] begin = path.substring(1, path.indexOf(path.contains("C") ? 'C' : 'H')).split(" ");
        assertEquals(from.right(), Double.parseDouble(begin[0]), .11);
        assertTrue(from.top() < Double.parseDouble(begin[1]) && Double.parseDouble(begin[1]) < from.bottom(), path);
        final String[] tip = elements(projection, "polygon", "tip").getFirst().getAttribute("points").split(" ")[0].split(",");
        assertEquals(to.left(), Double.parseDouble(tip[0]), .11);
        assertTrue(to.top() < Double.parseDouble(tip[1]) && Double.parseDouble(tip[1]) < to.bottom(), path);
    }

    /** Boxes and labels that a line crosses: only curves between two columns, and labels only their own line. */
    @Test
    void noLineCrossesABoxOrALabel() {
        final long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            final Balance balance = Balance.values()[i % Balance.values().length];
            final int layers = 2 + random.nextInt(63);
            final NetworkDescription description = Descriptions.random(random, layers, 1 + random.nextInt(4 * layers), balance);
            final Element svg = parse(LayoutSvg.of(plan(description))).getDocumentElement();
            final List<Area> areas = new ArrayList<>(elements(svg, "rect", "box").stream().map(LayoutSvgTest::box).toList());
            elements(svg, "g", "projection").forEach(projection -> areas.add(text(elements(projection, "text", ".*").getFirst())));
            for (final Element line : elements(svg, "path", "line")) {
                for (final Area stroke : strokes(line.getAttribute("d"))) {
                    areas.forEach(area -> assertFalse(stroke.overlaps(area), () -> stroke + " of " + line.getAttribute("d") + " crosses " + area));
                }
            }
        }
    }

    /** The parts of a line: of a curve the rectangle between its ends, which contains it. */
    private static List<Area> strokes(final String path) {
        final List<Area> strokes = new ArrayList<>();
        double x = 0;
        double y = 0;
        for (final String part : path.split("(?=[MCHV])")) {
            final String[] numbers = part.substring(1).split(" ");
            final double last = Double.parseDouble(numbers[numbers.length - 1]);
            final double nextX = part.charAt(0) == 'V' ? x : part.charAt(0) == 'H' ? last : Double.parseDouble(numbers[numbers.length - 2]);
            final double nextY = part.charAt(0) == 'H' ? y : last;
            if (part.charAt(0) != 'M') {
                strokes.add(new Area(part, Math.min(x, nextX) + .2, Math.min(y, nextY), Math.max(x, nextX) - .2, Math.max(y, nextY) + .1));
            }
            x = nextX;
            y = nextY;
        }
        return strokes;
    }

    @Test
    void projectionsThatSkipALevelHaveAColourAndWaysBackAreDashed() {
        final Element svg = parse(LayoutSvg.of(plan(Descriptions.recurrent()))).getDocumentElement();
        assertEquals(List.of("y -> h", "h -> h"), elements(svg, "g", "back-way").stream().map(LayoutSvgTest::title).toList());
        assertTrue(elements(svg, "g", "back-way").stream().allMatch(way -> way.getAttribute("class").matches("projection back-way k[0-7]")));
        assertEquals(1, elements(svg, "g", "input").size());
        assertEquals(1, elements(svg, "g", "output").size());
    }
}
