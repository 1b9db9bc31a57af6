package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tickwave.pipeline.Step.Kind;

/** The stop word and the work between two ticks in every interleaving: closing, failing, tripping, setting weights. */
class StopInterleavingsTest {
    private enum Closing { BAND_FENCE, CLOSER_FENCE, LEAVE_RELEASES, CLOSER_ACQUIRES, SHOWS_THAT_IT_IS_INSIDE }

    private enum Failing { WORD_RELEASES, POLL_ACQUIRES, CAUSE_BEFORE_WORD }

    private enum Tripping { DONE_RELEASES, WAIT_ACQUIRES, TRIP_BEFORE_DONE }

    private enum Setting { DONE_RELEASES, WAIT_ACQUIRES, COMMIT_RELEASES, COMMIT_ACQUIRES, WAIT_FOR_DONE }

    /**
     * An actor enters a band twice, and uses the image if it may. Another actor closes, and frees the image if no thread is
     * inside.
     */
    private static Set<String> close(final Set<Closing> missing) {
        final Programs programs = new Programs();
        final int inside = programs.place("inside", 0);
        final int word = programs.place("stop word", 0);
        final int freed = programs.place("freed", 0);
        programs.actor("band");
        for (int round = 1; round <= 2; round++) {
            if (!missing.contains(Closing.SHOWS_THAT_IT_IS_INSIDE)) {
                programs.step(Kind.STORE, "enters", inside, 1, false);
            }
            if (!missing.contains(Closing.BAND_FENCE)) {
                programs.fence(Kind.FULL_FENCE);
            }
            programs.step(Kind.LOAD, "word " + round, word, Step.ANY, true);
            programs.step(Kind.LOAD, "image " + round, freed, Step.ANY, false);
            programs.step(Kind.STORE, "leaves", inside, 0, !missing.contains(Closing.LEAVE_RELEASES));
        }
        programs.actor("closer");
        programs.step(Kind.STORE, "stops", word, 1, false);
        if (!missing.contains(Closing.CLOSER_FENCE)) {
            programs.fence(Kind.FULL_FENCE);
        }
        programs.step(Kind.AWAIT_EXACTLY, "waits", inside, 0, !missing.contains(Closing.CLOSER_ACQUIRES));
        programs.step(Kind.STORE, "frees", freed, 1, false);
        return Interleavings.of(programs, found -> usedFreed(found, 1) || usedFreed(found, 2) ? "used what is freed" : null).wrong();
    }

    private static boolean usedFreed(final Map<String, Integer> found, final int round) {
        return found.get("band: word " + round) == 0 && found.get("band: image " + round) == 1;
    }

    @Test
    void nobodyUsesWhatIsFreed() {
        assertEquals(Set.of(), close(EnumSet.noneOf(Closing.class)));
    }

    @ParameterizedTest
    @EnumSource(Closing.class)
    void nothingOfClosingCanBeLeftOut(final Closing part) {
        assertFalse(close(EnumSet.of(part)).isEmpty());
    }

    /** A band fails, another one polls. */
    private static Set<String> fail(final Set<Failing> missing) {
        final Programs programs = new Programs();
        final int cause = programs.place("cause", 0);
        final int word = programs.place("stop word", 0);
        programs.actor("band");
        if (!missing.contains(Failing.CAUSE_BEFORE_WORD)) {
            programs.step(Kind.STORE, "says why", cause, 1, false);
        }
        programs.step(Kind.STORE, "fails", word, 1, !missing.contains(Failing.WORD_RELEASES));
        if (missing.contains(Failing.CAUSE_BEFORE_WORD)) {
            programs.step(Kind.STORE, "says why", cause, 1, false);
        }
        programs.actor("other");
        programs.step(Kind.LOAD, "word", word, Step.ANY, !missing.contains(Failing.POLL_ACQUIRES));
        programs.step(Kind.LOAD, "cause", cause, Step.ANY, false);
        return Interleavings.of(programs,
            found -> found.get("other: word") == 1 && found.get("other: cause") == 0 ? "failed for no cause" : null).wrong();
    }

    @Test
    void whoSeesAFailureSeesItsCause() {
        assertEquals(Set.of(), fail(EnumSet.noneOf(Failing.class)));
    }

    @ParameterizedTest
    @EnumSource(Failing.class)
    void nothingOfFailingCanBeLeftOut(final Failing part) {
        assertFalse(fail(EnumSet.of(part)).isEmpty());
    }

    /** The guard refuses a vector in a tick, and the tick is done. The source waits for the tick, and asks for trips. */
    private static Programs trip(final Set<Tripping> missing) {
        final Programs programs = new Programs();
        final int tripped = programs.place("tripped", 0);
        final int done = programs.place("done", 0);
        programs.actor("band");
        if (!missing.contains(Tripping.TRIP_BEFORE_DONE)) {
            programs.step(Kind.STORE, "trips", tripped, 1, false);
        }
        programs.step(Kind.STORE, "is done", done, 1, !missing.contains(Tripping.DONE_RELEASES));
        if (missing.contains(Tripping.TRIP_BEFORE_DONE)) {
            programs.step(Kind.STORE, "trips", tripped, 1, false);
        }
        programs.actor("source");
        programs.step(Kind.AWAIT, "waits", done, 1, !missing.contains(Tripping.WAIT_ACQUIRES));
        programs.step(Kind.LOAD, "asks", tripped, 1, false);
        return programs;
    }

    @Test
    void whoSeesATickDoneSeesItsTrip() {
        assertEquals(Set.of(), Interleavings.of(trip(EnumSet.noneOf(Tripping.class))).wrong());
    }

    @ParameterizedTest
    @EnumSource(Tripping.class)
    void nothingOfTrippingCanBeLeftOut(final Tripping part) {
        assertFalse(Interleavings.of(trip(EnumSet.of(part))).wrong().isEmpty());
    }

    /** The layer learns the weights. The source reads and sets them between two ticks. */
    private static Programs set(final Set<Setting> missing) {
        final Programs programs = new Programs();
        final int weights = programs.place("weights", 0);
        final int done = programs.place("done 1", 0);
        final int committed = programs.place("done 0", 1);
        programs.actor("band");
        programs.step(Kind.STORE, "learns", weights, 1, false);
        programs.step(Kind.STORE, "is done", done, 1, !missing.contains(Setting.DONE_RELEASES));
        programs.step(Kind.AWAIT, "waits", committed, 2, !missing.contains(Setting.COMMIT_ACQUIRES));
        programs.step(Kind.LOAD, "uses what was set", weights, 2, false);
        programs.actor("source");
        if (!missing.contains(Setting.WAIT_FOR_DONE)) {
            programs.step(Kind.AWAIT, "waits", done, 1, !missing.contains(Setting.WAIT_ACQUIRES));
        }
        programs.step(Kind.LOAD, "reads", weights, 1, false);
        programs.step(Kind.STORE, "sets", weights, 2, false);
        programs.step(Kind.STORE, "commits", committed, 2, !missing.contains(Setting.COMMIT_RELEASES));
        return programs;
    }

    @Test
    void weightsAreReadAndSetBetweenTicks() {
        assertEquals(Set.of(), Interleavings.of(set(EnumSet.noneOf(Setting.class))).wrong());
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void nothingOfSettingWeightsCanBeLeftOut(final Setting part) {
        assertFalse(Interleavings.of(set(EnumSet.of(part))).wrong().isEmpty());
    }
}
