package org.tickwave.bench.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class TickModelTest {
    private static final double MIB = 1 << 20;

    private static List<Observation> observations(final ToDoubleFunction<Work> tickNs) {
        final List<Observation> observations = new ArrayList<>();
        for (final int depth : new int[] {2, 6, 16}) {
            for (final int width : new int[] {32, 64, 128, 256, 512, 1024}) {
                final Work work = Work.of(depth, width, width >= 128 ? 2 : 1);
                observations.add(observation(work, tickNs.applyAsDouble(work)));
            }
        }
        return observations;
    }

    private static Observation observation(final Work work, final double p50Ns) {
        return new Observation(work, new Times(p50Ns, 2 * p50Ns, 3 * p50Ns));
    }

    private static double smooth(final Work work) {
        return 100 + (work.threads() > 1 ? 400 : 0) + 120 * work.layers() + .3 * work.numbers() + .02 * work.multiplyAdds();
    }

    private static double withKnee(final Work work) {
        return smooth(work) + .05 * Math.max(0, work.bytes() - MIB);
    }

    @Test
    void theWorkOfTheThreadWithTheMostLayers() {
        assertEquals(new Work(1, 3, 3 * 64, (3 * 3 - 1) * 64 * 40, 3 * 64 * 40 * 4), Work.of(3, 40, 1));
        assertEquals(new Work(2, 2, 2 * 128, 3 * 2 * 128 * 100, 2 * 128 * 100 * 4), Work.of(3, 100, 2));
    }

    @Test
    void pricesAreFoundBackIfThereIsNoKnee() {
        final TickModel model = TickModel.fit(observations(TickModelTest::smooth));
        assertEquals(List.of(), model.knees());
        assertEquals(100, model.baseNs(), 1);
        assertEquals(400, model.handshakeNs(), 1);
        assertEquals(120, model.layerNs(), 1);
        assertEquals(.3, model.numberNs(), .01);
        assertEquals(.02, model.multiplyAddNs(), 1e-4);
    }

    @Test
    void aKneeIsFoundBack() {
        final TickModel model = TickModel.fit(observations(TickModelTest::withKnee));
        assertEquals(1, model.knees().size(), model::toString);
        // Within a step of the search.
        assertTrue(model.knees().getFirst().bytes() > MIB / 1.42 && model.knees().getFirst().bytes() < MIB * 1.42, model::toString);
        assertEquals(.05, model.knees().getFirst().nsPerByte(), .01);
        final Work between = Work.of(8, 384, 2);
        assertEquals(withKnee(between), model.tickNs(between), .05 * withKnee(between));
    }

    @Test
    void noiseMovesTheModelLittle() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final TickModel model = TickModel.fit(observations(work -> withKnee(work) * (1 + .04 * (random.nextDouble() - .5))));
        final Work between = Work.of(8, 384, 2);
        assertEquals(withKnee(between), model.tickNs(between), .1 * withKnee(between), () -> "seed " + seed + ": " + model);
    }

    @Test
    void theErrorOfAPointThatWasHeldBackIsThatOfAModelOfTheOthers() {
        final List<Observation> observations = observations(TickModelTest::smooth);
        final int odd = 7;
        final Observation right = observations.get(odd);
        observations.set(odd, observation(right.work(), 1.5 * right.times().p50Ns()));
        // The others agree, so the model of the others knows what the point should have been.
        assertEquals(right.times().p50Ns(), TickModel.heldBackNs(observations)[odd], .01 * right.times().p50Ns());
    }

    @Test
    void tooFewPointsHaveNoHeldBackError() {
        final List<Observation> three = observations(TickModelTest::smooth).subList(0, 3);
        for (final double ns : TickModel.heldBackNs(three)) {
            assertTrue(Double.isNaN(ns));
        }
        assertEquals(three.getFirst().times().p50Ns(), TickModel.fit(three.subList(0, 1)).tickNs(three.getFirst().work()), 1e-6);
    }

    @Test
    void noPriceIsNegative() {
        final TickModel model = TickModel.fit(observations(work -> 1000));
        assertEquals(1000, model.tickNs(Work.of(40, 4096, 1)), 1);
        assertTrue(model.layerNs() >= 0 && model.multiplyAddNs() >= 0, model::toString);
    }

    @Test
    void aTailFollowsTheMedian() {
        final List<Observation> observations = new ArrayList<>();
        for (final double p50Ns : new double[] {1e3, 1e4, 1e5}) {
            observations.add(new Observation(Work.of(1, 1, 1), new Times(p50Ns, p50Ns + 30 * Math.sqrt(p50Ns), p50Ns + 20_000)));
        }
        assertEquals(4e4 + 30 * 200, Tail.fit(observations, Times::p99Ns).ns(4e4), 10);
        assertEquals(4e4 + 20_000, Tail.fit(observations, Times::p9999Ns).ns(4e4), 10);
        assertEquals(500 + 20_000, Tail.fit(observations.subList(0, 1), Times::p9999Ns).ns(500), 10);
    }
}
