package org.tickwave.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tickwave.bench.forks.ForkScore;

/** Ratios of made-up forks. */
class RatioTest {
    /** @param forks the iterations of each round; null for a round without a fork */
    private static Figure figure(final String line, final double[]... forks) {
        final List<Fork> all = new ArrayList<>();
        for (int round = 0; round < forks.length; round++) {
            if (forks[round] != null) {
                final List<Double> iterations = List.of(forks[round][0], forks[round][1], forks[round][2]);
                all.add(new Fork(round, new ForkScore(Fork.median(iterations), iterations), null, Fork.Counted.NOTHING, List.of()));
            }
        }
        return Figure.of(Plan.parse("made", line, Stub.PACE, 2).entries().getFirst(), all);
    }

    private static Ratio ratio(final double[][] ours, final double[][] peer) {
        return Ratio.of(List.of(figure("w,ours,tick,A.b,,,avgt,1,,", ours), figure("w,peer,BLAS,A.c,,,avgt,1/2,,", peer))).getFirst();
    }

    /** Half of the forks are slow from the beginning to the end, here ours, there the peer's. */
    @Test
    void slowForksDoNotMoveTheRatioOfTheBest() {
        final double[] ours = {10, 11, 12};
        final double[] slow = {20, 22, 24};
        final double[] peer = {60, 66, 72};
        final double[] slowPeer = {90, 99, 108};
        final Ratio quiet = ratio(new double[][] {ours, ours, ours, ours}, new double[][] {peer, peer, peer, peer});
        final Ratio shared = ratio(new double[][] {slow, ours, slow, slow}, new double[][] {peer, slowPeer, peer, slowPeer});
        assertEquals(3, quiet.best());
        assertEquals(3, shared.best());
        assertEquals(3, quiet.spread().median());
        assertEquals((2.25 + 1.5) / 2, shared.spread().median());
    }

    /** Of more rounds the best would be better. */
    @Test
    void onlyRoundsThatBothHaveCount() {
        final double[] usual = {10, 11, 12};
        final double[] lucky = {5, 5, 5};
        final Ratio ratio = ratio(new double[][] {usual, lucky}, new double[][] {{60, 66, 72}, null});
        assertEquals(3, ratio.best());
        assertEquals(1, ratio.spread().forks().size());
    }
}
