package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.doctor.HugeBytes;

/** Which huge pages the launcher requests from the C library, and whether the image gets them. */
@Execution(ExecutionMode.CONCURRENT)
class HugePagesTest {
    private static final Path OFFERED = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final String ASKED = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=2097152";

    @TempDir
    Path directory;

    private Checkout checkout;

    @BeforeEach
    void build() throws IOException {
        checkout = new Checkout(directory);
        checkout.jdk(checkout.machine.resolve("usr/lib/jvm/25"), "25");
        checkout.addBuild();
    }

    private void offer(final String who) throws IOException {
        final Path file = checkout.machine.resolve(OFFERED.toString().substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, who);
    }

    private String tunables(final Map<String, String> environment) throws IOException, InterruptedException {
        final Checkout.Result result = checkout.run(environment, "run");
        assertEquals(0, result.code());
        assertEquals("", result.err());
        return result.out().lines().filter(line -> line.startsWith("tunables ")).findFirst()
            .map(line -> line.substring("tunables ".length())).orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"always [madvise] never\n", "[always] madvise never\n", "always [madvise] never"})
    void asksWhereTheSystemHasSome(final String who) throws IOException, InterruptedException {
        offer(who);
        assertEquals(ASKED, tunables(Map.of()));
    }

    @Test
    void doesNotAskWhereThereAreNone() throws IOException, InterruptedException {
        assertEquals("", tunables(Map.of()), "a system that knows of none");
        for (final String who : new String[] {"always madvise [never]\n", "", "\n"}) {
            offer(who);
            assertEquals("", tunables(Map.of()), who);
        }
        assertEquals("glibc.malloc.check=0", tunables(Map.of("GLIBC_TUNABLES", "glibc.malloc.check=0")));
    }

    @ParameterizedTest
    @CsvSource({
        "glibc.malloc.check=0,                glibc.malloc.check=0:" + ASKED,
        "glibc.malloc.hugetlb=0,              glibc.malloc.hugetlb=0",
        "a.b.c=1:glibc.malloc.hugetlb=2,      a.b.c=1:glibc.malloc.hugetlb=2",
        "glibc.malloc.mmap_threshold=4194304, glibc.malloc.mmap_threshold=4194304:glibc.malloc.hugetlb=1"
    })
    void leavesWhatTheUserAsksFor(final String own, final String expected) throws IOException, InterruptedException {
        offer("always [madvise] never\n");
        assertEquals(expected, tunables(Map.of("GLIBC_TUNABLES", own)));
    }

    /** Uses the environment that the launcher would set on the real machine. */
    @Test
    void theImageGetsThem() throws IOException, InterruptedException {
        assumeTrue(Files.isReadable(OFFERED), "no transparent huge pages here");
        offer(Files.readString(OFFERED));
        final String tunables = tunables(Map.of());
        assumeTrue(!tunables.isEmpty(), "no transparent huge pages here: " + Files.readString(OFFERED));
        assumeTrue(asksFromTwoThirtyFive(), "no glibc of 2.35 or later here");
        assertTrue(hugeBytes(tunables) >= 2 << 20, "an image of 10 MiB has a huge page");
        if (Files.readString(OFFERED).contains("[madvise]")) {
            assertEquals(0, hugeBytes("glibc.malloc.no_such_thing=1"), "nobody asked, and what is unknown is no mistake");
        }
    }

    private static boolean asksFromTwoThirtyFive() throws IOException, InterruptedException {
        if (Files.readString(MAPS).contains("musl")) {
            return false;
        }
        final Process getconf = new ProcessBuilder("getconf", "GNU_LIBC_VERSION").redirectErrorStream(true).start();
        final String said = new String(getconf.getInputStream().readAllBytes());
        final var version = Pattern.compile("glibc 2\\.([0-9]+)").matcher(said);
        return getconf.waitFor() == 0 && version.find() && Integer.parseInt(version.group(1)) >= 35;
    }

    private static long hugeBytes(final String tunables) throws IOException, InterruptedException {
        final ProcessBuilder java = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules", "jdk.incubator.vector",
            "-cp", System.getProperty("java.class.path"), HugeBytes.class.getName());
        java.environment().put("GLIBC_TUNABLES", tunables);
        final Process process = java.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        final String out = new String(process.getInputStream().readAllBytes()).strip();
        assertEquals(0, process.waitFor());
        assertFalse(out.equals("null"), "a Linux that does not say");
        return Long.parseLong(out);
    }
}
