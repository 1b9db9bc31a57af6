package org.tickwave.bench.session;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.tickwave.bench.score.Series;

/** What is allocated inside ticks: by the thread that ticks, and by the engine's own. For the thread that ticks. */
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

    /** Before the first tick. */
    void start() {
        ofOthers = others.allocatedBytes();
    }

    /** Before a tick. */
    void before() {
        before = thread.getCurrentThreadAllocatedBytes();
    }

    /** After a tick. */
    void after() {
        bytes.next();
        bytes.add(0, thread.getCurrentThreadAllocatedBytes() - before);
        if (bytes.count() >= askOthersAt) {
            askOthers();
        }
    }

    /** Now and then, since it is dear: what they allocated since the last time is at most a sixteenth of the run old. */
    void askOthers() {
        if (bytes.count() > 0) {
            final long now = others.allocatedBytes();
            bytes.add(0, now - ofOthers);
            ofOthers = now;
            askOthersAt = bytes.count() + 1 + bytes.count() / 16;
        }
    }

    /** A mean over the second half; NaN without a tick. */
    double bytesPerTick() {
        return bytes.secondHalf(0);
    }
}
