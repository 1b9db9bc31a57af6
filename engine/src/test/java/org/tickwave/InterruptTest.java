package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An interrupt fails nothing: the interrupt flag stays set, no thread sleeps any more, and ticks end as usual. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptTest {
    private static final Network NETWORK = Network.chain(3, 5, 4, 2).build();
    private static final float[] FRAME = {.1f, .2f, .3f};
    private static final float[] TARGET = {.4f, .5f};
    /** Many more polls than the bare polls before an idle strategy. */
    private static final int LONG = 20_000;

    private final AtomicLong idled = new AtomicLong();
    private final List<Thread> own = new ArrayList<>();

    private Context context() {
        return new Context().stallLimitNs(Driver.STALL_NS).idleStrategy(() -> new Idle(this::idle))
            .threadFactory(work -> {
                own.add(new Thread(work));
                return own.getLast();
            });
    }

    /** Behaves like a strategy that sleeps: throws if its thread is interrupted. */
    private void idle() {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("sleep interrupted");
        }
        idled.incrementAndGet();
        Thread.yield();
    }

    @AfterEach
    void wakeUp() {
        Thread.interrupted();
    }

    private static long learn(final Engine engine) {
        for (int t = 0; t < 50; t++) {
            engine.input(FRAME).target(TARGET).tick();
        }
        return Bits.of(engine);
    }

    private static long alone() {
        try (Engine engine = Engine.open(NETWORK, new Context())) {
            return learn(engine);
        }
    }

    /** The other band runs only after a while, so the caller has to wait. */
    @Test
    void anInterruptedCallerWaitsWithoutItsStrategyAndStaysInterrupted() throws InterruptedException {
        try (Engine engine = Engine.open(NETWORK, context().bands(2))) {
            final WaveAgent agent = engine.agent(1);
            engine.input(FRAME).target(TARGET);
            final Thread first = afterAWhile(agent);
            engine.tick();
            first.join();
            assertTrue(idled.get() > 0);
            idled.set(0);

            final Thread second = afterAWhile(agent);
            Thread.currentThread().interrupt();
            engine.tick();
            assertEquals(0, idled.get());
            assertTrue(Thread.interrupted());
            second.join();
            assertEquals(2, engine.completed());
        }
    }

    private static Thread afterAWhile(final WaveAgent agent) {
        final Thread thread = new Thread(() -> {
            for (int i = 0; i < LONG; i++) {
                Thread.yield();
            }
            while (agent.doWork() == 0) {
                Thread.onSpinWait();
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void allThreadsInterruptedGiveTheSameBits() {
        try (Engine engine = Engine.open(NETWORK, context().threads(3))) {
            own.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            assertEquals(alone(), learn(engine));
            assertTrue(Thread.interrupted());
            assertEquals(2, own.size());
            assertTrue(own.stream().allMatch(Thread::isInterrupted));
        }
    }

    @Test
    void closingWhileInterruptedEndsAllThreadsAndKeepsTheInterrupt() {
        final Engine engine = Engine.open(NETWORK, context().threads(3));
        engine.input(FRAME).tick();
        Thread.currentThread().interrupt();
        engine.close();
        assertTrue(Thread.interrupted());
        assertEquals(2, own.size());
        assertFalse(own.stream().anyMatch(Thread::isAlive));
    }
}
