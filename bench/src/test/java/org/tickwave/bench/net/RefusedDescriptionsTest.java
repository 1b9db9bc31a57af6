package org.tickwave.bench.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of malformed description is refused in one line that names the place and says what was expected. */
class RefusedDescriptionsTest {
    /** Shows in a text the place that the message must name. The text is read without it. */
    private static final String MARK = "§";
    private static final String GOOD = """
        {
          "balance": "balanced",
          "inputs": [{"name": "eye", "width": 4}, {"name": "ear", "first": 4, "width": 2}],
          "layers": [
            {"name": "low", "width": 8, "activation": "relu"},
            {"name": "high", "width": 8, "feedback": "direct"}
          ],
          "outputs": [{"name": "label", "width": 3, "loss": "softmax_cross_entropy"}],
          "projections": [
            {"from": "eye", "to": "low"},
            {"from": "low", "to": "high", "feedback": "random", "length": 1},
            {"from": "ear", "to": "high"},
            {"from": "high", "to": "label"}
          ]
        }
        """;
    private static final String TOP_KEYS = "balance, inputs, layers, outputs, projections";
    private static final String NAME = "a name of 1 to 64 letters a to z and A to Z, digits, _, - and .";
    private static final String WIDTH = "a whole number from 1 to 2147483647";

    /** What to replace in the good description, by what, and the message that follows. */
    static Stream<Arguments> mistakes() {
        return Stream.of(syntax(), values(), keys(), graphs()).flatMap(kind -> kind);
    }

    private static Arguments mistake(final String old, final String now, final String message) {
        return Arguments.of(old, now, message);
    }

    private static Stream<Arguments> syntax() {
        return Stream.of(
            mistake(GOOD, "§", "the description: the end of the text: expected an object"),
            mistake(GOOD, " \n\t§", "the description: the end of the text: expected an object"),
            mistake(GOOD, "§[]", "the description: a list: expected an object"),
            mistake(GOOD, "§416-128-10", "416-128-10: expected a number of JSON"),
            mistake(GOOD, "§layers", "the description: 'l': expected an object"),
            mistake("]\n}\n", "]\n§", "the end of the text: expected a comma or } in the description"),
            mistake("]\n}\n", "]\n}\n§}", "'}' after the end of the description: expected nothing there"),
            mistake("\"balanced\",\n  \"inputs\"", "\"balanced\"\n  §\"inputs\"", "'\"': expected a comma or } in the description"),
            mistake("\"width\": 4}, {", "\"width\": 4} §{", "'{': expected a comma or ] in the description: inputs"),
            mistake("\"high\"},\n    {\"from\": \"high\", \"to\": \"label\"}\n  ]", "\"high\"},\n  §]",
                "']' after a comma: expected another element of the description: projections"),
            mistake("\"width\": 4}", "\"width\": 4,§}", "'}' after a comma: expected another key of input 1"),
            mistake("\"balance\": ", "\"balance\" §= ", "'=': expected a colon after the key \"balance\""),
            mistake("\"balance\"", "§balance", "'b': expected a key of the description in double quotes"),
            mistake("\"balance\"", "§'balance'", "''': expected a key of the description in double quotes"),
            mistake("\"balance\"", "§// a comment\n\"balance\"", "'/': expected a key of the description in double quotes"),
            mistake("\"balanced\"", "§'balanced'",
                "the description: balance: ''': expected one of \"balanced\", \"immediate\", \"recurrent\""),
            mistake("\"name\": \"eye\"", "\"name\": \"eye§\n\"", "'\\x0a' in a string: expected a double quote or an escape"),
            mistake("\"high\", \"to\": \"label\"}\n  ]\n}\n", "\"high\", \"to\": §\"label}", "a string without an end: expected a double quote"),
            mistake("\"eye\", \"width\"", "\"§\\eye\", \"width\"", "an unknown escape: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u"),
            mistake("\"eye\", \"width\"", "\"§\\u00gh\", \"width\"", "an incomplete escape: expected \\u and four hexadecimal digits"),
            mistake("\"eye\", \"width\"", "\"§\\udc00\", \"width\"", "half of a surrogate pair: expected valid Unicode"),
            mistake("\"eye\", \"width\"", "\"\\ud800§e\", \"width\"", "half of a surrogate pair: expected valid Unicode"),
            mistake("\"width\": 4", "\"width\": §04", "04: expected a number of JSON"),
            mistake("\"width\": 4", "\"width\": §+4", "+4: expected a number of JSON"),
            mistake("\"width\": 4", "\"width\": §0x10", "0x10: expected a number of JSON"),
            mistake("\"width\": 4", "\"width\": §-", "-: expected a number of JSON"));
    }

