package org.tickwave.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdviceTest {
    private static void expect(final Findings findings, final String why, final String command) {
        final List<Advice> advice = Advice.on(findings);
        assertEquals(1, advice.size(), advice.toString());
        assertTrue(advice.getFirst().why().contains(why), advice.toString());
        assertEquals(command, advice.getFirst().command());
    }

    private static void expectNothing(final Findings findings) {
        assertEquals(List.of(), Advice.on(findings));
    }

    @Test
    void thereIsNoAdviceWhereNothingNeedsAChange() {
        expectNothing(MadeFindings.good());
        expectNothing(MadeFindings.silent());
        assertEquals(List.of(), MadeFindings.good().advised().advice());
    }

    @Test
    void aBadFlagIsRemovedFromItsVariable() {
        expect(MadeFindings.with(MadeFindings.jdk(Map.of("JAVA_TOOL_OPTIONS", "-Xint"), "-Xint")), "-Xint costs speed",
            "export JAVA_TOOL_OPTIONS=\"${JAVA_TOOL_OPTIONS//-Xint}\"");
        expect(MadeFindings.with(MadeFindings.jdk(Map.of("JDK_JAVA_OPTIONS", "-XX:+UseZGC"), "-XX:+UseZGC")), "-XX:+UseZGC in JDK_JAVA_OPTIONS",
            "export JDK_JAVA_OPTIONS=\"${JDK_JAVA_OPTIONS//-XX:+UseZGC}\"");
        expect(MadeFindings.with(MadeFindings.jdk(Map.of(), "-XX:-PerfDisableSharedMem")), "statistics", "java ... without -XX:-PerfDisableSharedMem");
        expect(MadeFindings.with(Jdk.of(List.of("--add-modules=jdk.incubator.vector"), Map.of())), "statistics",
            "java -XX:+PerfDisableSharedMem ...");
        expectNothing(MadeFindings.with(MadeFindings.jdk(Map.of("JAVA_TOOL_OPTIONS", "-Xmx4g"), "-Xmx4g")));
    }

    @Test
    void aBetterLaneWidthIsSuggested() {
        expect(MadeFindings.with(MadeFindings.lanes(512, 256, 1.5)), "is 1.50 times as fast as with 512 bits", "./tickwave run --lanes 256");
        expect(MadeFindings.with(MadeFindings.lanes(512, 128, null)), "could not be timed with 512 bits", "./tickwave run --lanes 128");
        expectNothing(MadeFindings.with(MadeFindings.lanes(512, null, null)));
    }

    @Test
    void aContainerLimitAndAGovernorAreRaised() {
        expect(MadeFindings.with(new Cores(2, 8, 1.5, 8, List.of(), null)), "CPU limit is 1.5 for 2 processors:", "docker run --cpus=2 ...");
        expectNothing(MadeFindings.with(new Cores(2, 8, 2.0, 8, List.of(), null)));
        expect(MadeFindings.with(new Cores(2, 2, null, 2, List.of(), List.of("powersave"))), "governor powersave",
            "sudo cpupower frequency-set -g performance");
        expect(MadeFindings.with(new Cores(2, 2, null, 2, List.of(), List.of("performance", "schedutil"))), "performance, schedutil",
            "sudo cpupower frequency-set -g performance");
    }

    @Test
    void oneHardwareThreadPerCoreIsSuggested() {
        expect(MadeFindings.with(new Cores(8, 8, null, 4, List.of("0,4", "1,5", "2-3"), null)), "share cores", "taskset -c 0,1,2 ./tickwave run");
        expectNothing(MadeFindings.with(new Cores(2, 2, null, 1, List.of("0-1"), null)));
    }

    private static Pages pages(final String transparent, final String defrag, final String tunables, final Long hugeBytes) {
        return new Pages(4096L, 2L << 20, transparent, defrag, tunables, 10 << 20, hugeBytes);
    }

    @Test
    void hugePagesAreEnabledRequestedAndDefragmented() {
        final String directory = "/sys/kernel/mm/transparent_hugepage/";
        final String requested = "glibc.malloc.hugetlb=1";
        expect(MadeFindings.with(pages("never", "madvise", null, 0L)), "transparent huge pages are disabled", "echo madvise | sudo tee " + directory + "enabled");
        expect(MadeFindings.with(pages("madvise", "madvise", null, 0L)), "does not request",
            "export GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=2097152");
        expect(MadeFindings.with(pages("madvise", "madvise", "a=1:glibc.malloc.hugetlb=0", 0L)), "hugetlb=0", "unset GLIBC_TUNABLES");
        expect(MadeFindings.with(pages("madvise", "never", requested, 0L)), "does not defragment", "echo madvise | sudo tee " + directory + "defrag");
        expect(MadeFindings.with(pages("madvise", "madvise", requested, 0L)), "2.35", "getconf GNU_LIBC_VERSION");
        expectNothing(MadeFindings.with(pages("madvise", "never", requested, 2L << 20)));
        expectNothing(MadeFindings.with(pages("madvise", "madvise", "glibc.malloc.hugetlb=2", 0L)));
        expectNothing(MadeFindings.with(pages("always", "always", null, 2L << 20)));
        expectNothing(MadeFindings.with(pages("never", "madvise", null, null)));
    }

    @Test
    void otherProcessesOnTheCoresAreLookedFor() {
        expect(MadeFindings.with(new Lateness(100, 3_000_000, 4_000_000, 5_000_000)), "at least 3.00 ms late", "ps -eo pcpu,pid,comm --sort=-pcpu | head");
        final Findings lanes = MadeFindings.of(
            MadeFindings.jdk(Map.of()), MadeFindings.lanes(512, 256, 1.5), MadeFindings.CORES, MadeFindings.PAGES, new Lateness(100, 3_000_000, 4_000_000, 5_000_000));
        expect(lanes, "the measured times mean little", "ps -eo pcpu,pid,comm --sort=-pcpu | head");
        expectNothing(MadeFindings.with(new Lateness(100, 150_000, 4_000_000, 5_000_000)));
    }
}
