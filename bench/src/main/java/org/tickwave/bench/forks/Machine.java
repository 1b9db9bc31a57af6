package org.tickwave.bench.forks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tickwave.bench.doctor.Doctor;

/**
 * Where the forks run.
 *
 * @param cpu        model of the processor
 * @param processors processors that the JVM may use
 * @param system     name, version and architecture of the operating system
 * @param jdk        vendor and version of the JDK
 * @param javaHome   directory of the JDK
 * @param flags      flags of the JVM, the same for all forks
 */
public record Machine(String cpu, int processors, String system, String jdk, String javaHome, List<String> flags) {
    private static final Path CPU = Path.of("/proc/cpuinfo");

    public static Machine ofThisJvm() {
        final List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> !flag.startsWith("-Dtickwave.") && !flag.startsWith("-agentlib:jdwp")).toList();
        return new Machine(cpu(System.getProperty("os.arch")), Runtime.getRuntime().availableProcessors(), Doctor.system(),
            System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"), System.getProperty("java.home"), flags);
    }

    /** Linux names the model. Elsewhere, and where it has no name, the architecture has to do. */
    private static String cpu(final String arch) {
        try {
            return Files.readString(CPU).lines().filter(line -> line.startsWith("model name")).findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(arch);
        } catch (final IOException e) {
            return arch;
        }
    }
}