    private static Stream<Arguments> values() {
        return Stream.of(
            mistake("\"width\": 4", "\"width\": §0", "input 1: width: 0: expected " + WIDTH),
            mistake("\"width\": 4", "\"width\": §-4", "input 1: width: -4: expected " + WIDTH),
            mistake("\"width\": 4", "\"width\": §4.0", "input 1: width: 4.0: expected " + WIDTH),
            mistake("\"width\": 4", "\"width\": §1e2", "input 1: width: 1e2: expected " + WIDTH),
            mistake("\"width\": 4", "\"width\": §2147483648", "input 1: width: 2147483648: expected " + WIDTH),
            mistake("\"width\": 4", "\"width\": §" + "9".repeat(300), "input 1: width: " + "9".repeat(200) + "...: expected " + WIDTH),
            mistake("\"width\": 4", "\"width\": §\"4\"", "input 1: width: \"4\": expected " + WIDTH),
            mistake("\"width\": 4", "\"width\": §null", "input 1: width: null: expected " + WIDTH),
            mistake("\"width\": 4", "\"width\": §NaN", "input 1: width: 'N': expected " + WIDTH),
            mistake("\"width\": 8, \"activation\"", "\"width\": §true, \"activation\"", "layer 1: width: true: expected " + WIDTH),
            mistake("\"width\": 3", "\"width\": §[3]", "output 1: width: a list: expected " + WIDTH),
            mistake("\"first\": 4", "\"first\": §-1", "input 2: first: -1: expected a whole number from 0 to 2147483647"),
            mistake("\"first\": 4, \"width\": 2", "\"first\": 2147483647, \"width\": §2",
                "input 2: ends at number 2147483649: expected at most 2147483647"),
            mistake("\"length\": 1", "\"length\": §0", "projection 2: length: 0: expected a whole number from 1 to 65536"),
            mistake("\"length\": 1", "\"length\": §65537", "projection 2: length: 65537: expected a whole number from 1 to 65536"),
            mistake("\"length\": 1", "\"length\": §1.5", "projection 2: length: 1.5: expected a whole number from 1 to 65536"),
            mistake("\"name\": \"eye\"", "\"name\": §\"\"", "input 1: name: \"\": expected " + NAME),
            mistake("\"name\": \"eye\"", "\"name\": §\"my eye\"", "input 1: name: \"my eye\": expected " + NAME),
            mistake("\"name\": \"eye\"", "\"name\": §\"\\u00e9il\\n\"", "input 1: name: \"éil\\x0a\": expected " + NAME),
            mistake("\"name\": \"eye\"", "\"name\": §\"" + "e".repeat(65) + "\"", "input 1: name: \"" + "e".repeat(65) + "\": expected " + NAME),
            mistake("\"name\": \"eye\"", "\"name\": §7", "input 1: name: 7: expected " + NAME),
            mistake("\"relu\"", "§\"gelu\"", "layer 1: activation: \"gelu\": expected one of \"identity\", \"tanh\", \"logistic\", \"relu\","
                + " \"leaky_relu\""),
            mistake("\"relu\"", "§\"ReLU\"", "layer 1: activation: \"ReLU\": expected one of \"identity\", \"tanh\", \"logistic\", \"relu\","
                + " \"leaky_relu\""),
            mistake("\"softmax_cross_entropy\"", "§\"softmax\"", "output 1: loss: \"softmax\": expected one of \"squared_error\","
                + " \"softmax_cross_entropy\", \"logistic_cross_entropy\""),
            mistake("\"loss\":", "\"activation\": §\"tanh\", \"loss\":", "output 1: activation \"tanh\" with the loss"
                + " \"softmax_cross_entropy\": expected \"identity\", since the output holds logits"),
            mistake("\"balanced\"", "§\"unbalanced\"",
                "the description: balance: \"unbalanced\": expected one of \"balanced\", \"immediate\", \"recurrent\""),
            mistake("\"direct\"", "§\"random\"", "layer 2: feedback: \"random\": expected \"direct\""),
            mistake("\"random\"", "§\"direct\"",
                "projection 2: feedback: \"direct\": expected one of \"transpose\", \"random\", \"sign_symmetric\""),
            mistake("\"inputs\": [", "\"inputs\": §{", "the description: inputs: an object: expected a list"),
            mistake("[{\"name\": \"eye\"", "[§\"eye\", {\"name\": \"eye\"", "input 1: \"eye\": expected an object"),
            mistake("\"from\": \"eye\"", "\"from\": §1", "projection 1: from: 1: expected the name of a layer, as a string"));
    }

