package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a warm-up remembers for the next engine of its JVM. */
@Tag("allocation")
class WarmUpTest {
    private static boolean warm(final Network network, final Context context) {
        try (Engine engine = Engine.open(network, context)) {
            return engine.warm();
        }
    }

    private static Context withoutTime() {
        final Context context = new Context().warmUp(true);
        context.warmUpLimitNs = 0;
        return context;
    }

    @Test
    void whatRanOutOfTimeIsSaidAndTriedAgainAndThenRememberedForItsKernels() {
        final Network network = Network.chain(5, 4, 3, 2).activation(Activation.LEAKY_RELU)
            .loss(Loss.LOGISTIC_CROSS_ENTROPY).build();
        final Network other = Network.chain(500, 40, 30, 20, 10).activation(Activation.LEAKY_RELU)
            .loss(Loss.LOGISTIC_CROSS_ENTROPY).build();
        assertFalse(warm(network, withoutTime()), "ran out of time");
        assertFalse(warm(network, ColdStart.context().warmUp(false)), "was not asked to");
        assertTrue(warm(network, ColdStart.context()), "is tried again");
        assertTrue(warm(other, withoutTime()), "widths and depth do not matter");
        assertTrue(warm(other, withoutTime().threads(2).rule(Rule.diffusion())), "nor do threads and rule");
        assertFalse(warm(other, withoutTime().clip(1)), "a clip is one more kernel");
    }

    @Test
    void whatIsRefusedIsRefusedBeforeTheWarmUp() {
        final Network network = Network.chain(5, 4, 3).activation(Activation.RELU).outputActivation(Activation.LOGISTIC)
            .build();
        assertThrows(IllegalArgumentException.class, () -> Engine.open(network, ColdStart.context().threads(2).cut(1, 2)));
        assertThrows(IllegalArgumentException.class, () -> Engine.open(network, ColdStart.context().cut(1)));
        assertFalse(warm(network, withoutTime()), "the engines that were refused have warmed the kernels");
    }
}
