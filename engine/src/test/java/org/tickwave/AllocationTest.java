package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Once the kernels are compiled, no call that an embedder makes in each tick allocates. */
@Tag("allocation")
class AllocationTest {
    private static final int TICKS = 10_000;
    /**
     * Batches to run before counting. After a batch that allocates nothing a later one may allocate again, once the compiler
     * has put a whole layer's tick into one method.
     */
    private static final int WARM = 15;
    /** Batches in a row that must allocate nothing. */
    private static final int QUIET = 5;
    private static final int ATTEMPTS = 30;
    private static final Network NETWORK = Network.chain(9, 17, 5).build();
    private static final float[] FRAME = new float[9];
    private static final float[] TARGET = new float[5];
    private static final float[] ANSWER = new float[5];
    private static final float[] COPY = new float[17];
    private static final MemorySegment SEGMENT = Arena.global().allocate(36, 4);
    private static final UnsafeBuffer BUFFER = new UnsafeBuffer(new byte[36]);

    /** The calls of each tick. */
    enum Way {
        ARRAY {
            @Override
            void tick(final Engine engine) {
                engine.input(FRAME).target(TARGET).tick();
            }
        },
        SEGMENT_OF_BYTES {
            @Override
            void tick(final Engine engine) {
                engine.input(SEGMENT, 0).target(SEGMENT, 16).tick();
            }
        },
        AGRONA_BUFFER {
            @Override
            void tick(final Engine engine) {
                engine.input(BUFFER, 0).target(BUFFER, 16).tick();
            }
        },
        IN_PLACE {
            @Override
            void tick(final Engine engine) {
                engine.inputInPlace().set(ValueLayout.JAVA_FLOAT, 0, 1f);
                engine.targetInPlace().set(ValueLayout.JAVA_FLOAT, 4, .5f);
                engine.tick();
            }
        },
        HELD {
            @Override
            void tick(final Engine engine) {
                engine.advance(1);
            }
        },
        WITHOUT_LEARNING {
            @Override
            void tick(final Engine engine) {
                engine.learning(false);
                engine.input(FRAME).tick();
            }
        },
        ANSWERED_NOW {
            private int good;

            @Override
            void tick(final Engine engine) {
                engine.input(FRAME).target(TARGET).tick();
                good += engine.answer(FRAME, ANSWER) ? 1 : 0;
                good += engine.answer(SEGMENT, 0, SEGMENT, 16) ? 1 : 0;
                good += engine.answer(BUFFER, 0, BUFFER, 16) ? 1 : 0;
            }
        },
        LOOKED_AT {
            private float sum;

            @Override
            void tick(final Engine engine) {
                engine.learning(true);
                engine.input(FRAME).target(TARGET).tick();
                final Waves waves = engine.waves();
                final long tick = engine.ticks();
                sum += engine.output().get(ValueLayout.JAVA_FLOAT, 8) + engine.answeredFrame() + engine.guardTrips();
                if (waves.activation(1, tick, COPY) && waves.delta(1, tick - 1, COPY) && waves.frame(2, tick) > 0) {
                    engine.weights(1, 3, FRAME);
                    Arrays.fill(FRAME, .25f);
                }
                engine.rate(.01f);
                if (tick % 10 == 0) {
                    engine.reset();
                    engine.input(FRAME);
                }
            }
        };

        abstract void tick(Engine engine);
    }

    @ParameterizedTest
    @EnumSource
    void aTickAllocatesNothing(final Way way) {
        final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Engine engine = Engine.open(NETWORK, new Context())) {
            engine.input(FRAME).target(TARGET).tick();
            long bytes = 0;
            int quiet = 0;
            for (int batch = 0; batch < WARM + ATTEMPTS && quiet < QUIET; batch++) {
                final long before = thread.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < TICKS; i++) {
                    way.tick(engine);
                }
                bytes = thread.getCurrentThreadAllocatedBytes() - before;
                quiet = bytes < TICKS && batch >= WARM ? quiet + 1 : 0;
            }
            assertTrue(thread.getCurrentThreadAllocatedBytes() > 0, "this JVM does not count allocated bytes");
            assertEquals(QUIET, quiet, bytes + " bytes in the last " + TICKS + " ticks");
        }
    }
}