    private static Stream<Arguments> keys() {
        return Stream.of(
            mistake("\"balance\"", "§\"rule\"", "the description: unknown key \"rule\": expected one of " + TOP_KEYS),
            mistake("\"balance\"", "§\"Balance\"", "the description: unknown key \"Balance\": expected one of " + TOP_KEYS),
            mistake("\"width\": 4", "§\"size\": 4", "input 1: unknown key \"size\": expected one of name, first, width"),
            mistake("\"activation\"", "§\"loss\"", "layer 1: unknown key \"loss\": expected one of name, width, activation, feedback"),
            mistake("\"loss\"", "§\"length\"", "output 1: unknown key \"length\": expected one of name, first, width, activation, loss, feedback"),
            mistake("\"loss\": \"softmax_cross_entropy\"", "\"feedback\": §\"sign_symmetric\"", "output 1: feedback: \"sign_symmetric\": expected \"direct\""),
            mistake("\"length\"", "§\"delay\"", "projection 2: unknown key \"delay\": expected one of from, to, feedback, length"),
            mistake("\"width\": 4", "\"width\": 4, §\"width\": 4", "input 1: key \"width\" occurs twice: expected once"),
            mistake("\"width\": 4", "\"width\": 4, §\"\\u0077idth\": 4", "input 1: key \"width\" occurs twice: expected once"),
            mistake("\"layers\"", "§\"inputs\"", "the description: key \"inputs\" occurs twice: expected once"),
            mistake(GOOD, "§{}", "the description: no key \"inputs\": expected inputs, outputs, projections"),
            mistake(GOOD, "§{\"inputs\": [{\"name\": \"a\"}], \"outputs\": [{\"name\": \"b\"}]}",
                "the description: no key \"projections\": expected inputs, outputs, projections"),
            mistake("{\"name\": \"eye\", ", "§{", "input 1: no key \"name\": expected name"),
            mistake("{\"name\": \"low\", \"width\": 8, ", "§{\"name\": \"low\", ", "layer 1: no key \"width\": expected name, width"),
            mistake("{\"from\": \"eye\", ", "§{", "projection 1: no key \"from\": expected from, to"),
            mistake("{\"from\": \"eye\", \"to\": \"low\"", "§{\"from\": \"eye\"", "projection 1: no key \"to\": expected from, to"),
            mistake("{\"name\": \"eye\", \"width\": 4}", "§{\"name\": \"eye\"}",
                "input 1: no key \"width\": expected a width, which only the last part may leave out"));
    }

