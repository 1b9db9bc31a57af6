package org.tickwave.bench.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each peer trains as the reference does, and a peer that does not is refused. */
class PeerTest {
    /** No two widths are equal, so that rows are not taken for columns; no width is a multiple of what a loop unrolls. */
    private static final int[] WIDTHS = {7, 21, 5, 18, 3};

    private static TrainingStep open(final Peer peer, final Chain chain, final int threads) {
        assumeTrue(peer.missing() == null, peer::missing);
        return peer.open(chain, threads, 1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TICK")
    void trainsAsTheReferenceDoes(final Peer peer) {
        final Chain chain = Chain.of(WIDTHS);
        try (TrainingStep step = open(peer, chain, 1)) {
            PeerCheck.verify(step, chain, 1);
            PeerCheck.verify(step, chain, 1);
        }
    }

    /** A narrow and shallow network, one layer, and a square one as in the benchmark. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TICK")
    void trainsNetworksOfManyShapes(final Peer peer) {
        for (final int[] widths : new int[][] {{4, 4, 4, 4}, {9, 6}, {64, 64, 64}, {1, 33, 2}}) {
            final Chain chain = Chain.of(widths);
            try (TrainingStep step = open(peer, chain, 2)) {
                PeerCheck.verify(step, chain, 1);
            }
        }
    }

    /** Errors shrink on their way down, and a rate that a shallow network bears can be too large. Each check begins with other weights. */
    @ParameterizedTest
    @CsvSource({"32, 64", "64, 32"})
    void deepNetworksAreChecked(final int depth, final int width) {
        final int[] widths = new int[depth + 1];
        Arrays.fill(widths, width);
        final Chain chain = Chain.of(widths);
        try (TrainingStep step = Peer.PLAIN.open(chain, 1, 1)) {
            for (int i = 0; i < 4; i++) {
                PeerCheck.verify(step, chain, 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void startsWithTheWeightsOfTheChain(final Peer peer) {
        final Chain chain = Chain.of(WIDTHS);
        try (TrainingStep step = open(peer, chain, 1)) {
            for (int l = 1; l < WIDTHS.length; l++) {
                final float[] weights = new float[WIDTHS[l] * WIDTHS[l - 1]];
                step.weights(l, weights);
                assertArrayEquals(chain.weights()[l], weights);
            }
        }
    }

    /** 7 x 21 + 21 x 5 + 5 x 18 + 18 x 3 = 396 weights, of which 147 lead into the first layer. */
    @ParameterizedTest
    @CsvSource({"PLAIN, 4752", "BACKPROP, 4752", "NETLIB, 5748", "OPENBLAS, 5748", "BLIS, 5748", "TICK, 3168"})
    void countsTheVisitsOfItsWeights(final Peer peer, final long bytes) {
        try (TrainingStep step = open(peer, Chain.of(WIDTHS), 1)) {
            assertEquals(bytes, step.weightBytes());
            assertEquals(3 * 396 - 147, step.multiplyAdds());
        }
    }

    @Test
    void refusesNumbersOfThreadsOutOfRange() {
        final Chain chain = Chain.of(WIDTHS);
        assertEquals("threads 0: expected at least 1",
            assertThrows(IllegalArgumentException.class, () -> Peer.PLAIN.open(chain, 0, 1)).getMessage());
        assertEquals("threads 5: expected 1 to 4, the number of layers",
            assertThrows(IllegalArgumentException.class, () -> Peer.TICK.open(chain, 5, 1)).getMessage());
    }

    /** What cannot be loaded is named in one line, with the package that has it. */
    @ParameterizedTest
    @EnumSource
    void saysWhichLibraryIsMissing(final NativeBlas.Library library) {
        final String missing = library.missing();
        if (missing != null) {
            assertEquals(library.file + " is missing: expected the library of Debian's package " + library.debianPackage, missing);
            assertEquals(missing, assertThrows(IllegalStateException.class, () -> new NativeBlas(library, 1)).getMessage());
        } else {
            assertNotNull(new NativeBlas(library, 1));
        }
        assertNull(Peer.PLAIN.missing());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PYTORCH")
    void peersThatTrainFrameByFrameRefuseBatches(final Peer peer) {
        assertEquals("batch 32: expected 1, since " + peer + " trains frame by frame",
            assertThrows(IllegalArgumentException.class, () -> peer.open(Chain.of(WIDTHS), 1, 32)).getMessage());
        assertEquals("batch 0: expected at least 1",
            assertThrows(IllegalArgumentException.class, () -> peer.open(Chain.of(WIDTHS), 1, 0)).getMessage());
    }

    /** What is wrong with a peer. */
    private enum Fault {
        NONE, LAST_ROW_IS_NOT_COMPUTED, LAST_ROW_SENDS_NOTHING_DOWN, LAST_ROW_DOES_NOT_LEARN, LAST_COLUMN_DOES_NOT_LEARN, RATE_IS_TOO_LARGE,
        LEARNS_NOTHING, NOT_A_NUMBER
    }

    /** Loops as a textbook has them, with a fault. */
    private static final class Textbook extends LayeredStep {
        private final float[][] weights;
        private final Fault fault;

        Textbook(final Chain chain, final Fault fault) {
            super(chain);
            weights = copies(chain.weights());
            this.fault = fault;
        }

        @Override
        void forward(final int layer) {
            Arrays.fill(x[layer], 0);
            eachWeight(layer, Fault.LAST_ROW_IS_NOT_COMPUTED, (i, j, w) -> x[layer][i] += weights[layer][w] * x[layer - 1][j]);
        }

        @Override
        void backward(final int layer) {
            Arrays.fill(delta[layer - 1], 0);
            eachWeight(layer, Fault.LAST_ROW_SENDS_NOTHING_DOWN, (i, j, w) -> delta[layer - 1][j] += weights[layer][w] * delta[layer][i]);
        }

        @Override
        void learn(final int layer) {
            final float step = switch (fault) {
                case RATE_IS_TOO_LARGE -> 1.02f * rate;
                case LEARNS_NOTHING -> 0;
                case NOT_A_NUMBER -> Float.NaN;
                default -> rate;
            };
            eachWeight(layer, Fault.LAST_ROW_DOES_NOT_LEARN, (i, j, w) -> {
                if (fault != Fault.LAST_COLUMN_DOES_NOT_LEARN || j < x[layer - 1].length - 1) {
                    weights[layer][w] -= step * delta[layer][i] * x[layer - 1][j];
                }
            });
        }

        private void eachWeight(final int layer, final Fault withoutLastRow, final Visit visit) {
            final int columns = x[layer - 1].length;
            for (int i = 0; i < x[layer].length - (fault == withoutLastRow ? 1 : 0); i++) {
                for (int j = 0; j < columns; j++) {
                    visit.visit(i, j, i * columns + j);
                }
            }
        }

        private interface Visit {
            void visit(int row, int column, int weight);
        }

        @Override
        public void weights(final int layer, final float[] to) {
            System.arraycopy(weights[layer], 0, to, 0, to.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeerWithAFaultIsRefused(final Fault fault) {
        final Chain chain = Chain.of(20, 40, 30, 10);
        final TrainingStep step = new Textbook(chain, fault);
        if (fault == Fault.NONE) {
            PeerCheck.verify(step, chain, 1);
        } else {
            final String message = assertThrows(IllegalStateException.class, () -> PeerCheck.verify(step, chain, 1)).getMessage();
            assertTrue(message.contains(" differ from the reference"), message);
        }
    }
}
