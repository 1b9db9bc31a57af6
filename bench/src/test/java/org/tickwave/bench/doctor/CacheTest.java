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

class CacheTest {
    @TempDir
    Path root;

    private FakeSystem system;

    @BeforeEach
    void make() {
        system = new FakeSystem(root);
    }

    @Test
    void unknownCachesAreNull() throws IOException {
        assertNull(Cache.of(system.files()));
        system.cpu(0, "0");
        assertNull(Cache.of(system.files()));
    }

    @Test
    void eachKindIsListedOnceWithItsCount() throws IOException {
        for (int cpu = 0; cpu < 4; cpu++) {
            final String core = cpu < 2 ? "0-1" : "2-3";
            system.cache(cpu, 0, "1", "Data", "32K", core).cache(cpu, 1, "1", "Instruction", "64K", core)
                .cache(cpu, 2, "2", "Unified", "1024K", core).cache(cpu, 3, "3", "Unified", "32M", "0-3");
        }
        assertEquals(
            List.of(new Cache(1, "data", 32 << 10, 2), new Cache(1, "instruction", 64 << 10, 2), new Cache(2, "unified", 1 << 20, 2),
                new Cache(3, "unified", 32 << 20, 1)),
            Cache.of(system.files()));
    }

    @Test
    void aHybridMachineHasSeveralKindsOfOneLevel() throws IOException {
        system.cache(0, 2, "2", "Unified", "2M", "0").cache(1, 2, "2", "Unified", "4M", "1-2").cache(2, 2, "2", "Unified", "4M", "1-2");
        assertEquals(
            List.of(new Cache(2, "unified", 2 << 20, 1), new Cache(2, "unified", 4 << 20, 1)), Cache.of(system.files()));
    }

    @Test
    void anIncompleteEntryIsLeftOut() throws IOException {
        system.cache(0, 0, "1", "Data", "", "0").cache(0, 1, "x", "Data", "1K", "0").cache(0, 2, "2", "Unified", "1M", null);
        assertEquals(List.of(new Cache(2, "unified", 1 << 20, null)), Cache.of(system.files()));
    }

    @ParameterizedTest
    @CsvSource({"48K, 49152", "2M, 2097152", "1G, 1073741824", "512, 512", "K,", "-1K,", "1T,", "1.5M,", "99999999999K,"})
    void sizesHaveUnits(final String text, final Long bytes) {
        assertEquals(bytes, Cache.bytes(text));
    }
}
