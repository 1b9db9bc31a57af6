package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The example of embedding in the documents does what they say. */
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
    void whatTheJavadocShowsOfAgentsRuns() {
        final List<Long> widths = new ArrayList<>();
        final List<Throwable> errors = new CopyOnWriteArrayList<>();
        new BandAgents(output -> widths.add(output.byteSize()), errors::add).run(frame -> widths.size() < 5);
        assertEquals(List.of(832L, 832L, 832L, 832L, 832L), widths);
        assertEquals(List.of(), errors);
    }
}
