package org.tickwave.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tickwave.bench.forks.ForkScore;

/** What is said about batches. */
class BatchesTest {
    private static final String ALONE = "w,peer,alone,A.step,width=64 batch=1,width,avgt,1,,\n";
    private static final String FRAME = "w,peer,a frame of 32,A.step,width=64 batch=32,width,avgt,1/batch,,\n";
    private static final String STEP = "s,peer,a step of 32,A.step,width=64 batch=32,width,avgt,1,,\n";

    /** Each fork takes so long for a step of one frame, and for a batch. */
    private static List<Figure> figures(final String lines, final double aloneNs, final double batchNs) {
        return Plan.parse("made", lines, Stub.PACE, 2).entries().stream().map(entry -> {
            final double ns = "32".equals(entry.params().get("batch")) ? batchNs : aloneNs;
            return Figure.of(entry, List.of(new Fork(0, new ForkScore(ns, List.of(ns)), null, Fork.Counted.NOTHING, List.of())));
        }).toList();
    }

    /** One row for the two figures of a fork. 31 frames at 1000 frames a second are 31 ms. */
    @Test
    void aFrameWaitsForTheOthersAndTheStep() {
        assertEquals(List.of(
            List.of("batch=1 width=64", "200000", "200000", "200.0 us", "200.0 us", "200.0 us", "200.0 us"),
            List.of("batch=32 width=64", "640000", "20000", "1.0 s", "517.31 ms", "129.81 ms", "31.64 ms")),
            Batches.rows(figures(ALONE + FRAME + STEP, 200_000, 640_000)));
        assertEquals(7, Batches.head().size());
    }

    /** Steps of 5 ms do not keep up with 240 frames a second, and a batch of 32 in 40 ms does not keep up with 1000. */
    @Test
    void whatCannotKeepUpDoesNotWaitButFallsBehind() {
        final List<List<String>> rows = Batches.rows(figures(ALONE + STEP, 5e6, 40e6));
        assertEquals(List.of("5.00 ms", "5.00 ms", "too slow", "too slow"), rows.getFirst().subList(3, 7));
        assertEquals("too slow", rows.getLast().getLast());
        assertEquals("169.17 ms", rows.getLast().get(5));
    }

    @Test
    void theFigureOfAFrameIsTheStepDividedByTheBatch() {
        assertEquals(20_000, figures(FRAME, 0, 640_000).getFirst().spread().median());
        assertEquals(640_000, figures(STEP, 0, 640_000).getFirst().spread().median());
    }

    @Test
    void withoutBatchesThereIsNothingToSay() {
        assertEquals(List.of(), Batches.rows(figures(ALONE, 200_000, 0)));
        assertEquals(List.of(), Batches.rows(figures("w,ours,tick,A.tick,width=64,width,avgt,1,,\n", 1, 1)));
    }
}
