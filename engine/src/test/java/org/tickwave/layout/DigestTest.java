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

    /** The digests of transposed feedback are those of networks before there was any other. */
    @Test
    void feedbackCountsUnlessAllOfItIsTransposed() {
        final Map<Long, String> digests = new HashMap<>();
        final Feedback[] kinds = {Feedback.TRANSPOSE, Feedback.RANDOM, Feedback.SIGN_SYMMETRIC};
        for (final Feedback second : kinds) {
            for (final Feedback third : kinds) {
                put(digests, digest(chain(Feedback.TRANSPOSE, second, third)), List.of(second, third));
                // Projection 1 sends no echo. Nothing leads down to the output.
                assertEquals(digest(chain(Feedback.TRANSPOSE, second, third)), digest(chain(Feedback.RANDOM, second, third, 3)));
            }
            // Projections out of a layer with direct feedback send no echo.
            put(digests, digest(chain(Feedback.TRANSPOSE, Feedback.RANDOM, second, 1)), List.of("direct to 1", second));
            put(digests, digest(chain(Feedback.TRANSPOSE, second, Feedback.RANDOM, 2)), List.of("direct to 2", second));
        }
        put(digests, digest(chain(Feedback.TRANSPOSE, Feedback.RANDOM, Feedback.RANDOM, 1, 2)), List.of("direct to both"));
        assertEquals(digest(chain(Feedback.TRANSPOSE, Feedback.RANDOM, Feedback.RANDOM, 1)),
            digest(chain(Feedback.TRANSPOSE, Feedback.TRANSPOSE, Feedback.RANDOM, 1)));
        assertEquals(digest(Wiring.chain(3)), digest(chain(Feedback.TRANSPOSE, Feedback.TRANSPOSE, Feedback.TRANSPOSE)));
    }

    private static Wiring chain(final Feedback first, final Feedback second, final Feedback third, final int... direct) {
        return Wiring.chain(3).withFeedback(new Feedback[] {first, second, third}, direct);
    }

    private static long digest(final Wiring wiring) {
        return Digest.of(new Geometry(16, new int[] {3, 2, 2, 1}, wiring, 0), new int[4], new int[1], 1, 0);
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
