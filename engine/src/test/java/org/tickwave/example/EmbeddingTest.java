package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What documents show of embedding is compiled, and does what they say. */
class EmbeddingTest {
    @Test
    void whatTheReadmeShowsLearns() {
        final double early = Embedding.predict(1_000);
        final double late = Embedding.predict(20_000);
        assertTrue(late < early / 10, () -> early + " at first, " + late + " in the end");
        assertTrue(late < .001, () -> "mean squared error " + late);
    }

    @Test
    void whatTheJavadocShowsRuns() {
        final List<Long> widths = new ArrayList<>();
        new CameraLoop(output -> widths.add(output.byteSize())).run(frame -> widths.size() < 5);
        assertEquals(List.of(832L, 832L, 832L, 832L, 832L), widths);
    }

    @Test
    void theJavadocShowsWhatIsCompiledHere() throws IOException {
        final List<String> compiled = new ArrayList<>();
        boolean within = false;
        for (final String line : Files.readAllLines(Path.of("src/test/java/org/tickwave/example/CameraLoop.java"))) {
            if (line.strip().equals("// snippet end")) {
                within = false;
            }
            if (within) {
                compiled.add(line.substring(8));
            }
            within |= line.strip().equals("// snippet begin");
        }
        assertFalse(compiled.isEmpty());
        assertEquals(compiled, shown(Files.readAllLines(Path.of("src/main/java/org/tickwave/Engine.java"))));
    }

    /** The lines of the first snippet, up to the brace that closes it. */
    private static List<String> shown(final List<String> source) {
        final List<String> shown = new ArrayList<>();
        int open = 0;
        for (final String line : source) {
            if (open > 0) {
                open += count(line, '{') - count(line, '}');
                if (open == 0) {
                    return shown;
                }
                shown.add(line.substring(3));
            } else if (line.contains("{@snippet")) {
                open = 1;
            }
        }
        throw new AssertionError("no snippet in Engine");
    }

    private static int count(final String line, final char what) {
        return (int) line.chars().filter(c -> c == what).count();
    }
}
