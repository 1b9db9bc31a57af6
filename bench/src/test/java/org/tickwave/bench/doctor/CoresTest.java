package org.tickwave.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoresTest {
    @TempDir
    Path root;

    private FakeSystem system;

    @BeforeEach
    void make() {
        system = new FakeSystem(root);
    }

    private Cores cores() {
        return Cores.of(system.files(), 2);
    }

    @Test
    void withoutSystemFilesOnlyTheJvmsNumberIsKnown() {
        assertEquals(new Cores(2, null, null, null, null, null), cores());
    }

    @Test
    void coresOfAHybridMachineAreCountedAndSharedCoresAreListed() throws IOException {
        system.with("sys/devices/system/cpu/online", "0-5\n").with("sys/devices/system/cpu/cpufreq/x", "").with("sys/devices/system/cpu/cpuidle/x", "");
        system.cpu(0, "0-1").cpu(1, "0-1").cpu(2, "2,3").cpu(3, "2,3").cpu(4, "4").cpu(5, "5");
        system.governor(0, "powersave").governor(1, "powersave").governor(4, "performance").governor(5, "powersave");
        final Cores cores = cores();
        assertEquals(6, cores.machine());
        assertEquals(4, cores.cores());
        assertEquals(List.of("0-1", "2,3"), cores.shared());
        assertEquals(List.of("powersave", "performance"), cores.governors());
    }

    @Test
    void coresWithOneHardwareThreadEachGiveAnEmptyList() throws IOException {
        system.cpu(0, "0").cpu(1, "1").cpu(10, "10");
        assertEquals(new Cores(2, 3, null, 3, List.of(), null), cores());
    }

    @Test
    void malformedListsAreNotCounted() throws IOException {
        system.with("sys/devices/system/cpu/online", "some\n").cpu(0, "?").cpu(1, "");
        assertEquals(new Cores(2, 2, null, 1, List.of(), null), cores());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0 | 1", "0-3 | 4", "0,4 | 2", "0-3,8-11,64 | 9", "'' |", "- |", "0- |", "a-b |", "0 1 |"})
    void listsAreCounted(final String list, final Integer expected) {
        assertEquals(expected, Cores.count(list));
    }

    @Test
    void aContainerSeesItsLimitAtTheRoot() throws IOException {
        system.with("sys/fs/cgroup/cpu.max", "150000 100000\n").with("proc/self/cgroup", "0::/\n");
        assertEquals(1.5, cores().containerLimit());
    }

    @Test
    void theSmallestLimitOfNestedCgroupsCounts() throws IOException {
        system.with("proc/self/cgroup", "0::/pod/here\n");
        system.with("sys/fs/cgroup/pod/cpu.max", "400000 100000").with("sys/fs/cgroup/pod/here/cpu.max", "max 100000");
        assertEquals(4.0, cores().containerLimit());
        system.with("sys/fs/cgroup/pod/here/cpu.max", "50000 100000");
        assertEquals(.5, cores().containerLimit());
    }

    @Test
    void cgroupsOfVersion1HaveTwoFiles() throws IOException {
        system.with("proc/self/cgroup", "12:memory:/m\n4:cpu,cpuacct:/docker/ab\n");
        system.with("sys/fs/cgroup/cpu/docker/ab/cpu.cfs_quota_us", "200000\n").with("sys/fs/cgroup/cpu/docker/ab/cpu.cfs_period_us", "100000\n");
        assertEquals(2.0, cores().containerLimit());
        system.with("sys/fs/cgroup/cpu/docker/ab/cpu.cfs_quota_us", "-1\n");
        assertNull(cores().containerLimit());
    }

    @ParameterizedTest
    @CsvSource({"max 100000", "100000", "0 100000", "100000 0", "-1 5", "much 100000", "99999999999999999999 1"})
    void malformedAndUnlimitedQuotasAreNoLimit(final String text) throws IOException {
        system.with("sys/fs/cgroup/cpu.max", text);
        assertNull(cores().containerLimit());
    }
}
