package org.tickwave.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkTest {
    private static final List<String> LAUNCHER =
        List.of("--add-modules=jdk.incubator.vector", "-XX:+PerfDisableSharedMem", "-XX:+UseSerialGC", "-Xms64m", "-Xmx512m");

    private static List<Jdk.LauncherFlag> ineffective(final Jdk jdk) {
        return jdk.ours().stream().filter(flag -> !flag.status().equals("given")).toList();
    }

    @Test
    void allFlagsOfTheLauncherAreRecognised() {
        final Jdk jdk = Jdk.of(LAUNCHER, Map.of());
        assertEquals(LAUNCHER, jdk.ours().stream().map(Jdk.LauncherFlag::flag).toList());
        assertEquals(List.of(), ineffective(jdk));
        assertEquals(List.of(), jdk.slowing());
        assertEquals(LAUNCHER, jdk.given());
        assertEquals(System.getProperty("java.home"), jdk.home());
    }

    @Test
    void withoutTheLauncherItsFlagsAreMissing() {
        final Jdk jdk = Jdk.of(List.of("--add-modules=java.sql,jdk.incubator.vector"), Map.of());
        assertEquals(
            List.of(new Jdk.LauncherFlag("-XX:+PerfDisableSharedMem", "missing", null), new Jdk.LauncherFlag("-XX:+UseSerialGC", "missing", null),
                new Jdk.LauncherFlag("-Xms64m", "missing", null), new Jdk.LauncherFlag("-Xmx512m", "missing", null)),
            ineffective(jdk));
    }

    @ParameterizedTest
    @CsvSource({
        "-XX:+UseZGC, -XX:+UseSerialGC", "-XX:+UseParallelGC, -XX:+UseSerialGC", "-Xmx4g, -Xmx512m", "-Xms1g, -Xms64m",
        "-XX:-PerfDisableSharedMem, -XX:+PerfDisableSharedMem", "-XX:MaxHeapSize=1g, -Xmx512m"
    })
    void aContradictingFlagIsNamedWithItsVariable(final String flag, final String ours) {
        final List<String> given = new ArrayList<>(List.of(flag));
        given.addAll(LAUNCHER.stream().filter(one -> !one.equals(ours)).toList());
        for (final String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
            final Jdk jdk = Jdk.of(given, Map.of(variable, "-Dx=y  " + flag + " "));
            assertEquals(List.of(new Jdk.LauncherFlag(ours, "contradicted", flag + " in " + variable)), ineffective(jdk));
        }
        assertEquals(List.of(new Jdk.LauncherFlag(ours, "contradicted", flag)), ineffective(Jdk.of(given, Map.of())));
    }

    @Test
    void theLastFlagCounts() {
        final List<String> given = new ArrayList<>(List.of("-XX:-PerfDisableSharedMem"));
        given.addAll(LAUNCHER);
        assertEquals(List.of(), ineffective(Jdk.of(given, Map.of("JAVA_TOOL_OPTIONS", "-XX:-PerfDisableSharedMem"))));
    }

    @Test
    void flagsThatCostSpeedAreNamed() {
        final Jdk jdk = Jdk.of(
            List.of("-Xint", "-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=4", "-XX:MaxVectorSize=16", "-Xint", "-ea"),
            Map.of("JAVA_TOOL_OPTIONS", "-Xint -XX:MaxVectorSize=160"));
        assertEquals(
            List.of(new Jdk.SlowFlag("-Xint", "JAVA_TOOL_OPTIONS"), new Jdk.SlowFlag("-XX:TieredStopAtLevel=1", null),
                new Jdk.SlowFlag("-XX:MaxVectorSize=16", null)),
            jdk.slowing());
    }
}
