package org.tickwave.bench.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.bench.peer.Chain;
import org.tickwave.bench.peer.Peer;
import org.tickwave.bench.peer.PeerCheck;
import org.tickwave.bench.peer.TrainingStep;

/** PyTorch trains as the reference does, frame by frame and with batches. */
class PyTorchTest {
    /** No two widths are equal, so that rows are not taken for columns. */
    private static final int[] WIDTHS = {7, 21, 5, 18, 3};

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 32", "2, 1", "2, 32", "1, 3"})
    void trainsAsTheReferenceDoes(final int threads, final int batch) {
        for (final int[] widths : new int[][] {WIDTHS, {4, 4, 4, 4}, {9, 6}, {64, 64, 64}, {1, 33, 2}, {256, 256, 256}}) {
            final Chain chain = Chain.of(widths);
            try (TrainingStep step = Peer.PYTORCH.open(chain, threads, batch)) {
                PeerCheck.verify(step, chain, batch);
                PeerCheck.verify(step, chain, batch);
            }
        }
    }

    @Test
    void anotherBatchIsRefused() {
        final Chain chain = Chain.of(WIDTHS);
        try (TrainingStep step = Peer.PYTORCH.open(chain, 1, 32)) {
            assertTrue(assertThrows(IllegalStateException.class, () -> PeerCheck.verify(step, chain, 1)).getMessage().contains(" differ from the reference"));
        }
    }

    @Test
    void startsWithTheWeightsOfTheChain() {
        final Chain chain = Chain.of(WIDTHS);
        try (TrainingStep step = Peer.PYTORCH.open(chain, 1, 1)) {
            for (int l = 1; l < WIDTHS.length; l++) {
                final float[] weights = new float[WIDTHS[l] * WIDTHS[l - 1]];
                step.weights(l, weights);
                assertArrayEquals(chain.weights()[l], weights);
            }
        }
    }

    /** 396 weights, of which 147 lead into the first layer. */
    @Test
    void countsTheWorkOfABatch() {
        try (TrainingStep step = Peer.PYTORCH.open(Chain.of(WIDTHS), 1, 32)) {
            assertEquals(5748, step.weightBytes());
            assertEquals(32 * (3 * 396 - 147), step.multiplyAdds());
        }
    }

    @Test
    void isThereAndStaysOffTheNetwork() {
        assertNull(Peer.PYTORCH.missing());
        assertTrue(Utils.isOfflineMode());
        assertTrue(Boolean.parseBoolean(Utils.getEnvOrSystemProperty("OPT_OUT_TRACKING")));
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void hasTheThreadsThatWereAskedFor(final int threads) {
        try (TrainingStep step = Peer.PYTORCH.open(Chain.of(WIDTHS), threads, 1)) {
            assertEquals(threads, JniUtils.getNumThreads());
            assertEquals(1, JniUtils.getNumInteropThreads());
            step.rate(0);
        }
    }
}
