package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No thread allocates once the kernels are compiled, whichever threads run the bands. */
@Tag("allocation")
class AllocationOfBandsTest {
    private static final int TICKS = 3_000;
    /** Batches in a row that must allocate nothing. */
    private static final int QUIET = 3;
    private static final int ATTEMPTS = 60;
    private static final Network NETWORK = Network.chain(9, 17, 12, 5).build();
    private static final float[] FRAME = new float[9];
    private static final float[] TARGET = new float[5];
    private static final float[] ANSWER = new float[5];

    private final List<Thread> threads = new ArrayList<>();

    /** The four ways to drive an engine, and two mixtures of them. */
    enum Way {
        CALLER(1), OWN_THREADS(3), RUNNERS(4), INVOKED(1), CALLER_AND_RUNNER(2), HELD(3);

        final int threads;

        Way(final int threads) {
            this.threads = threads;
        }
    }

    private Engine open(final Way way) {
        final Context context = new Context().stallLimitNs(Driver.STALL_NS)
            .idleStrategy(YieldingIdleStrategy::new).sampleEvery(3).threadFactory(work -> {
                threads.add(new Thread(work));
                return threads.getLast();
            });
        return Engine.open(NETWORK, way == Way.OWN_THREADS || way == Way.HELD ? context.threads(3) : context.bands(3));
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noThreadAllocates(final Way way) throws InterruptedException {
        threads.add(Thread.currentThread());
        try (Engine engine = open(way)) {
            final WaveAgent[] agents = new WaveAgent[way == Way.INVOKED ? 3 : 0];
            for (int b = 0; b < agents.length; b++) {
                agents[b] = engine.agent(b);
            }
            for (int b = 0; b < 3; b++) {
                if (way == Way.RUNNERS || way == Way.CALLER_AND_RUNNER && b == 1) {
                    run(engine.agent(b));
                }
            }
            engine.input(FRAME);
            int quiet = 0;
            long bytes = 0;
            for (int batch = 0; batch < ATTEMPTS && quiet < QUIET; batch++) {
                final long before = allocatedBytes();
                batch(way, engine, agents);
                bytes = allocatedBytes() - before;
                quiet = bytes < TICKS ? quiet + 1 : 0;
            }
            assertEquals(QUIET, quiet, bytes + " bytes in the last " + TICKS + " ticks");
            assertEquals(way.threads, threads.size());
        }
        for (final Thread thread : threads) {
            if (thread != Thread.currentThread()) {
                thread.join();
            }
        }
    }

    private void run(final WaveAgent agent) {
        threads.add(AgentRunner.startOnThread(new AgentRunner(new YieldingIdleStrategy(), e -> { }, null, agent)));
    }

    private long allocatedBytes() {
        final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        for (final Thread thread : threads) {
            final long its = bean.getThreadAllocatedBytes(thread.threadId());
            assertTrue(its >= 0, "this JVM does not count allocated bytes");
            bytes += its;
        }
        return bytes;
    }

    private static void batch(final Way way, final Engine engine, final WaveAgent[] agents) {
        if (way == Way.HELD) {
            engine.advance(TICKS);
            return;
        }
        for (int t = 0; t < TICKS; t++) {
            engine.input(FRAME).target(TARGET);
            if (way == Way.INVOKED) {
                engine.commit();
                for (final WaveAgent agent : agents) {
                    agent.doWork();
                }
                engine.await();
            } else if (way == Way.RUNNERS) {
                engine.commit();
                while (!engine.ready()) {
                    Thread.yield();
                }
            } else {
                engine.tick();
                engine.answer(FRAME, ANSWER);
            }
        }
    }
}
