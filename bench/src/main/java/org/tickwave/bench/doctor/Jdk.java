package org.tickwave.bench.doctor;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JVM that this is.
 *
 * @param version of its runtime
 * @param vendor  who built it
 * @param home    where it lies
 * @param vm      its virtual machine
 * @param given   the flags that it runs with, those from the environment first
 * @param ours    the flags that the launcher gives
 * @param slowing flags that cost speed
 */
record Jdk(
    String version, String vendor, String home, String vm, List<String> given, List<Ours> ours, List<Slowing> slowing) {

    static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
    static final String GIVEN = "given";
    static final String MISSING = "missing";
    static final String CONTRADICTED = "contradicted";
    static final String VECTORS = "--add-modules=jdk.incubator.vector";
    static final String NO_STATISTICS = "-XX:+PerfDisableSharedMem";
    static final String COLLECTOR = "-XX:+UseSerialGC";

    /** What contradicts each flag of ours; the launcher leaves out those that a user's own would. */
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
     * A flag of the launcher's.
     *
     * @param flag   what it is
     * @param status given, missing or contradicted
     * @param by     the flag that contradicts it, and the variable that has that, if one has; else null
     */
    record Ours(String flag, String status, String by) {
    }

    /**
     * A flag that costs speed.
     *
     * @param flag what it is
     * @param from the variable that has it, or null: it was given by hand
     */
    record Slowing(String flag, String from) {
    }

    static Jdk here() {
        return of(ManagementFactory.getRuntimeMXBean().getInputArguments(), System.getenv());
    }

    static Jdk of(final List<String> given, final Map<String, String> environment) {
        return new Jdk(
            System.getProperty("java.runtime.version"), System.getProperty("java.vendor"), System.getProperty("java.home"),
            System.getProperty("java.vm.name"), List.copyOf(given), ours(given, environment), slowing(given, environment));
    }

    private static List<Ours> ours(final List<String> given, final Map<String, String> environment) {
        final List<Ours> all = new ArrayList<>();
        OPPOSITES.forEach((flag, opposite) -> {
            String status = MISSING;
            String by = null;
            // The last one counts.
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
            all.add(new Ours(flag, status, by));
        });
        return List.copyOf(all);
    }

    private static boolean adds(final String argument) {
        final String option = "--add-modules=";
        return argument.startsWith(option)
            && List.of(argument.substring(option.length()).split(",")).contains("jdk.incubator.vector");
    }

    private static List<Slowing> slowing(final List<String> given, final Map<String, String> environment) {
        return given.stream().distinct().filter(argument -> SLOW.stream().anyMatch(argument::matches))
            .map(argument -> new Slowing(argument, variable(argument, environment))).toList();
    }

    /** The variable that a flag comes from, or null. */
    private static String variable(final String argument, final Map<String, String> environment) {
        return VARIABLES.stream()
            .filter(name -> List.of(environment.getOrDefault(name, "").strip().split("\\s+")).contains(argument))
            .findFirst().orElse(null);
    }
}
