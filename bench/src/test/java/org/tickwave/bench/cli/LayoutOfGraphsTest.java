package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.Balance;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Rule;
import org.tickwave.bench.net.Descriptions;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.Region;
import org.tickwave.layout.Wiring;

/** {@code layout FILE}: the numbers of a described network. */
class LayoutOfGraphsTest {
    private static final String SKIP = """
        {"inputs": [{"name": "u", "width": 5}, {"name": "v", "width": 3}],
         "layers": [{"name": "low", "width": 4}, {"name": "high", "width": 6, "activation": "relu"}],
         "outputs": [{"name": "y", "width": 2}, {"name": "z", "width": 7, "loss": "softmax_cross_entropy"}],
         "projections": [{"from": "u", "to": "low"}, {"from": "low", "to": "high"}, {"from": "high", "to": "y"},
           {"from": "low", "to": "y"}, {"from": "v", "to": "z"}, {"from": "u", "to": "z"}]}
        """;

    @TempDir
    private Path directory;

    private String file(final String json) throws IOException {
        return Files.writeString(directory.resolve("n.json"), json).toString();
    }

    private static Outcome layout(final String... arguments) {
        return Outcome.of(Stream.concat(Stream.of("layout"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static String output(final String... arguments) {
        final Outcome outcome = layout(arguments);
        assertEquals(0, outcome.exit(), outcome.err());
        assertEquals("", outcome.err());
        return outcome.out();
    }

    @Test
    void theTableHasLevelsDelaysAgesAndGatesByName() throws IOException {
        final String file = file(SKIP);
        final List<String> lines = output(file, "--lanes", "256").lines().toList();
        assertEquals(file + ", aligned, history 0, 256-bit lanes: panels of 32 columns", lines.getFirst());
        assertEquals(List.of(
            "layer  kind              width  level  q  T  gate  echo gate",
            "u      input                 5      0  -  -     -          -",
            "v      input                 3      0  -  -     -          -",
            "low    tanh                  4      1  4  -     5          2",
            "high   relu                  6      2  2  -     4          1",
            "y      identity, output      2      3  0  3     3          0",
            "z      identity, output      7      1  4  5     5          2",
            "",
            "projection   feedback   length  d  p  gate",
            "u -> low     -               1  0  5     5",
            "low -> high  transpose       1  0  3     4",
            "high -> y    transpose       1  0  1     3",
            "low -> y     transpose       1  1  2     3",
            "v -> z       -               1  0  5     5",
            "u -> z       -               1  0  5     5",
            ""), lines.subList(2, 18));
        assertTrue(lines.stream().anyMatch(line -> line.matches("ECHO +low -> y +[0-9,]+ +320 +3 +960 +0.9 KiB")), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.matches("TARGET +z .*")), lines::toString);
    }

    @Test
    void jsonHasTheNumbersOfTheWiring() throws IOException {
        final long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        for (final Balance balance : Balance.values()) {
            for (int i = 0; i < 10; i++) {
                final NetworkDescription drawn = Descriptions.random(random, 2 + random.nextInt(12), 1 + random.nextInt(30), balance);
                final NetworkDescription description = i % 2 == 0 ? drawn : Descriptions.transposed(drawn);
                check(description, Commands.output("layout", file(description.toJson()), "--json", "--history", "" + i));
            }
        }
    }

    private static void check(final NetworkDescription description, final String printed) {
        final JsonObject json = new Outcome(0, printed, "").json();
        final int history = json.get("history").getAsInt();
        final Wiring wiring = wiring(description);
        final ImageLayout layout =
            new ImageLayout(new Geometry(json.get("lane_bits").getAsInt() / Float.SIZE, description.widths(), wiring, history));
        assertEquals(layout.imageBytes(), json.get("image_bytes").getAsLong());
        if (description.equals(Descriptions.transposed(description))) {
            assertEquals(Engine.imageBytes(description.network(), new Context().history(history)
                .rule(description.balance() == Balance.BALANCED ? Rule.aligned() : Rule.diffusion())), json.get("image_bytes").getAsLong());
        }
        assertEquals(wiring.latency(), json.get("latency").getAsInt());
        assertEquals(NetworkDescription.named(description.balance()), json.get("balance").getAsString());
        final List<Integer> expected = new ArrayList<>();
        final List<Integer> found = new ArrayList<>();
        for (int l = 0; l < wiring.layers(); l++) {
            final JsonObject layer = json.getAsJsonArray("layers").get(l).getAsJsonObject();
            assertEquals(description.names().get(l), layer.get("name").getAsString());
            expected.add(wiring.level(l));
            found.add(layer.get("level").getAsInt());
            assertEquals(l < wiring.inputs(), layer.get("gate").isJsonNull());
            assertEquals(!wiring.isOutput(l), layer.get("target_age").isJsonNull());
            if (l >= wiring.inputs()) {
                expected.addAll(List.of(wiring.slopeAge(l), wiring.gate(l), wiring.echoGate(l)));
                found.addAll(List.of(layer.get("slope_age").getAsInt(), layer.get("gate").getAsInt(), layer.get("echo_gate").getAsInt()));
            }
            if (wiring.isOutput(l)) {
                expected.add(wiring.targetAge(l));
                found.add(layer.get("target_age").getAsInt());
            }
        }
        for (int k = 1; k <= wiring.projections(); k++) {
            final JsonObject projection = json.getAsJsonArray("projections").get(k - 1).getAsJsonObject();
            assertEquals(description.projections().get(k - 1).from(), projection.get("from").getAsString());
            assertEquals(description.projections().get(k - 1).to(), projection.get("to").getAsString());
            expected.addAll(List.of(wiring.delay(k), wiring.age(k), wiring.gate(wiring.to(k))));
            found.addAll(List.of(projection.get("delay").getAsInt(), projection.get("age").getAsInt(), projection.get("gate").getAsInt()));
        }
        for (int edge = wiring.projections() + 1; edge <= wiring.edges(); edge++) {
            final JsonObject direct = json.getAsJsonArray("direct_edges").get(edge - wiring.projections() - 1).getAsJsonObject();
            expected.addAll(List.of(wiring.from(edge), wiring.to(edge), wiring.delay(edge)));
            found.addAll(List.of(description.names().indexOf(direct.get("from").getAsString()),
                description.names().indexOf(direct.get("to").getAsString()), direct.get("delay").getAsInt()));
        }
        assertEquals(wiring.edges() - wiring.projections(), json.getAsJsonArray("direct_edges").size());
        assertEquals(expected, found);
        for (int r = 0; r < layout.regions().size(); r++) {
            check(description, wiring, layout.regions().get(r), json.getAsJsonArray("regions").get(r).getAsJsonObject());
        }
    }

    private static void check(final NetworkDescription description, final Wiring wiring, final Region region, final JsonObject found) {
        assertEquals(region.kind().name(), found.get("kind").getAsString());
        assertEquals(region.offset(), found.get("offset").getAsLong());
        assertEquals(region.slots(), found.get("depth").getAsInt());
        final boolean ofProjection = region.kind() == Region.Kind.WEIGHTS || region.kind() == Region.Kind.ECHO
            || region.kind() == Region.Kind.FEEDBACK;
        final boolean ofLayer = region.owner() > 0 && !ofProjection || region.kind() == Region.Kind.ACTIVATION;
        assertEquals(ofLayer ? description.names().get(region.owner()) : null, text(found.get("layer")));
        assertEquals(ofProjection ? description.names().get(wiring.from(region.owner())) : null, text(found.get("from")));
        assertEquals(ofProjection ? description.names().get(wiring.to(region.owner())) : null, text(found.get("to")));
    }

    private static String text(final JsonElement element) {
        return element.isJsonNull() ? null : element.getAsString();
    }

    /** The wiring as the engine's own classes make it from numbers. */
    private static Wiring wiring(final NetworkDescription description) {
        final List<String> names = description.names();
        final int[] from = description.projections().stream().mapToInt(projection -> names.indexOf(projection.from())).toArray();
        final int[] to = description.projections().stream().mapToInt(projection -> names.indexOf(projection.to())).toArray();
        final int[] outputs = description.outputs().stream().mapToInt(output -> names.indexOf(output.name())).toArray();
        final int[] lengths = description.projections().stream().mapToInt(projection -> projection.length()).toArray();
        final Wiring wiring = switch (description.balance()) {
            case BALANCED -> Wiring.balanced(names.size(), from, to, outputs).lengths(lengths).aligned();
            case IMMEDIATE -> Wiring.immediate(names.size(), from, to, outputs).lengths(lengths);
            case RECURRENT -> Wiring.recurrent(names.size(), from, to, outputs).lengths(lengths);
        };
        final Feedback[] feedback = description.projections().stream().map(projection -> switch (projection.feedback()) {
            case TRANSPOSE -> Feedback.TRANSPOSE;
            case RANDOM -> Feedback.RANDOM;
            case SIGN_SYMMETRIC -> Feedback.SIGN_SYMMETRIC;
            case DIRECT -> throw new AssertionError();
        }).toArray(Feedback[]::new);
        return wiring.withFeedback(feedback, names.stream().filter(description::isDirect).mapToInt(names::indexOf).toArray());
    }

    @Test
    void theDrawingGoesToAFileBesideTheTable() throws IOException {
        final Path svg = directory.resolve("n.svg");
        final String file = file(SKIP);
        final String table = output(file, "--svg", svg.toString());
        assertEquals(output(file), table);
        assertTrue(Files.readString(svg).startsWith("<?xml"));
        assertTrue(Files.readString(svg).contains("<title>low -&gt; y</title>"));
    }

    @Test
    void theDrawingGoesToStandardOutputAndTheTableToStandardError() throws IOException {
        final String file = file(SKIP);
        final Path svg = directory.resolve("n.svg");
        final String table = output(file, "--svg", svg.toString());
        final Outcome outcome = layout(file, "--svg", "-");
        assertEquals(0, outcome.exit());
        assertEquals(Files.readString(svg), outcome.out());
        assertEquals(table, outcome.err());
        assertEquals(output(file, "--json"), layout(file, "--json", "--svg", "-").err());
    }

    @Test
    void aChainIsDrawnToo() {
        final Outcome outcome = layout("4-3-2", "--svg", "-");
        assertTrue(outcome.out().contains("<title>0 -&gt; 1</title>"), outcome.out());
    }

    @Test
    void aDrawingThatNobodyCouldReadIsRefused() throws IOException {
        final Path svg = Files.writeString(directory.resolve("old.svg"), "old");
        final Outcome outcome = layout("1" + "-1".repeat(256), "--svg", svg.toString());
        assertEquals(2, outcome.exit());
        assertEquals("tickwave layout: --svg: a drawing of 257 layers and 256 projections: expected at most 256 layers and 2048 projections"
            + " (try 'tickwave layout --help')", outcome.err().strip());
        assertEquals("", outcome.out());
        assertEquals("old", Files.readString(svg));
        assertEquals(0, layout("1" + "-1".repeat(255), "--svg", svg.toString()).exit());
    }

    @Test
    void theDrawingDoesNotReplaceTheDescription() throws IOException {
        final String file = file(SKIP);
        final Outcome outcome = layout(file, "--svg", directory + "/./n.json");
        assertEquals(2, outcome.exit());
        assertEquals("tickwave layout: --svg " + directory + "/./n.json: the description itself: expected another file"
            + " (try 'tickwave layout --help')", outcome.err().strip());
        assertEquals(SKIP, Files.readString(Path.of(file)));
    }

    @Test
    void aMistakeLeavesAnOldDrawing() throws IOException {
        final Path svg = Files.writeString(directory.resolve("old.svg"), "old");
        assertEquals(1, layout(file(SKIP.replace("\"u\", \"to\": \"low\"", "\"w\", \"to\": \"low\"")), "--svg", svg.toString()).exit());
        assertEquals("old", Files.readString(svg));
        final Outcome outcome = layout(file(SKIP), "--svg", directory.resolve("no/n.svg").toString());
        assertEquals(1, outcome.exit());
        assertTrue(outcome.err().contains("does not exist"), outcome.err());
        assertFalse(outcome.err().contains("Exception"), outcome.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "--rule aligned | immediate | line 1, column 13: a network that is immediate, with --rule aligned: expected --rule diffusion",
        "--rule window:1 | recurrent | line 1, column 13: a network that is recurrent, with --rule window:1: expected --rule diffusion",
        "--rule window:6 | balanced | window:6: expected 1 to 5 (2L-1) for a network with L = 3",
    })
    void aRuleThatDoesNotSuitIsRefused(final String options, final String balance, final String message) throws IOException {
        final String file = file("{\"balance\": \"" + balance + "\"," + SKIP.substring(1));
        final Outcome outcome = layout(Stream.concat(Stream.of(file), Stream.of(options.split(" "))).toArray(String[]::new));
        assertEquals(1, outcome.exit());
        assertEquals("", outcome.out());
        assertEquals("tickwave layout: " + file + ": " + message, outcome.err().strip());
    }

    @Test
    void anImageThatFitsNoMachineIsRefusedBeforeItIsAllocated() throws IOException {
        final String file = file(SKIP.replace("\"width\": 5", "\"width\": 2147483647").replace("\"width\": 4", "\"width\": 2147483647")
            .replace("\"width\": 3}", "\"first\": 0, \"width\": 3}"));
        final Outcome outcome = layout(file);
        assertEquals(1, outcome.exit());
        assertTrue(outcome.err().startsWith("tickwave layout: " + file + ": network 2147483647-3-2147483647-6-2-7: its image would take at least"),
            outcome.err());
        assertEquals(1, outcome.err().lines().count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "abc | abc: no such file: expected a description of a network in JSON, or widths such as 416-128-128-208",
        "3-b | 3-b: no such file: expected a description of a network in JSON, or widths such as 416-128-128-208",
    })
    void aNameThatIsNoFileIsRefused(final String name, final String message) {
        final Outcome outcome = layout(name);
        assertEquals(1, outcome.exit());
        assertEquals("tickwave layout: " + message, outcome.err().strip());
    }

    @Test
    void aDescriptionWithoutAWidthNeedsAStream() throws IOException {
        final Outcome outcome = layout(file(SKIP.replace(", \"width\": 3}", "}")));
        assertEquals(1, outcome.exit());
        assertTrue(outcome.err().contains("n.json: line 1, column 40: input 2: no key \"width\": expected a width, since there is no stream"),
            outcome.err());
    }

    @Test
    void feedbackHasRegionsAndDirectEdges() throws IOException {
        final List<String> lines = output(file(SKIP.replace("width\": 4", "width\": 4, \"feedback\": \"direct\"")
            .replace("\"high\", \"to\": \"y\"", "\"high\", \"to\": \"y\", \"feedback\": \"random\""))).lines().toList();
        assertTrue(lines.contains("low    tanh, direct          4      1  4  -     5          2"), lines::toString);
        assertEquals(List.of(
            "projection   feedback  length  d  p  gate",
            "u -> low     -              1  0  5     5",
            "low -> high  -              1  0  3     4",
            "high -> y    random         1  0  1     3",
            "low -> y     -              1  1  2     3",
            "v -> z       -              1  0  5     5",
            "u -> z       -              1  0  5     5",
            "low <- y     direct         -  1  -     -"), lines.subList(10, 18));
        assertTrue(lines.stream().anyMatch(line -> line.matches("FEEDBACK +high -> y .*")), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.matches("FEEDBACK +low <- y .*")), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.matches("ECHO +low <- y .*")), lines::toString);
        assertTrue(lines.stream().noneMatch(line -> line.matches("ECHO +low -> .*")), lines::toString);
    }

    @Test
    void historyIsCheckedBeforeTheFile() {
        final Outcome outcome = layout("none.json", "--history", "-1");
        assertEquals(2, outcome.exit());
        assertEquals("tickwave layout: history -1: expected 0 to 1048576 slots (try 'tickwave layout --help')", outcome.err().strip());
    }
}
