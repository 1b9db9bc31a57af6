package org.tickwave.bench.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.Network;
import org.tickwave.bench.report.Hold;

/** The choice depends on the network and the stream only. The expected numbers hold on every machine. */
class HoldChoiceTest {
    @Test
    void whatIsGivenHoldsAndNeedsNoReason() {
        assertEquals(new Hold(3, null), HoldChoice.of(3, 1, Network.chain(4000, 4000, 4000).build()));
        assertEquals(new Hold(3, null), HoldChoice.of(3, Double.NaN, Network.chain(4, 2).build()));
    }

    @Test
    void aStreamWithoutARateIsHeldForEightTicks() {
        final Hold hold = HoldChoice.of(null, Double.NaN, Network.chain(4000, 4000, 4000).build());
        assertEquals(8, hold.ticks());
        assertTrue(hold.why().contains("does not say how many frames a second"), hold.why());
    }

    /** The model's tick of this network takes 972 ns. */
    @ParameterizedTest
    @CsvSource({"360, 16", "16000, 16", "16100, 8", "32000, 8", "33000, 4", "64000, 4", "65000, 2", "128000, 2", "130000, 1", "1e9, 1"})
    void asManyTicksAsFitIntoAQuarterOfThePeriod(final double fps, final int ticks) {
        final Hold hold = HoldChoice.of(null, 1e9 / fps, Network.chain(32, 64, 64, 2).build());
        assertEquals(ticks, hold.ticks());
        assertTrue(hold.why().contains("a tick takes 972 ns"), hold.why());
        assertNull(HoldChoice.of(ticks, 1e9 / fps, Network.chain(32, 64, 64, 2).build()).why());
    }
}
