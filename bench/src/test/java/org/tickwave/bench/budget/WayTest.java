package org.tickwave.bench.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Network;
import org.tickwave.Rule;

/** The budgets that the paper and its claim C7 give, with the numbers of L = 9 at 30 frames a second. */
class WayTest {
    private static final double FPS = 30;
    private static final double FRAME_NS = 1e9 / FPS;
    private static final Network NINE = Subject.chain(9, 4).network();

    static Network cycle() {
        return Network.graph().input("u", 2).layer("a", 3).from("u", "y").output("y", 2).from("a").balance(Balance.RECURRENT).build();
    }

    private static Way way(final Rule rule, final String name) {
        return Way.of(rule, null, NINE).stream().filter(way -> way.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void theBudgetOfEachWay() {
        assertEquals(4.17e6, way(Rule.diffusion(), Way.PAPER).budgetNs(FPS), 5e3);
        assertEquals(1.96e6, way(Rule.diffusion(), Way.SPAN).budgetNs(FPS), 5e3);
        assertEquals(1.85e6, way(Rule.diffusion(), Way.EXACT).budgetNs(FPS), 5e3);
        assertEquals(33.3e6, way(Rule.aligned(), Way.EVERY_TICK).budgetNs(FPS), 50e3);
        assertEquals(33.3e6, way(Rule.window(5), Way.EVERY_TICK).budgetNs(FPS), 50e3);
    }

    @Test
    void aSingleLayerIsHeldForOneTickAtLeast() {
        assertEquals(List.of(1, 1, 2), Way.of(Rule.diffusion(), null, Subject.chain(1, 4).network()).stream().map(Way::hold).toList());
    }

    @Test
    void givenHoldsReplaceThose() {
        assertEquals(List.of(3, 8), Way.of(Rule.diffusion(), List.of(3, 8), NINE).stream().map(Way::hold).toList());
    }

    /** The tick that makes the answer is the ninth. The tick in which the first layer learns begins 17 ticks after the frame came. */
    @Test
    void anEvenlySpacedAlignedRunAnswersAfterNineTicksAndLearnsSeventeenTicksLater() {
        final Way way = way(Rule.aligned(), Way.EVERY_TICK);
        assertEquals(8 * FRAME_NS + 1000, way.afterNs(way.answerTicks(NINE), true, FPS, 1000), 1);
        assertEquals(17 * FRAME_NS + 1000, way.afterNs(way.learntTicks(NINE), true, FPS, 1000), 1);
    }

    @Test
    void aHeldFrameIsAnsweredAtOnceIfItsTicksRunAtOnce() {
        final Way way = way(Rule.diffusion(), Way.EXACT);
        assertEquals(9 * 1000, way.afterNs(way.answerTicks(NINE), false, FPS, 1000), 1);
        assertEquals(18 * 1000, way.afterNs(way.learntTicks(NINE), false, FPS, 1000), 1);
        // With a hold of eight, the ninth tick is the first one of the next frame.
        final Way paper = way(Rule.diffusion(), Way.PAPER);
        assertEquals(FRAME_NS + 1000, paper.afterNs(paper.answerTicks(NINE), false, FPS, 1000), 1);
        assertEquals(2 * FRAME_NS + 2 * 1000, paper.afterNs(paper.learntTicks(NINE), false, FPS, 1000), 1);
    }

    @Test
    void aNetworkWithACycleAnswersAfterItsHold() {
        final Network cycle = cycle();
        final Way way = new Way(Rule.diffusion(), "given: 12", 12);
        assertEquals(12, way.answerTicks(cycle));
        assertNull(way.learntTicks(cycle));
    }

    @Test
    void theWeightsOfAChain() {
        assertEquals(9 * 16, new Subject("x", null, null, NINE).weights());
        assertEquals(2 * 3 + 3 * 5, new Subject("x", null, null, Network.chain(2, 3, 5).activation(Activation.TANH).build()).weights());
    }
}
