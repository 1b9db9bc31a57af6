package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tickwave.BandFailedException;
import org.tickwave.Checkpoint;
import org.tickwave.CheckpointFile;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.EngineCounters;
import org.tickwave.GraphBuilder;
import org.tickwave.Input;
import org.tickwave.Network;
import org.tickwave.Output;
import org.tickwave.Rule;
import org.tickwave.WaveAgent;
import org.tickwave.Waves;

/**
 * The code in the Javadoc and in the README files equals, letter for letter, the code between marks in these examples, and in those of
 * the module for safetensors. So it is compiled.
 */
class SnippetsTest {
    private static final List<Path> MAIN = List.of(Path.of("src/main/java"), Path.of("safetensors/src/main/java"));
    private static final List<Path> EXAMPLES =
        List.of(Path.of("src/test/java/org/tickwave/example"), Path.of("safetensors/src/test/java/org/tickwave/safetensors/example"));
    private static final Path PROJECT = Path.of("../README.md");
    private static final Path ENGINE = Path.of("README.md");
    private static final List<Class<?>> FACE = List.of(Engine.class, Engine.Guard.class, Context.class, Waves.class, WaveAgent.class,
        Network.class, Network.Builder.class, GraphBuilder.class, Input.class, Output.class, Rule.class, BandFailedException.class, Checkpoint.class,
        CheckpointFile.class, EngineCounters.class);
    /** An optional type, a name, and an optional bracket, in a code span. */
    private static final Pattern MEMBER =
        Pattern.compile("`(?:(?:[A-Z]\\w+\\.)*?([A-Z]\\w+)\\.)?([a-z]\\w*|[A-Z_]{3,})(\\([^`]*\\))?`");
    private static final Pattern FENCED = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void javadocShowsWhatIsCompiledHere() {
        final Set<String> shown = new TreeSet<>();
        for (final Path file : sources(MAIN)) {
            final String source = read(file);
            for (int at = source.indexOf("{@snippet"); at >= 0; at = source.indexOf("{@snippet", at + 1)) {
                shown.add(snippet(source, at));
            }
        }
        assertTrue(shown.size() >= 2, () -> shown.toString());
        assertEquals(compiled("snippet"), shown);
    }

    @Test
    void theReadmesShowWhatIsCompiledHere() {
        final Set<String> ofProject = fenced(PROJECT);
        assertEquals(1, ofProject.size(), () -> ofProject.toString());
        final Set<String> shown = fenced(ENGINE);
        shown.addAll(ofProject);
        assertEquals(compiled("README"), shown);
    }

    /**
     * Checks names in code spans that have a type of the engine before them, or a bracket after them: {@code Engine.warm()},
     * {@code bands()}.
     */
    @Test
    void theReadmeNamesMembersThatThereAre() {
        final Map<String, Set<String>> members = new TreeMap<>();
        final Set<String> ofAnyType = new TreeSet<>();
        for (final Class<?> type : FACE) {
            final Set<String> names = members.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>());
            Stream.of(type.getMethods()).forEach(method -> names.add(method.getName()));
            Stream.of(type.getFields()).forEach(field -> names.add(field.getName()));
            ofAnyType.addAll(names);
        }
        int named = 0;
        final Matcher member = MEMBER.matcher(FENCED.matcher(read(ENGINE)).replaceAll(""));
        while (member.find()) {
            final String type = member.group(1);
            final Set<String> there = type != null ? members.get(type) : member.group(3) != null ? ofAnyType : null;
            if (there != null) {
                assertTrue(there.contains(member.group(2)), () -> "there is no " + member.group());
                named++;
            }
        }
        assertTrue(named > 20, "only " + named);
    }

    private static Set<String> fenced(final Path document) {
        final Set<String> shown = new TreeSet<>();
        final Matcher fenced = FENCED.matcher(read(document));
        while (fenced.find()) {
            shown.add(fenced.group(1).stripTrailing());
        }
        return shown;
    }

    /** The code between {@code // name begin} and {@code // name end} in the examples. */
    private static Set<String> compiled(final String name) {
        final Pattern marked = Pattern.compile("// " + name + " begin\n(.*?)\n *// " + name + " end", Pattern.DOTALL);
        final Set<String> compiled = new TreeSet<>();
        for (final Path file : sources(EXAMPLES)) {
            final Matcher matcher = marked.matcher(read(file));
            while (matcher.find()) {
                compiled.add(matcher.group(1).stripIndent().stripTrailing());
            }
        }
        return compiled;
    }

    /** The body of a snippet up to its closing brace, without the stars of the Javadoc. */
    private static String snippet(final String source, final int at) {
        final List<String> lines = new ArrayList<>();
        int open = 0;
        for (final String line : source.substring(at).lines().toList()) {
            open += count(line, '{') - count(line, '}');
            if (open == 0) {
                return String.join("\n", lines.subList(1, lines.size())).stripIndent();
            }
            lines.add(line.replaceFirst("^ *\\* ?", ""));
        }
        throw new AssertionError("a snippet without an end");
    }

    private static int count(final String line, final char what) {
        return (int) line.chars().filter(c -> c == what).count();
    }

    private static List<Path> sources(final List<Path> roots) {
        final List<Path> sources = new ArrayList<>();
        for (final Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources;
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
