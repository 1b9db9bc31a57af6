package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RunningErrorTest {
    private final RunningError average = new RunningError();

    private int alarms(final int errors, final float error) {
        int alarms = 0;
        for (int i = 0; i < errors; i++) {
            alarms += average.farBelow(error) ? 1 : 0;
        }
        return alarms;
    }

    @Test
    void aNetworkThatHasJustBegunRaisesNoAlarm() {
        assertEquals(0, alarms(1_999, 1));
        assertFalse(average.farBelow(100));
        assertTrue(average.farBelow(100));
    }

    @Test
    void onlyAnErrorFarAboveTheAverageIsAnAlarm() {
        alarms(2_000, 1);
        assertFalse(average.farBelow(9.9f));
        assertTrue(average.farBelow(10.5f));
        assertFalse(average.farBelow(Float.NaN));
    }

    /** After 64 alarms at most: 1.018 to the power of 64 is above 3. */
    @Test
    void oneFaultMovesTheAverageLittleButAlarmsEndIfErrorsStayLarge() {
        alarms(2_000, 1);
        assertTrue(average.farBelow(1e6f));
        assertTrue(average.farBelow(10.5f));
        final int alarms = alarms(1_000, 30);
        assertTrue(alarms > 10 && alarms < 65, () -> alarms + " alarms");
    }
}
