package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import jdk.jfr.Recording;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tick that is observed allocates nothing either. */
@Tag("allocation")
class ObservedAllocationTest {
    private static final int COUNTERS = 8;
    private static final int TICKS = 10_000;
    private static final int ATTEMPTS = 60;
    /** Batches in a row that must allocate nothing. */
    private static final int QUIET = 5;
    private static final Network NETWORK = Network.chain(9, 17, 5).build();
    private static final float[] FRAME = new float[9];
    private static final float[] TARGET = new float[5];

    /** What is on. */
    enum Observed {
        COUNTED(true, false), RECORDED(false, true), BOTH(true, true);

        final boolean counters;
        final boolean events;

        Observed(final boolean counters, final boolean events) {
            this.counters = counters;
            this.events = events;
        }
    }

    private static UnsafeBuffer buffer(final int bytes) {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(bytes));
    }

    private static Context context(final Observed observed) {
        final Context context = new Context().guard(Engine.Guard.COUNT).sampleEvery(3);
        return observed.counters ? context.counters(new CountersManager(
            buffer(COUNTERS * CountersReader.METADATA_LENGTH), buffer(COUNTERS * CountersReader.COUNTER_LENGTH))) : context;
    }

    private static Recording recording(final Observed observed) {
        final Recording recording = new Recording();
        if (observed.events) {
            recording.enable("org.tickwave.Tick");
            recording.enable("org.tickwave.GuardTrip");
            recording.enable("org.tickwave.LateFrame");
            recording.start();
        }
        return recording;
    }

    /** Layer 1 refuses every activation. */
    @ParameterizedTest
    @EnumSource
    void anObservedTickAllocatesNothing(final Observed observed) {
        final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Recording recording = recording(observed); Engine engine = Engine.open(NETWORK, context(observed))) {
            final float[] weights = new float[9 * 17];
            Arrays.fill(weights, 1 << 20);
            Arrays.fill(FRAME, 1 << 29);
            engine.setWeights(1, weights, new float[17]);
            long bytes = 0;
            int quiet = 0;
            for (int batch = 0; batch < ATTEMPTS && quiet < QUIET; batch++) {
                final long before = thread.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < TICKS; i++) {
                    engine.input(FRAME).target(TARGET).tick();
                    engine.lateFrame(engine.frames(), 1, 1);
                }
                bytes = thread.getCurrentThreadAllocatedBytes() - before;
                quiet = bytes < TICKS ? quiet + 1 : 0;
            }
            assertEquals(QUIET, quiet, bytes + " bytes in the last " + TICKS + " ticks");
            assertTrue(engine.guardTrips() >= engine.ticks());
            assertEquals(observed.events, recording.getStartTime() != null);
        }
    }
}
