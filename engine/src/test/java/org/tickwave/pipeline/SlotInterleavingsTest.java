package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tickwave.pipeline.Step.Kind;

/** {@link Slot} in every interleaving: an observer gets a whole vector of the wanted tick, or learns that there is none. */
class SlotInterleavingsTest {
    private static final int WANTED = 2;
    private static final int WORDS = 2;

    /** Each part is a line of {@link Slot}. */
    private enum Part { NO_TICK_FIRST, FENCE_AFTER_IT, SEAL_RELEASES, TICK_ACQUIRES, FENCE_BEFORE_AGAIN, LOOK_AGAIN }

    /** The slot of tick 1 gets tick 2 and then tick 3, while an observer wants tick 2. */
    private static Programs programs(final Set<Part> missing) {
        final Programs programs = new Programs();
        final int stamp = programs.place("stamp", 1);
        final int[] words = {programs.place("first word", 1), programs.place("last word", 1)};
        programs.actor("writer");
        for (int tick = 2; tick <= 3; tick++) {
            if (!missing.contains(Part.NO_TICK_FIRST)) {
                programs.step(Kind.STORE, "opens", stamp, -1, false);
            }
            if (!missing.contains(Part.FENCE_AFTER_IT)) {
                programs.fence(Kind.STORE_STORE_FENCE);
            }
            for (final int word : words) {
                programs.step(Kind.STORE, "writes", word, tick, false);
            }
            programs.step(Kind.STORE, "seals", stamp, tick, !missing.contains(Part.SEAL_RELEASES));
        }
        programs.actor("observer");
        programs.step(Kind.LOAD, "tick", stamp, Step.ANY, !missing.contains(Part.TICK_ACQUIRES));
        for (int i = 0; i < WORDS; i++) {
            programs.step(Kind.LOAD, "word " + i, words[i], Step.ANY, false);
        }
        if (!missing.contains(Part.FENCE_BEFORE_AGAIN)) {
            programs.fence(Kind.LOAD_LOAD_FENCE);
        }
        if (!missing.contains(Part.LOOK_AGAIN)) {
            programs.step(Kind.LOAD, "tick again", stamp, Step.ANY, false);
        }
        return programs;
    }

    private static boolean accepted(final Map<String, Integer> found) {
        return found.get("observer: tick") == WANTED && found.getOrDefault("observer: tick again", WANTED) == WANTED;
    }

    private static boolean whole(final Map<String, Integer> found) {
        return found.get("observer: word 0") == WANTED && found.get("observer: word 1") == WANTED;
    }

    private static Set<String> torn(final Set<Part> missing) {
        return Interleavings.of(programs(missing), found -> accepted(found) && !whole(found) ? "torn" : null).wrong();
    }

    @Test
    void anObserverGetsAWholeVectorOrIsTold() {
        assertEquals(Set.of(), torn(EnumSet.noneOf(Part.class)));
    }

    @Test
    void anObserverDoesGetVectorsAndIsAlsoTold() {
        final Programs programs = programs(EnumSet.noneOf(Part.class));
        assertTrue(Interleavings.of(programs, found -> accepted(found) ? "got" : null).wrong().size() == 1);
        assertTrue(Interleavings.of(programs, found -> accepted(found) ? null : "told").wrong().size() > 1);
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void nothingCanBeLeftOut(final Part part) {
        assertFalse(torn(EnumSet.of(part)).isEmpty());
    }
}
