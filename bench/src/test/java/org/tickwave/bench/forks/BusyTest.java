package org.tickwave.bench.forks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How busy a machine is, from two made-up readings of /proc/stat. */
class BusyTest {
    private static String stat(final long user, final long idle, final long waiting, final long steal) {
        return "cpu  " + user + " 0 0 " + idle + " " + waiting + " 0 0 " + steal + " 77 0\ncpu0 1 2 3\ncpu1 1 2 3\nintr 5\n";
    }

    @Test
    void busyAndStolenTimeCounts() {
        assertEquals(0, Busy.between(stat(100, 100, 5, 0), stat(100, 300, 5, 0)));
        assertEquals(0, Busy.between(stat(100, 100, 5, 0), stat(100, 200, 105, 0)), "waiting for a disk is idle");
        assertEquals(1, Busy.between(stat(100, 100, 5, 0), stat(200, 200, 5, 0)));
        assertEquals(1.5, Busy.between(stat(100, 100, 5, 0), stat(200, 150, 5, 50)));
        assertEquals(0, Busy.between(stat(1, 1, 1, 1), stat(1, 1, 1, 1)));
    }
}
