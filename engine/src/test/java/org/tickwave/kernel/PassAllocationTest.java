package org.tickwave.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A compiled pass allocates nothing. A loop that exceeds C2's node budget keeps boxing its vectors. */
@Tag("allocation")
class PassAllocationTest {
    private static final int PASSES = 2_000;
    private static final int QUIET = 5;
    private static final int ATTEMPTS = 60;

    @ParameterizedTest
    @EnumSource
    void allocatesNothing(final Projection.Pass pass) {
        final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Projection projection = new Projection(103, 256, false, new Numbers(1))) {
            long bytes = 0;
            int quiet = 0;
            for (int batch = 0; batch < ATTEMPTS && quiet < QUIET; batch++) {
                final long before = thread.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < PASSES; i++) {
                    projection.run(pass);
                }
                bytes = thread.getCurrentThreadAllocatedBytes() - before;
                quiet = bytes < PASSES ? quiet + 1 : 0;
            }
            assertTrue(thread.getCurrentThreadAllocatedBytes() > 0, "this JVM does not count allocated bytes");
            assertEquals(QUIET, quiet, bytes + " bytes in the last " + PASSES + " passes");
        }
    }
}
