package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Opens and closes many engines in turn: no thread and no memory of theirs is left. */
class OpenAndCloseTest {
    private static final String NAME = "opened and closed ";
    private static final Network NETWORK = Network.chain(64, 64, 64, 64, 16).build();
    /** Makes an image of some megabytes, so that a leak shows soon. */
    private static final int HISTORY = 1_000;
    private static final Path STATM = Path.of("/proc/self/statm");
    private static final long PAGE_BYTES = 4096;

    private final float[] frame = new float[64];
    private final List<Thread> agents = new ArrayList<>();

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void threeHundredLeaveNothingBehind() throws Exception {
        leaveNothingBehind(300);
    }

    @Test
    @Tag("soak")
    @Timeout(value = 1_800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void tenThousandLeaveNothingBehind() throws Exception {
        leaveNothingBehind(10_000);
    }

    private void leaveNothingBehind(final int rounds) throws Exception {
        assumeTrue(Files.isReadable(STATM), "no " + STATM + " here");
        for (int round = 0; round < 10; round++) {
            openAndClose(round);
        }
        final long before = residentBytes();
        for (int round = 0; round < rounds; round++) {
            openAndClose(round);
            assertEquals(List.of(), Threads.named(NAME), "round " + round);
        }
        final long grown = residentBytes() - before;
        final long imageBytes = Engine.imageBytes(NETWORK, context());
        assertTrue(
            grown < rounds * imageBytes / 3, () -> grown + " bytes more than before " + rounds + " images of " + imageBytes);
    }

    private static long residentBytes() throws IOException {
        System.gc();
        return Long.parseLong(Files.readString(STATM).split(" ")[1]) * PAGE_BYTES;
    }

    private void openAndClose(final int round) throws Exception {
        switch (round % 5) {
            case 0 -> open(4, new YieldingIdleStrategy()).close();
            case 1 -> betweenTicks();
            case 2 -> midTick(open(1 + round % 7, new YieldingIdleStrategy()), round);
            case 3 -> midTick(withAgents(), round);
            default -> failed(round);
        }
    }

    private Engine open(final int threads, final IdleStrategy idle) {
        return Engine.open(NETWORK, context().threads(threads).threadFactory(work -> new Thread(work, NAME + "own"))
            .idleStrategy(() -> idle));
    }

    private static Context context() {
        return new Context().history(HISTORY).stallLimitNs(Driver.STALL_NS);
    }

    private void betweenTicks() {
        try (Engine engine = open(3, new YieldingIdleStrategy())) {
            engine.input(frame).tick();
        }
    }

    private void midTick(final Engine engine, final int round) throws Exception {
        engine.input(frame);
        final FutureTask<IllegalStateException> ends =
            new FutureTask<>(() -> assertThrows(IllegalStateException.class, () -> engine.advance(Long.MAX_VALUE)));
        new Thread(ends, NAME + "ticks").start();
        while (engine.completed() < round % 11) {
            Thread.yield();
        }
        engine.close();
        assertTrue(ends.get().getMessage().toLowerCase(Locale.ROOT).contains("closed"), ends.get()::getMessage);
        for (final Thread agent : agents) {
            agent.join();
        }
        agents.clear();
        while (!Threads.named(NAME + "ticks").isEmpty()) {
            Thread.yield();
        }
    }

    private Engine withAgents() {
        final Engine engine = Engine.open(NETWORK, context().bands(3).idleStrategy(YieldingIdleStrategy::new));
        for (int b = 1; b < 3; b++) {
            final WaveAgent agent = engine.agent(b);
            final Thread thread = new Thread(
                () -> assertThrows(AgentTerminationException.class, () -> run(agent)), NAME + "agent");
            agents.add(thread);
            thread.start();
        }
        return engine;
    }

    private static void run(final WaveAgent agent) {
        while (true) {
            if (agent.doWork() == 0) {
                Thread.yield();
            }
        }
    }

    /** The idle strategy of one thread throws after a while. */
    private void failed(final int round) {
        final AtomicInteger idled = new AtomicInteger();
        final IdleStrategy throwing = new Idle(() -> {
            if (idled.getAndIncrement() == round % 13) {
                throw new IllegalArgumentException("round " + round);
            }
            Thread.yield();
        });
        try (Engine engine = open(4, throwing)) {
            final BandFailedException e = assertThrows(BandFailedException.class, () -> {
                while (true) {
                    engine.input(frame).tick();
                }
            });
            assertEquals("round " + round, e.getCause().getMessage());
        }
    }
}