    private static Stream<Arguments> graphs() {
        return Stream.of(
            mistake("[{\"name\": \"eye\", \"width\": 4}, {\"name\": \"ear\", \"first\": 4, \"width\": 2}]", "§[]", "no inputs: expected at least one"),
            mistake("[{\"name\": \"label\", \"width\": 3, \"loss\": \"softmax_cross_entropy\"}]", "§[]", "no outputs: expected at least one"),
            mistake("\"name\": \"ear\"", "\"name\": §\"eye\"", "input 2: a second layer \"eye\": expected another name"),
            mistake("\"name\": \"high\"", "\"name\": §\"low\"", "layer 2: a second layer \"low\": expected another name"),
            mistake("\"name\": \"label\"", "\"name\": §\"eye\"", "output 1: a second layer \"eye\": expected another name"),
            mistake("\"from\": \"eye\"", "\"from\": §\"eyes\"",
                "projection 1: from \"eyes\": there is no such layer: expected the name of an input, a layer or an output"),
            mistake("\"to\": \"label\"", "\"to\": §\"Label\"",
                "projection 4: to \"Label\": there is no such layer: expected the name of an input, a layer or an output"),
            mistake("\"from\": \"ear\", \"to\": \"high\"", "\"from\": \"low\", \"to\": §\"ear\"",
                "projection 3: leads into the input \"ear\": expected a layer or an output"),
            mistake("{\"from\": \"ear\", \"to\": \"high\"}", "§{\"from\": \"low\", \"to\": \"high\"}",
                "projection 3: a second projection from \"low\" to \"high\": expected at most one"),
            mistake("\"to\": \"label\"", "\"to\": \"label\", \"feedback\": §\"random\"",
                "projection 4: feedback of a projection out of \"high\": expected none, since \"high\" has direct feedback"),
            mistake("\"relu\"}", "\"relu\"}, {\"name\": §\"new\", \"width\": 8}",
                "layer 2: \"new\": no projection leads into it: expected at least one"),
            mistake("\"first\": 4, \"width\": 2}", "\"width\": 2}, {\"name\": §\"nose\", \"width\": 2}",
                "input 3: \"nose\": no projection leads out of it: expected at least one"),
            mistake("\"name\": \"high\", \"width\": 8, \"feedback\": \"direct\"}\n  ],\n  \"outputs\": [{\"name\": \"label\", \"width\": 3",
                "\"name\": §\"label\", \"width\": 8}\n  ],\n  \"outputs\": [{\"name\": \"high\", \"width\": 3",
                "layer 2: \"label\": no projection leads out of it: expected at least one"),
            mistake("\"loss\": \"softmax_cross_entropy\"}", "\"loss\": \"softmax_cross_entropy\"}, {\"name\": §\"where\", \"width\": 2}",
                "output 2: \"where\": no projection leads into it: expected at least one"),
            mistake("{\"from\": \"high\", \"to\": \"label\"}", "{\"from\": \"high\", \"to\": \"label\"}, §{\"from\": \"high\", \"to\": \"low\"}",
                "projection 5: closes the cycle \"low\" - \"high\" - \"low\": expected no cycle in a network that is balanced, or \"balance\": \"recurrent\""),
            mistake("{\"from\": \"eye\", \"to\": \"low\"},", "{\"from\": \"eye\", \"to\": \"low\"}, §{\"from\": \"low\", \"to\": \"low\"},",
                "projection 2: closes the cycle \"low\" - \"low\": expected no cycle in a network that is balanced, or \"balance\": \"recurrent\""));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsRefusedInOneLineWithItsPlace(final String old, final String now, final String message) {
        assertEquals(GOOD.indexOf(old), GOOD.lastIndexOf(old), () -> old + " is not exactly once in the description");
        assertTrue(GOOD.contains(old), () -> old + " is not in the description");
        assertRefused(GOOD.replace(old, now), message);
    }

    private static void assertRefused(final String marked, final String message) {
        final String before = marked.substring(0, marked.indexOf(MARK));
        final String[] lines = before.split("\n", -1);
        final IOException refusal = assertThrows(NetworkException.class, () -> Descriptions.file(marked.replace(MARK, "")));
        assertEquals("n.json: line " + lines.length + ", column " + (1 + lines[lines.length - 1].length()) + ": " + message, refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count());
    }

    @Test
    void thereAreManyKindsAndTheDescriptionWithoutMistakesIsGood() throws IOException {
        assertTrue(mistakes().map(mistake -> mistake.get()[2]).distinct().count() >= 60);
        assertEquals(4, Descriptions.file(GOOD).description().projections().size());
    }

    /** Layers that only a cycle feeds, and layers that only feed a cycle. */
    @Test
    void anIslandIsRefusedWhereCyclesAreAllowed() {
        final String recurrent = GOOD.replace("\"balanced\"", "\"recurrent\"");
        assertRefused(recurrent.replace("\"relu\"},", "\"relu\"}, {\"name\": §\"u\", \"width\": 1}, {\"name\": \"v\", \"width\": 1},")
            .replace("\"projections\": [", "\"projections\": [{\"from\": \"u\", \"to\": \"v\"}, {\"from\": \"v\", \"to\": \"u\"}, {\"from\": \"v\", \"to\": \"low\"},"),
            "layer 2: \"u\": no input reaches it: expected a way from an input");
        assertRefused(recurrent.replace("\"relu\"},", "\"relu\"}, {\"name\": §\"u\", \"width\": 1}, {\"name\": \"v\", \"width\": 1},")
            .replace("\"projections\": [", "\"projections\": [{\"from\": \"u\", \"to\": \"v\"}, {\"from\": \"v\", \"to\": \"u\"}, {\"from\": \"low\", \"to\": \"u\"},"),
            "layer 2: \"u\": it reaches no output: expected a way to an output");
    }

    @Test
    void anOutputThatNoInputReachesIsRefused() {
        assertRefused("""
            {"balance": "recurrent", "inputs": [{"name": "a", "width": 1}],
             "outputs": [{"name": "y", "width": 1}, {"name": §"z", "width": 1}],
             "projections": [{"from": "a", "to": "y"}, {"from": "z", "to": "z"}]}
            """, "output 2: \"z\": no input reaches it: expected a way from an input");
        assertRefused("""
            {"inputs": [{"name": "a", "width": 1}, {"name": §"b", "width": 1}], "layers": [{"name": "c", "width": 1}],
             "balance": "recurrent", "outputs": [{"name": "y", "width": 1}],
             "projections": [{"from": "a", "to": "y"}, {"from": "b", "to": "c"}, {"from": "c", "to": "c"}]}
            """, "input 2: \"b\": it reaches no output: expected a way to an output");
    }

    @Test
    void aLongCycleIsShownInPart() {
        final String layers = IntStream.range(0, 12).mapToObj(i -> "{\"name\": \"l" + i + "\", \"width\": 1}").collect(Collectors.joining(","));
        final String chain = IntStream.range(1, 12).mapToObj(i -> "{\"from\": \"l" + (i - 1) + "\", \"to\": \"l" + i + "\"}").collect(Collectors.joining(","));
        assertRefused("{\"balance\": \"immediate\", \"inputs\": [{\"name\": \"a\"}], \"layers\": [" + layers + "], \"outputs\": [{\"name\": \"z\"}],\n"
            + "\"projections\": [{\"from\": \"a\", \"to\": \"l0\"}, " + chain + ", {\"from\": \"l11\", \"to\": \"z\"},\n §{\"from\": \"l11\", \"to\": \"l0\"}]}",
            "projection 14: closes the cycle \"l0\" - \"l1\" - \"l2\" - \"l3\" - \"l4\" - \"l5\" - \"l6\" - \"l7\" - ... - \"l0\":"
                + " expected no cycle in a network that is immediate, or \"balance\": \"recurrent\"");
    }

    @Test
    void listsHaveAnEnd() {
        final String many = "{\"name\": \"a\", \"width\": 1}, ".repeat(1024) + "§{}";
        assertRefused("{\"layers\": [" + many + "]}", "the description: layers: more than 1024 elements: expected at most 1024");
        final String projections = "{\"from\": \"a\", \"to\": \"b\"},".repeat(16384) + "\n§{}";
        assertRefused("{\"projections\": [" + projections + "]}",
            "the description: projections: more than 16384 elements: expected at most 16384");
    }

    @Test
    void nestingAsDeepAsTheFileIsLongIsRefusedAtItsFirstBracket() {
        assertRefused("{\"inputs\": [§" + "[".repeat(1_000_000), "input 1: a list: expected an object");
        assertRefused("{§\"a\": " + "{\"a\": ".repeat(100_000), "the description: unknown key \"a\": expected one of " + TOP_KEYS);
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        final IOException refusal = assertThrows(NetworkException.class, () -> NetworkFile.read("n.json", new ByteArrayInputStream(new byte[(1 << 20) + 1])));
        assertEquals("n.json: more than 1048576 bytes: expected at most 1048576", refusal.getMessage());
    }

    /** The text is in Latin-1, so that every byte is one character here. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'{\\xff'         | line 1, column 2: byte 0xff: expected text in UTF-8",
        "'{\n  \"\\xc3(\"' | line 2, column 4: byte 0xc3: expected text in UTF-8",
        "'{\"\\xc3\\xa9\\xe9' | line 1, column 4: byte 0xe9: expected text in UTF-8",
    })
    void textThatIsNotUtf8IsRefusedWithTheByte(final String escaped, final String expected) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            final boolean byteFollows = escaped.startsWith("\\x", i);
            text.append(byteFollows ? (char) Integer.parseInt(escaped.substring(i + 2, i + 4), 16) : escaped.charAt(i));
            i += byteFollows ? 3 : 0;
        }
        final IOException refusal = assertThrows(NetworkException.class,
            () -> NetworkFile.read("n.json", new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.ISO_8859_1))));
        assertEquals("n.json: " + expected, refusal.getMessage());
    }

    /** A line ends with LF, CR LF or CR. A column counts characters: a tab and a character outside the basic plane are one each. */
    @Test
    void linesAndColumnsAreThoseOfAnEditor() {
        for (final String end : new String[] {"\n", "\r\n", "\r"}) {
            final IOException refusal = assertThrows(
                NetworkException.class, () -> Descriptions.file("{" + end + end + "\t\"\ud83d\ude00\" x"));
            assertEquals("n.json: line 3, column 6: 'x': expected a colon after the key \"\ud83d\ude00\"", refusal.getMessage());
        }
        final IOException refusal = assertThrows(NetworkException.class, () -> Descriptions.file("\ufeff{]"));
        assertEquals("n.json: line 1, column 2: ']': expected a key of the description in double quotes", refusal.getMessage());
    }
}
