package org.tickwave.bench.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.tickwave.bench.setup.RunFailure;

/** A comparison of learners that learn nothing, so that all of its figures but the times are known. */
@Execution(ExecutionMode.CONCURRENT)
class RowsComparisonTest {
    private static final RowTable TABLE = MadeRows.table("made", 1_200);

    private static Learner always(final String name, final Role role) {
        return MadeRows.learner(name, role, row -> 0);
    }

    private static Learner right(final String name, final Role role) {
        return MadeRows.learner(name, role, row -> TABLE.labelOf()[row]);
    }

    private static long ofLabel(final int label) {
        return IntStream.of(TABLE.labelOf()).filter(each -> each == label).count();
    }

    @Test
    void accuracyIsTheShareOfRightAnswers() throws IOException, RunFailure {
        final JsonObject json = JsonParser.parseString(MadeRows.compare(true, true, MadeRows.setting(List.of(always("ours", Role.OURS)),
            MadeRows.provider(right("theirs", Role.PEER), TABLE)), MadeRows.made(3)).out()).getAsJsonObject();
        assertEquals("done", json.get("end").getAsString());
        assertEquals(0, json.getAsJsonArray("left_out").size());
        final JsonObject table = json.getAsJsonArray("tables").get(0).getAsJsonObject();
        assertEquals(3, table.get("rounds").getAsInt());
        assertEquals(1_200, table.get("labelled_rows").getAsInt());
        final JsonObject ours = table.getAsJsonArray("learners").get(0).getAsJsonObject();
        assertEquals(ofLabel(0) / 1_200., ours.get("accuracy").getAsDouble(), 1e-12);
        assertEquals(0, ours.get("kappa").getAsDouble(), 1e-12);
        final JsonObject theirs = table.getAsJsonArray("learners").get(1).getAsJsonObject();
        assertEquals(1, theirs.get("accuracy").getAsDouble());
        assertEquals(1, theirs.get("kappa").getAsDouble());
        assertEquals("made", theirs.get("source").getAsString());
        assertEquals(3, theirs.getAsJsonObject("us_per_row").getAsJsonArray("rounds").size());
    }

    @Test
    void aTableIsTextWithTheMissingLibraryNamed() throws IOException, RunFailure {
        final Provider tablesOnly = new Provider() {
            @Override
            public List<Learner> learners() {
                return List.of();
            }

            @Override
            public List<RowTable> tables(final int rows) {
                return List.of(MadeRows.table("asked for " + rows, 30));
            }
        };
        final MadeRows.Outcome outcome = MadeRows.compare(false, false, MadeRows.setting(List.of(always("ours", Role.OURS)), tablesOnly), MadeRows.made(1));
        assertEquals(0, outcome.exit());
        assertTrue(outcome.out().contains("\nasked for 10000: 30 rows, 2 columns, 2 labels; 1 round\nlearner "), outcome.out());
        assertTrue(outcome.out().contains("\n* ours "), outcome.out());
        assertEquals(List.of("asked for 10000: warming up", "asked for 10000: round 1 of 1: ours"), outcome.err().lines().toList());
    }

    @Test
    void withoutMoaTheUserIsToldHowToGetIt() throws IOException, RunFailure {
        final RunFailure failure = assertThrows(RunFailure.class,
            () -> MadeRows.compare(false, true, MadeRows.setting(List.of(always("ours", Role.OURS))), MadeRows.made(1)));
        assertEquals(2, failure.exitCode());
        assertTrue(failure.getMessage().endsWith("TICKWAVE_PROFILES=moa ./tickwave bench --tables"), failure.getMessage());
    }

    /** Else a learner could be fast in one round by doing something else. */
    @Test
    void aLearnerThatAnswersOtherwiseInAnotherRoundIsRefused() {
        final AtomicInteger opened = new AtomicInteger();
        final Learner moody = new Learner("moody", "made", Role.PEER, table -> {
            final int label = opened.getAndIncrement() % 2;
            return MadeRows.learner("moody", Role.PEER, row -> label).opening().open(table);
        });
        final RunFailure failure = assertThrows(RunFailure.class,
            () -> MadeRows.compare(false, true, MadeRows.setting(List.of(moody), MadeRows.provider(always("b", Role.PEER), TABLE)), MadeRows.made(2)));
        assertEquals(1, failure.exitCode());
        assertTrue(failure.getMessage().startsWith("made: moody: accuracy "), failure.getMessage());
    }

    @Test
    void anAnswerThatIsNoLabelIsAnInternalError() {
        final Learner wrong = MadeRows.learner("wrong", Role.PEER, row -> 2);
        assertThrows(IllegalStateException.class,
            () -> MadeRows.compare(false, true, MadeRows.setting(List.of(wrong), MadeRows.provider(wrong, TABLE)), MadeRows.made(1)));
    }

    /** A learner whose pass number three, in the second round, stops all. */
    @Test
    void completeRoundsSurviveAnInterrupt() throws RunFailure {
        final AtomicReference<Rounds> rounds = new AtomicReference<>();
        final AtomicInteger opened = new AtomicInteger();
        final List<Integer> rows = new ArrayList<>();
        final Learner stopping = new Learner("stopping", "made", Role.PEER, table -> {
            final int pass = opened.incrementAndGet();
            return MadeRows.learner("stopping", Role.PEER, row -> {
                if (pass == 3) {
                    rows.add(row);
                    rounds.get().stop();
                }
                return 0;
            }).opening().open(table);
        });
        rounds.set(new Rounds(List.of(stopping), 5, MadeRows.COLD, line -> { }));
        final TableResult result = rounds.get().run(TABLE);
        assertEquals(1, result.rounds());
        assertEquals(List.of(0), rows);
        assertTrue(rounds.get().stopped());
        assertNull(rounds.get().run(TABLE));
    }

    /** The JVM compiles in the first two turns, and compiles little in the third. */
    @Test
    void theWarmUpLastsUntilTheJvmHardlyCompiles() throws RunFailure {
        final AtomicInteger opened = new AtomicInteger();
        final Learner counted = new Learner("counted", "made", Role.PEER, table -> {
            opened.incrementAndGet();
            return always("counted", Role.PEER).opening().open(table);
        });
        final long[] compiledMs = {0, 500, 600, 619, 1_000};
        final AtomicInteger asked = new AtomicInteger();
        new Rounds(List.of(counted), 1, new WarmUp(0, 20, Long.MAX_VALUE, () -> compiledMs[asked.getAndIncrement()]), line -> { }).run(TABLE);
        assertEquals(3 + 1, opened.get());
        assertEquals(4, asked.get());
    }

    /** The engine's session is stopped, too, and stays stopped if it had not begun. */
    @Test
    void theEngineStopsBeforeItsFirstRow() throws RunFailure {
        try (Pass pass = OwnLearners.all().getFirst().opening().open(TABLE)) {
            pass.stop();
            pass.run();
            assertEquals(0, pass.scores().rows());
            assertFalse(Thread.interrupted());
        }
    }
}
