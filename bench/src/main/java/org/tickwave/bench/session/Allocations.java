package org.tickwave.bench.session;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.tickwave.bench.score.Series;

/** Counts the bytes that the ticking thread and the engine's own threads allocate during ticks. For the ticking thread only. */
final class Allocations {
    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Series bytes = new Series(1);
    private final EngineThreads others;
    private long before;
    private long ofOthers;
    private long askOthersAt;

    Allocations(final EngineThreads others) {
        this.others = others;
    }

    /** Called before the first tick. */
    void start() {
        ofOthers = others.allocatedBytes();
    }

    /** Called before each tick. */
    void before() {
        before = thread.getCurrentThreadAllocatedBytes();
    }

    /** Called after each tick. */
    void after() {
        bytes.next();
        bytes.add(0, thread.getCurrentThreadAllocatedBytes() - before);
        if (bytes.count() >= askOthersAt) {
            askOthers();
        }
    }

    /**
     * Adds what the engine's own threads allocated since the last call. The call is expensive, so it is made only each time the
     * run has grown by a sixteenth.
     */
    void askOthers() {
        if (bytes.count() > 0) {
            final long now = others.allocatedBytes();
            bytes.add(0, now - ofOthers);
            ofOthers = now;
            askOthersAt = bytes.count() + 1 + bytes.count() / 16;
        }
    }

    /** Mean over the second half of the ticks; NaN without ticks. */
    double bytesPerTick() {
        return bytes.secondHalf(0);
    }
}
