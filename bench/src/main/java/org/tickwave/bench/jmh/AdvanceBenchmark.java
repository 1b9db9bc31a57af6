package org.tickwave.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * A tick of a held frame: one {@code advance(hold)} for each frame, without returning to the caller between its ticks. An
 * operation is a tick, as in {@link TickBenchmark}.
 */
public class AdvanceBenchmark extends LearningChain {
    /** Ticks of an invocation. A frame that is not finished is continued in the next invocation. */
    static final int TICKS = 360;

    /** K, the number of ticks for which each frame is held. The default is the paper's choice for the default depth. */
    @Param("9")
    public int hold;

    private int held;

    @Override
    int hold() {
        return hold;
    }

    @Benchmark
    @OperationsPerInvocation(TICKS)
    public void ticks(final Work counted) {
        int left = TICKS;
        while (left > 0) {
            if (held == 0) {
                work.frames.give(work.engine);
                held = hold;
            }
            final int ticks = Math.min(held, left);
            work.engine.advance(ticks);
            held -= ticks;
            left -= ticks;
        }
        counted.add(TICKS * work.weightBytes, TICKS * work.multiplyAdds);
    }
}
