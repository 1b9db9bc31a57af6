package org.tickwave.bench.forks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What JMH prints and writes is read. */
class JmhOutputTest {
    @Test
    void readsTheListOfBenchmarks() {
        final List<Combination> all = Combination.listed("""
            WARNING: Using incubator modules: jdk.incubator.vector
            Benchmarks:\s
            org.x.A.plain
            org.x.A.plain
            org.x.B.tick
              param "width" = {64, 256}
              param "rule" = {aligned, window:3}
            """);
        assertEquals(List.of("A.plain", "B.tick rule=aligned width=64", "B.tick rule=window:3 width=64", "B.tick rule=aligned width=256",
            "B.tick rule=window:3 width=256"), all.stream().map(Combination::toString).toList());
        assertEquals(Combination.of("org.x.B.tick", Map.of("width", "64", "rule", "aligned")), all.get(1));
    }

    @Test
    void readsScoresAndIterations() {
        final List<JmhResult> results = JmhResult.parse(MadeResult.of("org.x.A.b", "avgt", "ns/op", "[5.0, 7.0]"));
        assertEquals(1, results.size());
        final JmhResult result = results.getFirst();
        assertFalse(result.higherBetter());
        assertEquals(new JmhResult.Metric("ns/op", new ForkScore(6, List.of(5.0, 7.0))), result.primary());
        assertEquals(Set.of("gc.alloc.rate.norm"), result.secondary().keySet());
        assertTrue(JmhResult.parse(MadeResult.of("org.x.A.b", "thrpt", "ops/s", "[1.0]")).getFirst().higherBetter());
    }

    /** In the mode SampleTime JMH writes histograms: pairs of value and count. */
    @Test
    void readsHistograms() {
        final String json = """
            [{"mode": "sample", "primaryMetric": {"score": 4.5, "scoreUnit": "ns/op",
              "rawDataHistogram": [[[[2, 1], [4, 3]], [[6, 2]]]]}, "secondaryMetrics": {}}]""";
        assertEquals(new ForkScore(4.5, List.of(3.5, 6.0)), JmhResult.parse(json).getFirst().primary().score());
    }

    @Test
    void leavesOutWhatIsNoNumber() {
        assertEquals(List.of(), JmhResult.parse(
            "[{\"mode\": \"ss\", \"primaryMetric\": {\"score\": \"NaN\", \"scoreUnit\": \"s\", \"rawData\": [[\"NaN\"]]}, \"secondaryMetrics\": {}}]"));
    }

    /** JMH does so for a counter that counted nothing. */
    @Test
    void infinityIsAText() {
        final String made = MadeResult.of("org.x.A.b", "avgt", "ns/op", "[5.0, 7.0]");
        final String json = made.replace("\"secondaryMetrics\": {", "\"secondaryMetrics\": {\"multiplyAdds\": {\"score\": \"+INF\","
            + " \"scoreUnit\": \"ns/op\", \"rawData\": [[\"+INF\", \"-INF\"]]}, ");
        assertEquals(JmhResult.parse(made).getFirst().primary(), JmhResult.parse(json).getFirst().primary());
    }

    /** A failed fork shows what went wrong before a long stack trace. */
    @Test
    void theCauseOfAFailureIsNotItsStackTrace() {
        final String log = "# JMH version: 1.37\nIteration  1: 5.1 ns/op\nIteration  2: <failure>\n\njava.lang.Error: wrong answer\n" + "\tat A.b(A.java:1)\n".repeat(50)
            + "\t... 7 more\n";
        assertEquals("Iteration  2: <failure>\njava.lang.Error: wrong answer", Jmh.cause(log));
        assertEquals("[ERROR] broken", Jmh.cause("building\n[ERROR] broken\nend\n"));
        assertEquals(20, Jmh.cause("line\n".repeat(30)).lines().count());
    }
}
