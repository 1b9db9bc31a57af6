package org.tickwave.bench.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine, or the container that it is, can give to an image. */
final class Memory {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";

    private Memory() {
    }

    /** What the kernel says is available; where it says nothing four fifths of what there is. */
    static long availableBytes() {
        final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        final long most = system.getTotalMemorySize() / 5 * 4;
        try {
            return Files.readAllLines(MEMINFO).stream().filter(line -> line.startsWith(AVAILABLE))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024).findFirst().stream()
                .map(available -> Math.min(available, system.getTotalMemorySize())).findFirst().orElse(most);
        } catch (final IOException e) {
            return most;
        }
    }
}
