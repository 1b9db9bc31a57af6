package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every benchmark counts its work, and a parameter that changes the work changes what is counted. */
class CountedWorkTest {
    /** The way of a counter between two cores; a call that does nothing. */
    private static final Set<String> NOT_COUNTED = Set.of("HandshakeBenchmark.roundTrip", "PassPartsBenchmark.call");
    /** The same work by other means, or at another time. */
    private static final Set<String> SAME_WORK = Set.of("threads", "rule", "hold", "fps", "wave", "counters", "events");
    /** Which of two languages has more multiply-adds in a round depends on the machine. */
    private static final Set<String> PERHAPS_THE_SAME = Set.of("CeilingBenchmark.multiplyAdd language");
    private static final Set<String> SAME_MEMORY = Set.of("CeilingBenchmark.read language", "CeilingBenchmark.readWrite language",
        "FusedPassBenchmark.fused language", "ActivationBenchmark.values sigma");
    /** Assertions, which are on in a test, find the missing hand-shake. Only PyTorch, which is not in this build, has batches. */
    private static final Set<String> NOT_RUN = Set.of("handshake", "batch");
    private static final Map<String, String> SMALL = Map.of("width", "20", "depth", "6", "skips", "2", "kib", "2", "hold", "3", "threads", "1", "batch", "1",
        "cycles", "0", "rule", "aligned", "sigma", "TANH");
    private static final Map<String, String> OTHER = new TreeMap<>(Map.of("width", "28", "depth", "8", "skips", "3", "kib", "3", "hold", "2",
        "threads", "2", "cycles", "2", "rule", "window:3", "sigma", "IDENTITY", "columns", "12"));

    static {
        OTHER.putAll(Map.of("language", "C", "fps", "60", "wave", "lively", "feedback", "RANDOM", "peer", "NETLIB", "rate", "16000",
            "numbers", "32", "side", "32", "counters", "on", "events", "on"));
    }

    private static Work work(final Method benchmark, final Map<String, String> params) throws ReflectiveOperationException {
        try (BenchmarkCall call = new BenchmarkCall(benchmark, params)) {
            return call.run();
        }
    }

    private static String both(final Work work) {
        return work.bytes + " bytes, " + work.multiplyAdds + " multiply-adds";
    }

    private static String name(final Method benchmark) {
        return benchmark.getDeclaringClass().getSimpleName() + "." + benchmark.getName();
    }

    @Test
    void everyBenchmarkCounts() throws ReflectiveOperationException {
        assertEquals(NOT_COUNTED, BenchmarkCall.benchmarks().stream()
            .filter(benchmark -> !List.of(benchmark.getParameterTypes()).contains(Work.class)).map(CountedWorkTest::name)
            .collect(Collectors.toSet()));
    }

    @TestFactory
    Stream<DynamicTest> aParameterThatChangesTheWorkChangesTheCount() throws ReflectiveOperationException {
        return BenchmarkCall.benchmarks().stream().filter(benchmark -> !NOT_COUNTED.contains(name(benchmark)))
            .map(benchmark -> DynamicTest.dynamicTest(name(benchmark), () -> changes(benchmark)));
    }

    private static void changes(final Method benchmark) throws ReflectiveOperationException {
        final Work before = work(benchmark, SMALL);
        assertTrue(before.bytes > 0 || before.multiplyAdds > 0, () -> "counts nothing: " + name(benchmark));
        final Set<String> params = new TreeSet<>(BenchmarkCall.params(benchmark));
        params.removeAll(NOT_RUN);
        for (final String param : params) {
            final String what = name(benchmark) + " " + param;
            final Map<String, String> changed = new TreeMap<>(SMALL);
            changed.put(param, OTHER.getOrDefault(param, "no other value of " + what));
            final String after;
            try {
                after = both(work(benchmark, changed));
            } catch (final BenchmarkCall.LeftOut e) {
                continue;
            }
            if (SAME_WORK.contains(param) || SAME_MEMORY.contains(what)) {
                assertEquals(both(before), after, what);
            } else if (!PERHAPS_THE_SAME.contains(what)) {
                assertNotEquals(both(before), after, what);
            }
        }
    }
}
