package org.tickwave.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Findings about a machine that needs no change, and findings that differ from these in one respect. */
final class MadeFindings {
    static final Cores CORES = new Cores(4, 4, null, 4, List.of(), List.of("performance"));
    static final Pages PAGES = new Pages(4096L, 2L << 20, "madvise", "madvise", "glibc.malloc.hugetlb=1", 10 << 20, 8L << 20);
    private static final Lateness LATE = new Lateness(100, 1_000, 10_000, 100_000);
    private static final List<String> FLAGS =
        List.of("--add-modules=jdk.incubator.vector", "-XX:+PerfDisableSharedMem", "-XX:+UseSerialGC", "-Xms64m", "-Xmx512m");

    private MadeFindings() {
    }

    static Findings good() {
        return of(jdk(Map.of()), lanes(512, 512, 1.0), CORES, PAGES, LATE);
    }

    static Findings of(final Jdk jdk, final LaneWidths lanes, final Cores cores, final Pages pages, final Lateness spin) {
        return new Findings(
            "0", "system", jdk, lanes, cores, List.of(new Cache(1, "data", 32 << 10, 4)), pages,
            new Lateness.Waits(LATE, LATE, spin, LATE), new RoundTripTimes(50, LATE),
            new TwoThreads(2e3, List.of(new TwoThreads.Tick("10 x 32", 2e3, 1e3))), List.of());
    }

    static Findings with(final Jdk jdk) {
        return of(jdk, lanes(512, 512, 1.0), CORES, PAGES, LATE);
    }

    static Findings with(final LaneWidths lanes) {
        return of(jdk(Map.of()), lanes, CORES, PAGES, LATE);
    }

    static Findings with(final Cores cores) {
        return of(jdk(Map.of()), lanes(512, 512, 1.0), cores, PAGES, LATE);
    }

    static Findings with(final Pages pages) {
        return of(jdk(Map.of()), lanes(512, 512, 1.0), CORES, pages, LATE);
    }

    static Findings with(final Lateness spin) {
        return of(jdk(Map.of()), lanes(512, 512, 1.0), CORES, PAGES, spin);
    }

    static Jdk jdk(final Map<String, String> environment, final String... more) {
        final List<String> given = new ArrayList<>(FLAGS);
        given.addAll(List.of(more));
        return Jdk.of(given, environment);
    }

    static LaneWidths lanes(final int defaultBits, final Integer better, final Double gain) {
        return new LaneWidths(defaultBits, better, gain, List.of(
            new LaneWidths.Width(128, true, null, Map.of(64, 300.0)), new LaneWidths.Width(256, null, "it broke", null),
            new LaneWidths.Width(512, false, "not here", null)));
    }

    /** Findings about a machine with one processor, whose system tells nothing. */
    static Findings silent() {
        return new Findings(
            "0", "system", jdk(Map.of()), lanes(128, null, null), new Cores(1, null, null, null, null, null), null,
            new Pages(null, null, null, null, null, 10 << 20, null), new Lateness.Waits(LATE, LATE, LATE, LATE), null, null, List.of());
    }
}
