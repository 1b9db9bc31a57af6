package org.tickwave.bench.setup;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine, or the container that it is, can give to an image. */
public final class Memory {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";

    private Memory() {
    }

    /** What the kernel says is available; where it says nothing four fifths of what there is. */
    public static long availableBytes() {
        final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        final long total = system.getTotalMemorySize();
        final long mostOfIt = total / 5 * 4;
        try {
            final long available = Files.readAllLines(MEMINFO).stream().filter(line -> line.startsWith(AVAILABLE))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024).findFirst().orElse(mostOfIt);
            return Math.min(available, total);
        } catch (final IOException e) {
            return mostOfIt;
        }
    }
}
