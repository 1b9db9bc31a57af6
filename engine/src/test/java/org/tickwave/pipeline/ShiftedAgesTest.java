package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tickwave.kernel.AtEveryLaneWidth;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.Bent;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.ImageLayout;

/** The ages of the aligned rule are the only exact ones: if p, q or T is one tick off, the gradients are not exact. */
@AtEveryLaneWidth
class ShiftedAgesTest {
    private static final double EXACT = 1e-4;
    private static final double PLAINLY_OFF = 10 * EXACT;
    private static final long SEED = 3;

    /** @param which the shifted age: p, q or T; '-' for no shift */
    record Case(int layers, Sigma sigma, char which, int layer, int by) {
        Wiring wiring() {
            final Wiring right = Wiring.chain(layers).aligned();
            return which == '-' ? right : Bent.wiring(right, which, layer, by);
        }

        /** Whether the shift spoils a layer's gradient: p spoils one layer, q that layer and all below, T all layers. */
        boolean spoils(final int l) {
            return which == 'p' && l == layer || which == 'q' && l <= layer || which == 'T';
        }
    }

    static List<Case> cases() {
        final List<Case> cases = new ArrayList<>();
        for (int layers = 1; layers <= 4; layers++) {
            for (final Sigma sigma : new Sigma[] {Sigma.TANH, Sigma.LOGISTIC}) {
                cases.add(new Case(layers, sigma, '-', 0, 0));
                cases.add(new Case(layers, sigma, 'T', layers, -1));
                cases.add(new Case(layers, sigma, 'T', layers, 1));
                for (int l = 1; l <= layers; l++) {
                    cases.add(new Case(layers, sigma, 'p', l, -1));
                    cases.add(new Case(layers, sigma, 'p', l, 1));
                    cases.add(new Case(layers, sigma, 'q', l, 1));
                    if (l < layers) {
                        cases.add(new Case(layers, sigma, 'q', l, -1));
                    }
                }
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneTickOffIsNoLongerTheGradient(final Case of) {
        final int[] widths = Draw.widths(of.layers);
        final Sigma[] sigmas = new Sigma[of.layers + 1];
        final int[] order = IntStream.rangeClosed(0, of.layers).map(i -> of.layers - i).toArray();
        final int learnt = 4 * of.layers + 1;
        try (Rig rig = new Rig(new ImageLayout(Rig.geometry(widths, of.wiring())), of.sigma, SEED, false)) {
            final Twin twin = new Twin(widths, sigmas, OutputError.Loss.SQUARED_ERROR);
            for (int l = 1; l <= of.layers; l++) {
                sigmas[l] = l == of.layers ? Sigma.IDENTITY : of.sigma;
                twin.set(l, rig.weights(l), rig.biases(l));
            }
            for (int t = 0; t < learnt; t++) {
                rig.tick(t, order);
            }
            rig.learning.minusRate = -1;
            rig.tick(learnt, order);
            for (int l = 1; l <= of.layers; l++) {
                final long s = learnt - 2 * of.layers + l;
                final double[] gradient =
                    twin.gradients(Twin.widen(rig.frame(s)), Twin.widen(rig.target(s)))[l];
                final double[] change = Twin.widen(rig.weights(l));
                for (int i = 0; i < change.length; i++) {
                    change[i] = twin.weights[l][i] - change[i];
                }
                final double error = Twin.relativeError(change, gradient);
                final String where = "layer " + l + ": relative error " + error;
                assertTrue(of.spoils(l) ? error > PLAINLY_OFF : error < EXACT, where);
            }
        }
    }
}
