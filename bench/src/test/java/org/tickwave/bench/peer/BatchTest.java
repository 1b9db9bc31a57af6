package org.tickwave.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers of other modules, and batches. */
class BatchTest {
    private static final int[] WIDTHS = {20, 40, 30, 10};

    /** A batch as the sum of what each frame alone changes. */
    private static final class SumOfSteps implements TrainingStep {
        private final int batch;
        private final float share;
        private Chain now;
        private float[][] weights;
        private float[][] biases;
        private float rate;
        private int frames;

        SumOfSteps(final Chain chain, final int batch, final float share) {
            this.batch = batch;
            this.share = share;
            begin(new Chain(chain.network(), LayeredStep.copies(chain.weights()), LayeredStep.copies(chain.biases())));
        }

        private void begin(final Chain chain) {
            now = chain;
            weights = LayeredStep.copies(chain.weights());
            biases = LayeredStep.copies(chain.biases());
            frames = 0;
        }

        @Override
        public void step(final float[] frame, final float[] target) {
            try (TrainingStep alone = Peer.PLAIN.open(now, 1, 1)) {
                alone.rate(rate);
                alone.step(frame, target);
                for (int l = 1; l <= now.last(); l++) {
                    final float[] after = new float[weights[l].length];
                    alone.weights(l, after);
                    addChange(weights[l], now.weights()[l], after);
                    final float[] biasesAfter = new float[biases[l].length];
                    alone.biases(l, biasesAfter);
                    addChange(biases[l], now.biases()[l], biasesAfter);
                }
            }
            if (++frames == batch) {
                begin(new Chain(now.network(), weights, biases));
            }
        }

        private void addChange(final float[] to, final float[] before, final float[] after) {
            for (int i = 0; i < to.length; i++) {
                to[i] += share * (after[i] - before[i]);
            }
        }

        @Override
        public void rate(final float newRate) {
            rate = newRate;
        }

        @Override
        public void weights(final int layer, final float[] to) {
            System.arraycopy(now.weights()[layer], 0, to, 0, to.length);
        }

        @Override
        public void biases(final int layer, final float[] to) {
            System.arraycopy(now.biases()[layer], 0, to, 0, to.length);
        }

        @Override
        public long weightBytes() {
            return now.bytes(3, 3);
        }

        @Override
        public long multiplyAdds() {
            return batch * now.multiplyAdds();
        }

        @Override
        public void close() {
        }
    }

    private record MadeProvider(String missing) implements PeerProvider {
        @Override
        public Peer peer() {
            return Peer.PYTORCH;
        }

        @Override
        public TrainingStep open(final Chain chain, final int threads, final int batch) {
            return new SumOfSteps(chain, batch, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 32})
    void aBatchIsTheSumOfItsFrames(final int batch) {
        final Chain chain = Chain.of(WIDTHS);
        try (TrainingStep step = new ProvidedPeer("Made", "made", new MadeProvider(null)).open(chain, 1, batch)) {
            PeerCheck.verify(step, chain, batch);
            PeerCheck.verify(step, chain, batch);
        }
    }

    private static void assertRefused(final TrainingStep step, final Chain chain, final int batch) {
        final String message = assertThrows(IllegalStateException.class, () -> PeerCheck.verify(step, chain, batch)).getMessage();
        assertTrue(message.contains(" differ from the reference"), message);
    }

    @Test
    void theMeanOfABatchIsRefused() {
        final Chain chain = Chain.of(WIDTHS);
        assertRefused(new SumOfSteps(chain, 32, 1 / 32f), chain, 32);
    }

    @Test
    void batchesOfAnotherSizeAreRefused() {
        final Chain chain = Chain.of(WIDTHS);
        assertRefused(new SumOfSteps(chain, 1, 1), chain, 32);
        assertRefused(new SumOfSteps(chain, 16, 1), chain, 32);
        assertRefused(new SumOfSteps(chain, 32, 1), chain, 1);
    }

    @Test
    void aPeerWhoseModuleIsNotBuiltSaysHowToBuildIt() {
        final ProvidedPeer peer = new ProvidedPeer("PyTorch", "pytorch", null);
        final String missing = "PyTorch is missing: expected TICKWAVE_PROFILES=pytorch ./tickwave ...";
        assertEquals(missing, peer.missing());
        assertEquals(missing, assertThrows(IllegalStateException.class, () -> peer.open(Chain.of(WIDTHS), 1, 1)).getMessage());
        assertEquals(missing, Peer.PYTORCH.missing());
    }

    @Test
    void aPeerWhoseLibraryCannotBeLoadedSaysWhy() {
        assertNull(new ProvidedPeer("Made", "made", new MadeProvider(null)).missing());
        final ProvidedPeer peer = new ProvidedPeer("Made", "made", new MadeProvider("Made cannot be loaded: no space"));
        assertEquals("Made cannot be loaded: no space", peer.missing());
        assertEquals(peer.missing(), assertThrows(IllegalStateException.class, () -> peer.open(Chain.of(WIDTHS), 1, 1)).getMessage());
    }
}
