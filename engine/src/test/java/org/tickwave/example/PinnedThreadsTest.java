package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;

@EnabledOnOs(OS.LINUX)
class PinnedThreadsTest {
    private static final String KEY = "Cpus_allowed_list:";
    private static final Network NETWORK = Network.chain(3, 3, 3).build();

    /** The CPUs that the calling thread may run on, in the kernel's notation. */
    private static String allowed() {
        try {
            return Files.readAllLines(Path.of("/proc/thread-self/status")).stream().filter(line -> line.startsWith(KEY))
                .map(line -> line.substring(KEY.length()).strip()).findFirst().orElseThrow();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theEnginesThreadStaysOnTheCoreThatItWasGiven() {
        final int cpu = Integer.parseInt(allowed().split("[,-]")[0]);
        final PinnedThreads pinned = new PinnedThreads(cpu);
        final List<String> seen = new CopyOnWriteArrayList<>();
        final Context context = new Context().threads(2).threadFactory(band -> pinned.newThread(() -> {
            seen.add(allowed());
            band.run();
        }));
        try (Engine engine = Engine.open(NETWORK, context)) {
            engine.input(new float[3]).tick();
            assertEquals(1, engine.ticks());
        }
        assertEquals(List.of(Integer.toString(cpu)), seen);
    }

    @Test
    void aCoreThatIsNotThereIsRefused() {
        assertEquals("CPU 1023: this process may not run there",
            assertThrows(IllegalStateException.class, () -> PinnedThreads.pin(1023)).getMessage());
    }
}
