package org.tickwave.bench.setup;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that this machine, or this container, has available for an image. */
public final class Memory {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";

    private Memory() {
    }

    /** The available memory according to the kernel. Without that information, four fifths of the total memory. */
    public static long availableBytes() {
        final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        final long total = system.getTotalMemorySize();
        final long estimate = total / 5 * 4;
        try {
            final long available = Files.readAllLines(MEMINFO).stream().filter(line -> line.startsWith(AVAILABLE))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024).findFirst().orElse(estimate);
            return Math.min(available, total);
        } catch (final IOException e) {
            return estimate;
        }
    }
}
