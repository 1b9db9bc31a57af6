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

    private static List<Jdk.Ours> not(final Jdk jdk) {
        return jdk.ours().stream().filter(flag -> !flag.status().equals("given")).toList();
    }

    @Test
    void theLaunchersFlagsAreAllOfThem() {
        final Jdk jdk = Jdk.of(LAUNCHER, Map.of());
        assertEquals(LAUNCHER, jdk.ours().stream().map(Jdk.Ours::flag).toList());
        assertEquals(List.of(), not(jdk));
        assertEquals(List.of(), jdk.slowing());
        assertEquals(LAUNCHER, jdk.given());
        assertEquals(System.getProperty("java.home"), jdk.home());
    }

    @Test
    void withoutTheLauncherTheyAreMissing() {
        final Jdk jdk = Jdk.of(List.of("--add-modules=java.sql,jdk.incubator.vector"), Map.of());
        assertEquals(
            List.of(new Jdk.Ours("-XX:+PerfDisableSharedMem", "missing", null), new Jdk.Ours("-XX:+UseSerialGC", "missing", null),
                new Jdk.Ours("-Xms64m", "missing", null), new Jdk.Ours("-Xmx512m", "missing", null)),
            not(jdk));
    }

    @ParameterizedTest
    @CsvSource({
        "-XX:+UseZGC, -XX:+UseSerialGC", "-XX:+UseParallelGC, -XX:+UseSerialGC", "-Xmx4g, -Xmx512m", "-Xms1g, -Xms64m",
        "-XX:-PerfDisableSharedMem, -XX:+PerfDisableSharedMem", "-XX:MaxHeapSize=1g, -Xmx512m"
    })
    void whatContradictsOneIsNamedWithItsVariable(final String flag, final String ours) {
        final List<String> given = new ArrayList<>(List.of(flag));
        given.addAll(LAUNCHER.stream().filter(one -> !one.equals(ours)).toList());
        for (final String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
            final Jdk jdk = Jdk.of(given, Map.of(variable, "-Dx=y  " + flag + " "));
            assertEquals(List.of(new Jdk.Ours(ours, "contradicted", flag + " in " + variable)), not(jdk));
        }
        assertEquals(List.of(new Jdk.Ours(ours, "contradicted", flag)), not(Jdk.of(given, Map.of())));
    }

    @Test
    void theLastFlagCounts() {
        final List<String> given = new ArrayList<>(List.of("-XX:-PerfDisableSharedMem"));
        given.addAll(LAUNCHER);
        assertEquals(List.of(), not(Jdk.of(given, Map.of("JAVA_TOOL_OPTIONS", "-XX:-PerfDisableSharedMem"))));
    }

    @Test
    void whatCostsSpeedIsNamed() {
        final Jdk jdk = Jdk.of(
            List.of("-Xint", "-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=4", "-XX:MaxVectorSize=16", "-Xint", "-ea"),
            Map.of("JAVA_TOOL_OPTIONS", "-Xint -XX:MaxVectorSize=160"));
        assertEquals(
            List.of(new Jdk.Slowing("-Xint", "JAVA_TOOL_OPTIONS"), new Jdk.Slowing("-XX:TieredStopAtLevel=1", null),
                new Jdk.Slowing("-XX:MaxVectorSize=16", null)),
            jdk.slowing());
    }
}
