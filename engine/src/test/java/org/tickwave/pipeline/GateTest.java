package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.Bent;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.Wiring;

/** From which tick a layer learns, and from which tick it has an error after learning was turned on. */
class GateTest {
    private static final long SEED = 5;
    private static final int OLD_ECHO = -1;
    private static final int[] OFF_BY_ONE = {-1, 1};

    /** Layer l first learns in tick 2L - l. Under diffusion it has had errors since tick L - l. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aGateOneOffChangesTheTickOfTheFirstWeightChange(final int layers) {
        for (int l = 1; l <= layers; l++) {
            assertEquals(2 * layers - l, firstChange(Wiring.chain(layers), l), "layer " + l);
            for (final int by : OFF_BY_ONE) {
                assertEquals(2 * layers - l + by, firstChange(Bent.wiring(Wiring.chain(layers), 'g', l, by), l),
                    "layer " + l + ", gate off by " + by);
            }
        }
    }

    private static int firstChange(final Wiring wiring, final int layer) {
        final int layers = wiring.last();
        try (Rig rig = new Rig(new ImageLayout(Rig.geometry(Draw.widths(layers), wiring)), Sigma.TANH, SEED, false)) {
            rig.learning.minusRate = -.01f;
            final float[] before = rig.biases(layer);
            for (int t = 0; t < 3 * layers; t++) {
                rig.tick(t, order(layers));
                if (!Arrays.equals(before, rig.biases(layer))) {
                    return t;
                }
            }
            throw new AssertionError("layer " + layer + " learnt nothing");
        }
    }

    private static int[] order(final int layers) {
        return IntStream.rangeClosed(0, layers).map(i -> layers - i).toArray();
    }

    /** If learning is turned on in tick s, layer l has an error from tick s + L - l on. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void anEchoGateOneOffChangesTheTickOfTheFirstError(final int layers) {
        for (int l = 1; l < layers; l++) {
            assertEquals(layers - l, firstError(Wiring.chain(layers), l), "layer " + l);
            assertEquals(layers - l + 1, firstError(Bent.wiring(Wiring.chain(layers), 'e', l, 1), l), "layer " + l + ", a tick late");
        }
        // A layer further down would find the zeros that the layer above sends without an error.
        assertEquals(OLD_ECHO, firstError(Bent.wiring(Wiring.chain(layers), 'e', layers - 1, -1), layers - 1));
    }

    /** Ticks from when learning is turned on to the layer's first error; OLD_ECHO if the layer looked for an echo that is older. */
    private static int firstError(final Wiring wiring, final int layer) {
        final int layers = wiring.last();
        final int turnedOn = 3 * layers;
        try (Rig rig = new Rig(new ImageLayout(Rig.geometry(Draw.widths(layers), wiring)), Sigma.TANH, SEED, false)) {
            for (int t = 0; t < turnedOn; t++) {
                rig.learning.on = t < turnedOn - 2;
                rig.tick(t, order(layers));
            }
            rig.learning.on = true;
            rig.learning.onSince = turnedOn;
            for (int t = turnedOn; t < turnedOn + 2 * layers; t++) {
                try {
                    rig.tick(t, order(layers));
                } catch (final AssertionError e) {
                    assertTrue(e.getMessage().contains("of echoes in a slot that holds tick"), e.getMessage());
                    return OLD_ECHO;
                }
                if (rig.hasError(layer, t)) {
                    return t - turnedOn;
                }
            }
            throw new AssertionError("layer " + layer + " has no error");
        }
    }
}
