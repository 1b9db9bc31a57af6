package org.tickwave.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DelaysTest {
    @Test
    void diffusionHasNone() {
        final Delays delays = Delays.none(3);
        for (int l = 1; l <= 3; l++) {
            assertEquals(0, delays.activation(l));
            assertEquals(0, delays.slope(l));
        }
        assertEquals(0, delays.target());
        assertEquals(3, delays.layers());
    }

    @Test
    void theWidestWindowIsAligned() {
        for (int layers = 1; layers <= 12; layers++) {
            final Delays delays = Delays.window(layers, 2 * layers - 1);
            for (int l = 1; l <= layers; l++) {
                assertEquals(2 * (layers - l) + 1, delays.activation(l));
                assertEquals(2 * (layers - l), delays.slope(l));
            }
            assertEquals(layers, delays.target());
        }
    }

    @Test
    void aNarrowerWindowCutsBothDelays() {
        final Delays delays = Delays.window(5, 4);
        for (int l = 1; l <= 5; l++) {
            assertEquals(Math.min(4, 2 * (5 - l) + 1), delays.activation(l));
            assertEquals(Math.min(3, 2 * (5 - l)), delays.slope(l));
        }
        assertEquals(5, delays.target());
    }

    @Test
    void refusesAWindowThatDoesNotFitAndSaysWhatDoes() {
        for (final int ticks : new int[] {Integer.MIN_VALUE, -1, 0, 8, Integer.MAX_VALUE}) {
            final String message = assertThrows(IllegalArgumentException.class, () -> Delays.window(4, ticks)).getMessage();
            assertTrue(message.contains("window:" + ticks) && message.contains("1 to 7"), message);
        }
        assertThrows(IllegalArgumentException.class, () -> Delays.none(0));
    }
}
