package org.tickwave.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The digest covers all that decides the results, and nothing else. */
class DigestTest {
    private static final Wiring[] RULES = {Wiring.chain(2), Wiring.chain(2).window(1), Wiring.chain(2).window(2), Wiring.chain(2).aligned()};

    /** Expects that a digest is new. */
    private static void put(final Map<Long, String> digests, final long digest, final List<Object> of) {
        final String other = digests.put(digest, of.toString());
        assertTrue(other == null, () -> of + " has the digest of " + other);
    }

    @Test
    void digestsDifferWhereAnyNumberDoes() {
        final Map<Long, String> digests = new HashMap<>();
        for (final int[] widths : new int[][] {{3, 2, 1}, {1, 2, 3}, {3, 1, 2}, {4, 2, 1}}) {
            for (final Wiring wiring : RULES) {
                final Geometry geometry = new Geometry(16, widths, wiring, 0);
                for (final int[] activations : new int[][] {{0, 1, 0}, {0, 0, 1}, {0, 2, 0}, {0, 1, 1}}) {
                    for (int loss = 0; loss < 3; loss++) {
                        for (final float clip : new float[] {Float.POSITIVE_INFINITY, 1, Math.nextUp(1f)}) {
                            for (int guard = 0; guard < 2; guard++) {
                                put(digests, Digest.of(geometry, activations, new int[] {loss}, clip, guard),
                                    List.of(geometry, wiring.age(1), activations[1], activations[2], loss, clip, guard));
                            }
                        }
                    }
                }
            }
        }
        assertEquals(4 * 4 * 4 * 3 * 3 * 2, digests.size());
    }

    /** Numbers that move from one layer to the next do not give the same digest. */
    @Test
    void digestsOfOtherDepthsDiffer() {
        final Map<Long, String> digests = new HashMap<>();
        for (int layers = 1; layers <= 6; layers++) {
            final int[] widths = new int[layers + 1];
            Arrays.fill(widths, 1);
            final Geometry geometry = new Geometry(8, widths, Wiring.chain(layers), 0);
            put(digests, Digest.of(geometry, new int[layers + 1], new int[1], 1, 0), List.of(layers));
        }
    }

    @Test
    void lanesAndHistoryDoNotCount() {
        final List<Long> digests = new ArrayList<>();
        for (final int lanes : new int[] {4, 8, 16}) {
            for (final int history : new int[] {0, 5}) {
                final Geometry geometry = new Geometry(lanes, new int[] {3, 2, 1}, Wiring.chain(2).aligned(), history);
                digests.add(Digest.of(geometry, new int[] {0, 1, 0}, new int[1], 1, 0));
            }
        }
        assertEquals(1, digests.stream().distinct().count(), digests::toString);
    }
}
