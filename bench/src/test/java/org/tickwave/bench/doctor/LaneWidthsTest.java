package org.tickwave.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaneWidthsTest {
    private static LaneWidths.Width timed(final int bits, final double narrow, final double wide) {
        return new LaneWidths.Width(bits, true, null, Map.of(64, narrow, 512, wide));
    }

    private static LaneWidths.Width unsupported(final int bits) {
        return new LaneWidths.Width(bits, false, "not here", null);
    }

    private static LaneWidths of(final int defaultBits, final LaneWidths.Width... widths) {
        return LaneWidths.of(defaultBits, List.of(widths));
    }

    @Test
    void theFastestOverAllLayersIsTheBetter() {
        final LaneWidths lanes = of(512, timed(128, 400, 400), timed(256, 100, 200), timed(512, 400, 200));
        assertEquals(256, lanes.better());
        assertEquals(2, lanes.gain(), 1e-9);
        assertEquals(512, lanes.bits());
    }

    @Test
    void aSmallGainKeepsTheDefaultWidth() {
        final LaneWidths lanes = of(512, timed(128, 400, 400), timed(256, 98, 99), timed(512, 100, 100));
        assertEquals(512, lanes.better());
        assertEquals(1, lanes.gain());
    }

    @Test
    void anUnsupportedWidthIsNeverTheBetter() {
        final LaneWidths lanes = of(256, timed(128, 400, 400), timed(256, 100, 200), unsupported(512));
        assertEquals(256, lanes.better());
        assertEquals(3, lanes.widths().size());
    }

    @Test
    void thereIsNoGainIfTheDefaultWidthWasNotTimed() {
        final LaneWidths lanes = of(256, timed(128, 400, 400), unsupported(256), unsupported(512));
        assertEquals(128, lanes.better());
        assertNull(lanes.gain());
    }

    @Test
    void withoutAnyTimeThereIsNoBetterWidth() {
        final LaneWidths lanes = of(256, unsupported(128), unsupported(256), unsupported(512));
        assertNull(lanes.better());
        assertNull(lanes.gain());
    }
}
