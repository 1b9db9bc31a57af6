package org.tickwave.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.tickwave.bench.forks.Combination;
import org.tickwave.bench.setup.RunFailure;

/** The plans, and how they are read. */
class PlanTest {
    private static final int PROCESSORS = 4;
    /** As bench/README.md says. */
    private static final long QUICK_MS = 7 * 60_000L;
    private static final long FULL_MS = 60 * 60_000L;

    private static List<Entry> entries(final String line) {
        return Plan.parse("made", line, Stub.PACE, PROCESSORS).entries();
    }

    @Test
    void aLineStandsForAnEntryForEachValue() {
        final List<Entry> entries = entries("g,peer,BLAS,A.b,rule=aligned width=64|128 :depth=2|10,width,avgt,depth/2,8*depth*width+width,3*width/4");
        assertEquals(4, entries.size());
        final Entry last = entries.getLast();
        assertEquals(new Entry("g", Role.PEER, "BLAS",
            new Entry.Measurement(Combination.of("org.tickwave.bench.jmh.A.b", Map.of("rule", "aligned", "width", "128")), "avgt", 1),
            Map.of("rule", "aligned", "width", "128", "depth", "10"), "width", 128, 5, 8.0 * 10 * 128 + 128, 96.0), last);
        assertEquals(2, Plan.parse("made", "g,peer,BLAS,A.b,width=64|128 :depth=2|10,,avgt,1,,", Stub.PACE, 1).measurements().size());
    }

    @Test
    void aLineWithMoreThreadsThanProcessorsIsLeftOut() {
        assertEquals(List.of(1.0, 2.0, 4.0), entries("g,ours,tick,A.b,threads=1|2|4|8,threads,avgt,1,,").stream().map(Entry::x).toList());
        assertEquals(List.of(), entries("g,ours,tick,A.b,:threads=8,,avgt,1,,"));
    }

