package org.tickwave.bench.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.budget.MadeBudget;
import org.tickwave.bench.cli.Commands;
import org.tickwave.bench.compare.MadeComparison;
import org.tickwave.bench.doctor.EveryFinding;
import org.tickwave.bench.paper.PaperJson;
import org.tickwave.bench.paper.ShortPaper;
import org.tickwave.bench.rows.MadeRows;
import org.tickwave.bench.sound.SoundDirectory;
import org.tickwave.bench.suite.MadeSuite;

/** Compares the tables of keys in bench/README.md with {@code --json}: {@code a.b} is in an object, {@code a[].b} in an array. */
class JsonKeysTest {
    private static final Markdown DOCUMENT = Markdown.of("bench/README.md");
    /** Objects whose keys have the form {@code .key} in the table, since several objects have them. */
    private static final Set<String> ALIKE = Set.of("backprop.", "linear.", "last_label.", "commonest_label.",
        "taught_before_answer.", "rows[].base.", "rows[].new.", "rows[].secondary[].base.", "rows[].secondary[].new.",
        "figures[].spread.", "ratios[].spread.");
    private static final Set<String> PERCENTILES = Set.of("p50", "p99", "p999", "max");

    private final Set<String> keys = new TreeSet<>();
    private final Set<String> nulls = new TreeSet<>();

    /** @param path path of the element, with a dot at the end */
    private void add(final String path, final JsonElement element) {
        if (element.isJsonArray()) {
            final String of = path.substring(0, Math.max(0, path.length() - 1)) + "[].";
            element.getAsJsonArray().forEach(each -> add(of, each));
        } else if (element.isJsonObject()) {
            final Map<String, JsonElement> entries = element.getAsJsonObject().asMap();
            if (entries.keySet().stream().allMatch(key -> key.matches("[0-9]+"))) {
                return;
            }
            final String of = entries.keySet().equals(PERCENTILES) || ALIKE.contains(path) ? "." : path;
            entries.forEach((key, value) -> {
                keys.add(of + key);
                if (value.isJsonNull()) {
                    nulls.add(of + key);
                }
                add(of + key + ".", value);
            });
        }
    }

    private void add(final String json) {
        add("", JsonParser.parseString(json));
    }

    private void expect(final String heading) {
        final Set<String> named = new TreeSet<>();
        final Set<String> never = new TreeSet<>();
        final Markdown section = DOCUMENT.section(heading);
        for (final List<String> row : section.rows("key", "unit", "meaning", "null")) {
            final String key = row.getFirst().replace("`", "");
            assertTrue(named.add(key), () -> key + " stands there twice");
            if (row.get(3).equals("never")) {
                never.add(key);
            }
        }
        section.expectNames(keys, named);
        never.retainAll(nulls);
        assertEquals(Set.of(), never, "null here, but not by the table");
    }

    @Test
    void ofRun(@TempDir final Path directory) throws IOException {
        add(Commands.output("run", "--frames", "40", "--pace", "none", "--compare", "--json", "--quiet"));
        final Path recordings = SoundDirectory.of(directory.resolve("recordings"), 8_000, 10, List.of("no", "yes"));
        add(Commands.output("run", "--input", recordings.toString(), "--pace", "none", "--compare", "--json", "--quiet"));
        final Path table = Files.writeString(directory.resolve("t.csv"), "a,b,label\n" + "1,2,x\n3,,y\n4,z,x\n".repeat(20));
        add(Commands.output("run", "--input", table.toString(), "--label", "label", "--rule", "diffusion", "--compare", "--json", "--quiet"));
        final Path answers = directory.resolve("answers");
        add(Commands.output("run", "--frames", "40", "--pace", "none", "--answers", answers.toString(), "--json", "--quiet"));
        add(Commands.output("run", "--frames", "40", "--pace", "none", "--audit", "5", "--json", "--quiet"));
        final String graph = DOCUMENT.section("Networks as graphs").fenced().stream().filter(block -> block.startsWith("{")).findFirst().orElseThrow();
        final Path frames = Files.write(directory.resolve("frames"), new byte[80]);
        add(Commands.output("run", "--input", frames.toString(), "--format", "u8:2@10", "--network",
            Files.writeString(directory.resolve("graph.json"), graph).toString(), "--pace", "none", "--compare", "--json", "--quiet"));
        expect("Keys of run --json");
    }

    @Test
    void ofWatch(@TempDir final Path directory) throws IOException {
        final String image = directory.resolve("w.img").toString();
        Commands.output("run", "--frames", "40", "--pace", "none", "--image", image, "--quiet");
        Commands.output("watch", image, "--json").lines().forEach(this::add);
        expect("Keys of watch --json");
    }

    @Test
    void ofLayout(@TempDir final Path directory) throws IOException {
        add(Commands.output("layout", "5-4-3-2", "--json"));
        final String graph = DOCUMENT.section("Descriptions of networks").fenced().stream().filter(block -> block.startsWith("{")).findFirst().orElseThrow();
        add(Commands.output("layout", Files.writeString(directory.resolve("graph.json"), graph).toString(), "--json"));
        final String direct = graph.replace("\"name\": \"low\"", "\"name\": \"low\", \"feedback\": \"direct\"");
        add(Commands.output("layout", Files.writeString(directory.resolve("direct.json"), direct).toString(), "--json"));
        expect("Keys of layout --json");
    }

    @Test
    void ofCompare() {
        add(MadeComparison.json());
        add(MadeComparison.jsonWithoutGit());
        expect("Keys of bench --compare --json");
    }

    @Test
    void ofSuite() {
        MadeSuite.json().forEach(this::add);
        expect("Keys of suite.json");
    }

    @Test
    void ofTables() {
        add(MadeRows.json());
        expect("Keys of bench --tables --json");
    }

    @Test
    void ofPaper() {
        add(PaperJson.of(ShortPaper.get()));
        expect("Keys of paper --json");
    }

    @Test
    void ofBudget() {
        add(MadeBudget.json());
        add(MadeBudget.jsonWithAKnee());
        add(MadeBudget.jsonOfLittle());
        expect("Keys of budget --json");
    }

    @Test
    void ofDoctor() {
        add(EveryFinding.json());
        add(EveryFinding.jsonOfOneThatSaysNothing());
        expect("Keys of doctor --json");
    }
}
