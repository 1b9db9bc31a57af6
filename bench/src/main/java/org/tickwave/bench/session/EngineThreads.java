package org.tickwave.bench.session;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/** Makes an engine's own threads, and knows what they allocate. */
public final class EngineThreads implements ThreadFactory {
    private final ThreadMXBean beans = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<Thread> made = new CopyOnWriteArrayList<>();

    @Override
    public Thread newThread(final Runnable task) {
        final Thread thread = Thread.ofPlatform().daemon().name("tickwave-band-" + (made.size() + 1)).unstarted(task);
        made.add(thread);
        return thread;
    }

    /** By all of them, since they began. It asks the JVM for each: a microsecond or so. */
    long allocatedBytes() {
        long bytes = 0;
        for (int i = 0; i < made.size(); i++) {
            bytes += Math.max(0, beans.getThreadAllocatedBytes(made.get(i).threadId()));
        }
        return bytes;
    }
}