    /** JMH's own threads are no parameter of the benchmark. */
    @Test
    void aLineMayRunOnSeveralThreadsAtOnce() {
        final List<Entry> entries = entries("g,ceiling,passes,A.b,width=64 -t=1|2|all|8,threads,avgt,6/threads,,");
        assertEquals(List.of(1, 2, PROCESSORS), entries.stream().map(entry -> entry.what().threads()).toList());
        assertEquals(List.of(6.0, 3.0, 6.0 / PROCESSORS), entries.stream().map(Entry::scale).toList());
        assertEquals(List.of(new Combination.Param("width", "64")), entries.getLast().what().combination().params());
        final Plan plan = Plan.parse("made", "g,ceiling,passes,A.b,-t=2,threads,avgt,1,,", Stub.PACE, 2);
        final List<String> arguments = Rounds.arguments(plan, plan.measurements().getFirst());
        assertEquals("2", arguments.get(arguments.indexOf("-t") + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"g,ours,tick,A.b,width=64,width,avgt,1,", "g,his,tick,A.b,width=64,width,avgt,1,,", "g,ours,tick,A.b,width=64,depth,avgt,1,,",
        "g,ours,tick,A.b,width=64,,avgt,1,8*depth,"})
    void aLineThatIsWrongIsAnError(final String line) {
        assertThrows(IllegalArgumentException.class, () -> entries(line));
    }

    @Test
    void thereAreTwoSuites() {
        final RunFailure failure = assertThrows(RunFailure.class, () -> Plan.named("slow", PROCESSORS));
        assertEquals("--suite 'slow': expected quick or full", failure.getMessage());
        assertEquals(2, failure.exitCode());
    }

    /** Every benchmark of the plans exists, and every parameter has a value. */
    @ParameterizedTest
    @ValueSource(strings = {"quick", "full"})
    void thePlansNameBenchmarksAndAllTheirParameters(final String name) throws ReflectiveOperationException, RunFailure {
        for (final Entry.Measurement what : Plan.named(name, PROCESSORS).measurements()) {
            final String benchmark = what.combination().benchmark();
            final int dot = benchmark.lastIndexOf('.');
            final Class<?> of = Class.forName(benchmark.substring(0, dot));
            final Method method = Arrays.stream(of.getMethods())
                .filter(each -> each.isAnnotationPresent(Benchmark.class) && each.getName().equals(benchmark.substring(dot + 1))).findFirst()
                .orElseThrow(() -> new AssertionError(benchmark));
            final Set<String> there = new TreeSet<>();
            Stream.concat(Stream.of(of), Arrays.stream(method.getParameterTypes())).flatMap(state -> Arrays.stream(state.getFields()))
                .filter(field -> field.isAnnotationPresent(Param.class)).map(Field::getName).forEach(there::add);
            final Map<String, String> given = new TreeMap<>();
            what.combination().params().forEach(param -> given.put(param.name(), param.value()));
            assertEquals(there, given.keySet(), benchmark);
        }
    }

    /** In a chart one line has one value for each x, and every figure of quick has something beside it. */
    @ParameterizedTest
    @ValueSource(strings = {"quick", "full"})
    void thePlansCompareEveryPlace(final String name) throws RunFailure {
        final Plan plan = Plan.named(name, PROCESSORS);
        final Set<String> places = new TreeSet<>();
        plan.entries().forEach(entry -> assertTrue(places.add(entry.place() + " " + entry.series()), () -> entry + " stands there twice"));
        final Set<String> alone = new TreeSet<>(plan.entries().stream().filter(entry -> entry.role() == Role.OURS).map(Entry::place).toList());
        plan.entries().stream().filter(entry -> entry.role() != Role.OURS).map(Entry::place).forEach(alone::remove);
        assertEquals(Set.of(), alone, "nothing stands beside these");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quick", "full"})
    void thePlansHaveBatchesOfSeveralFrames(final String name) throws RunFailure {
        assertEquals(Set.of("1", "32"), values(name, "batch"));
    }

    /** A fit needs three, also on a machine of two processors. */
    @ParameterizedTest
    @ValueSource(strings = {"quick", "full"})
    void aSeriesOfOursHasThreePlacesOfOneAxis(final String name) throws RunFailure {
        assertTrue(Plan.named(name, 2).entries().stream().filter(entry -> entry.role() == Role.OURS && !entry.axis().isEmpty() && !entry.sampled())
            .collect(Collectors.groupingBy(entry -> entry.group() + " " + entry.series(), Collectors.counting()))
            .values().stream().anyMatch(places -> places >= 3), name);
    }

    private static Set<String> values(final String plan, final String param) throws RunFailure {
        return Plan.named(plan, PROCESSORS).entries().stream().map(entry -> entry.params().get(param)).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** What only reads visits each byte once. */
    @ParameterizedTest
    @ValueSource(strings = {"quick", "full"})
    void thePlansSayWhatOnlyReads(final String name) throws RunFailure {
        for (final Entry entry : Plan.named(name, PROCESSORS).entries()) {
            final String benchmark = entry.what().combination().benchmark();
            assertEquals(benchmark.endsWith("CeilingBenchmark.read") || benchmark.endsWith("AnswerBenchmark.answer") ? "1" : null, entry.params().get("visits"), benchmark);
        }
    }

    @Test
    void thePlansTakeTheTimeThatTheyPromise() throws RunFailure {
        final Plan quick = Plan.named("quick", 2);
        assertTrue(quick.pace().limitMs() > 0 && quick.pace().limitMs() < QUICK_MS);
        assertTrue(quick.pace().estimateMs(quick.measurements().size() * quick.pace().rounds()) < quick.pace().limitMs(), () -> quick.measurements().size() + " measurements");
        final Plan full = Plan.named("full", 2);
        assertTrue(full.pace().estimateMs(full.measurements().size() * full.pace().rounds()) < FULL_MS, () -> full.measurements().size() + " measurements");
    }
}
