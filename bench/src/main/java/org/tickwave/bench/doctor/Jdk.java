package org.tickwave.bench.doctor;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JDK and the flags of its JVM.
 *
 * @param version version of the Java runtime
 * @param vendor  vendor of the JDK
 * @param home    directory of the JDK
 * @param vm      name of the virtual machine
 * @param given   the JVM's flags, flags from environment variables first
 * @param ours    the flags that the launcher sets, and what became of each
 * @param slowing flags that cost speed
 */
record Jdk(
    String version, String vendor, String home, String vm, List<String> given, List<LauncherFlag> ours, List<SlowFlag> slowing) {

    static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
    static final String GIVEN = "given";
    static final String MISSING = "missing";
    static final String CONTRADICTED = "contradicted";
    static final String VECTORS = "--add-modules=jdk.incubator.vector";
    static final String NO_STATISTICS = "-XX:+PerfDisableSharedMem";
    static final String COLLECTOR = "-XX:+UseSerialGC";

    /** For each launcher flag, a pattern of the flags that contradict it. The launcher omits a flag that the user contradicts. */
    private static final Map<String, String> OPPOSITES = new LinkedHashMap<>();
    private static final List<String> SLOW = List.of(
        "-Xint", "-XX:TieredStopAtLevel=[0-3]", "-XX:-UseCompiler", "-XX:-TieredCompilation", "-XX:MaxVectorSize=.*",
        "-XX:UseAVX=.*", "-XX:UseSVE=.*", "-XX:-EnableVectorSupport", "-XX:-EnableVectorReboxing", "-XX:-UseFMA",
        "-agentlib:jdwp.*");

    static {
        OPPOSITES.put(VECTORS, "--limit-modules.*");
        OPPOSITES.put(NO_STATISTICS, "-XX:-PerfDisableSharedMem");
        OPPOSITES.put(COLLECTOR, "-XX:\\+Use(?!Serial)\\w*GC|-XX:-UseSerialGC");
        OPPOSITES.put("-Xms64m", "-Xms.*|-XX:(Initial|Min)HeapSize=.*");
        OPPOSITES.put("-Xmx512m", "-Xmx.*|-XX:MaxHeapSize=.*");
    }

    /**
     * A flag that the launcher sets.
     *
     * @param flag   the flag
     * @param status given, missing or contradicted
     * @param by     the contradicting flag, as {@code FLAG} or {@code FLAG in VARIABLE}; null if there is no such flag
     */
    record LauncherFlag(String flag, String status, String by) {
    }

    /**
     * A flag that costs speed.
     *
     * @param flag the flag
     * @param from the environment variable that sets the flag; null if the flag was given on the command line
     */
    record SlowFlag(String flag, String from) {
    }

    static Jdk ofThisJvm() {
        return of(ManagementFactory.getRuntimeMXBean().getInputArguments(), System.getenv());
    }

    static Jdk of(final List<String> given, final Map<String, String> environment) {
        return new Jdk(
            System.getProperty("java.runtime.version"), System.getProperty("java.vendor"), System.getProperty("java.home"),
            System.getProperty("java.vm.name"), List.copyOf(given), ours(given, environment), slowing(given, environment));
    }

    private static List<LauncherFlag> ours(final List<String> given, final Map<String, String> environment) {
        final List<LauncherFlag> all = new ArrayList<>();
        OPPOSITES.forEach((flag, opposite) -> {
            String status = MISSING;
            String by = null;
            // The last of several contradicting flags takes effect.
            for (final String argument : given) {
                if (argument.equals(flag) || flag.equals(VECTORS) && adds(argument)) {
                    status = GIVEN;
                    by = null;
                } else if (argument.matches(opposite)) {
                    final String variable = variable(argument, environment);
                    status = CONTRADICTED;
                    by = variable == null ? argument : argument + " in " + variable;
                }
            }
            all.add(new LauncherFlag(flag, status, by));
        });
        return List.copyOf(all);
    }

    private static boolean adds(final String argument) {
        final String option = "--add-modules=";
        return argument.startsWith(option)
            && List.of(argument.substring(option.length()).split(",")).contains("jdk.incubator.vector");
    }

    private static List<SlowFlag> slowing(final List<String> given, final Map<String, String> environment) {
        return given.stream().distinct().filter(argument -> SLOW.stream().anyMatch(argument::matches))
            .map(argument -> new SlowFlag(argument, variable(argument, environment))).toList();
    }

    /** The environment variable that sets a flag, or null. */
    private static String variable(final String argument, final Map<String, String> environment) {
        return VARIABLES.stream()
            .filter(name -> List.of(environment.getOrDefault(name, "").strip().split("\\s+")).contains(argument))
            .findFirst().orElse(null);
    }
}
