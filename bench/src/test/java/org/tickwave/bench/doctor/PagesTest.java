package org.tickwave.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
    private static final String SMAPS = """
        7f0000000000-7f0000200000 rw-p 00000000 00:00 0
        Size:               2048 kB
        KernelPageSize:        4 kB
        AnonHugePages:      2048 kB
        VmFlags: rd wr mr mw me ac hg
        7f0000200000-7f0000c00000 rw-p 00000000 00:00 0                          [anon: some]
        KernelPageSize:        4 kB
        AnonHugePages:      8192 kB
        7f0000c00000-7f0000e00000 rw-p 00000000 00:00 0
        KernelPageSize:     2048 kB
        AnonHugePages:         0 kB
        ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
        KernelPageSize:        4 kB
        AnonHugePages:         4 kB
        """;

    @TempDir
    Path root;

    @Test
    void withoutSystemFilesEverythingIsUnknown() {
        assertEquals(
            new Pages(null, null, null, null, null, 100, null), Pages.of(new FakeSystem(root).files(), null, 0x1000, 100));
    }

    @Test
    void theChosenModeIsTheOneInBrackets() throws IOException {
        final FakeSystem system = new FakeSystem(root).with(Pages.TRANSPARENT + "enabled", "always [madvise] never\n")
            .with(Pages.TRANSPARENT + "defrag", "always defer [defer+madvise] madvise never\n")
            .with(Pages.TRANSPARENT + "hpage_pmd_size", "2097152\n").with("proc/self/smaps", SMAPS);
        final long image = 0x7f0000201000L;
        final long bytes = 9 << 20;
        assertEquals(
            new Pages(4096L, 2L << 20, "madvise", "defer+madvise", "a=b", bytes, 8L << 20),
            Pages.of(system.files(), "a=b", image, bytes));
        assertEquals(0, Pages.of(system.files(), null, 0x7f0000c00000L, bytes).imageHugeBytes(), "mappings before the image do not count");
        assertEquals(10L << 20, Pages.of(system.files(), null, 0x7f0000100000L, 64 << 20).imageHugeBytes(), "an image in two mappings");
        assertEquals(4096, Pages.of(system.files(), null, 0x7f0000200000L, 4096).imageHugeBytes(), "at most the size of the image");
    }

    @Test
    void theImageIsAsLargeAsThatOfAnEngine() {
        final Pages pages = Pages.of(new FakeSystem(root).files(), null);
        assertTrue(pages.imageBytes() > 10L * 512 * 512 * Float.BYTES, pages.toString());
    }
}
