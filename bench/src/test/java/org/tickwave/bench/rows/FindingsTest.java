package org.tickwave.bench.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the comparison says about made-up figures. */
class FindingsTest {
    private static final int ROWS = 10_000;

    /** One time stands for four rounds that take as long. */
    private static LearnerResult learner(final String name, final Role role, final double accuracy, final Double... us) {
        return new LearnerResult(name, "made", role, "", Timing.of(us.length == 1 ? Collections.nCopies(4, us[0]) : List.of(us)), accuracy, null, 0, false);
    }

    private static List<String> sentences(final LearnerResult... learners) {
        return new Findings(List.of(learners), ROWS).sentences();
    }

    @Test
    void theBestIsNamedWithThoseThatChanceCannotTellFromIt() {
        final List<String> sentences = sentences(learner("ours", Role.OURS, .9, 10.), learner("tree", Role.PEER, .905, 2.),
            learner("line", Role.PEER, .7, 1.), learner("rule", Role.BASELINE, .8, .01));
        assertEquals(List.of(
            "most accurate: tree (90.5 %, 2.00 us); equal but for chance: ours (90.0 %, 10.0 us)",
            "fastest that is more accurate than the baselines: tree (90.5 %, 2.00 us)",
            "no more accurate than a baseline: line (70.0 %, 1.00 us)",
            "ours beside tree: as accurate but for chance (-0.5 points), takes 5.0 times as long",
            "ours beside line: 20.0 points more accurate, takes 10 times as long"), sentences);
    }

    @Test
    void thereIsNoVerdictOnTimesThatOverlap() {
        final List<String> sentences = sentences(learner("ours", Role.OURS, .8, 9., 12., 10., 10.), learner("tree", Role.PEER, .9, 11., 20., 30., 30.),
            learner("forest", Role.PEER, .95, 24., 240., 1_000., 900.), learner("three rounds", Role.PEER, .7, 24., 240., 1_000.));
        assertTrue(sentences.contains("ours beside tree: 10.0 points less accurate, no verdict on time: the rounds overlap, or are fewer than 4"), sentences.toString());
        assertTrue(sentences.contains("ours beside three rounds: 10.0 points more accurate, no verdict on time: the rounds overlap, or are fewer than 4"),
            sentences.toString());
        assertTrue(sentences.contains("ours beside forest: 15.0 points less accurate, 57 times as fast"), sentences.toString());
    }

    @Test
    void whereNothingIsLearntTheFindingsSaySo() {
        final List<String> sentences = sentences(learner("ours", Role.OURS, .5, 1.), learner("rule", Role.BASELINE, .5, .01));
        assertEquals(List.of("most accurate: ours (50.0 %, 1.00 us); equal but for chance: rule (50.0 %, 0.010 us)",
            "no learner is more accurate than the baselines"), sentences);
    }

    @Test
    void aLearnerIsUnbeatenIfNoOtherIsAsGoodInBoth() {
        final RowTable table = MadeRows.table("made", 10);
        final List<LearnerResult> marked = TableResult.of(table, 1, List.of(learner("accurate", Role.PEER, .9, 10.), learner("fast", Role.PEER, .8, 1.),
            learner("slower than fast", Role.PEER, .8, 2.), learner("twin of fast", Role.PEER, .8, 1.), learner("slow", Role.PEER, .85, 20.))).learners();
        assertEquals(List.of("accurate", "fast", "twin of fast"), marked.stream().filter(LearnerResult::unbeaten).map(LearnerResult::name).toList());
    }

    @Test
    void roundsThatDisagreeByMoreThanATenthAreMarked() {
        assertTrue(Timing.of(List.of(1., 1.2)).marked());
        assertFalse(Timing.of(List.of(1., 1.09, 1.05)).marked());
        assertEquals(1.05, Timing.of(List.of(1., 1.09, 1.05)).median());
        assertEquals(1.5, Timing.of(List.of(2., 1.)).median());
    }
}
