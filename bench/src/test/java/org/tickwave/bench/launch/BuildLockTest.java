package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several launchers at once. A FIFO makes mvn wait for the test. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class BuildLockTest {
    private static final String LOCK = ".tickwave-build.lock";

    @TempDir
    Path directory;

    private Checkout checkout;

    @BeforeEach
    void install() throws IOException {
        checkout = new Checkout(directory);
        checkout.jdk(checkout.machine.resolve("usr/lib/jvm/25"), "25");
    }

    private void holdMaven() throws IOException, InterruptedException {
        final Path latch = checkout.machine.resolve("latch");
        assertEquals(0, new ProcessBuilder("mkfifo", latch.toString()).start().waitFor());
    }

    /** Writes to the FIFO. Opening the FIFO waits until mvn reads from it. */
    private void letMavenGo() throws IOException {
        Files.writeString(checkout.machine.resolve("latch"), "go\n");
    }

    private Path leaveLock(final String name, final long owner) throws IOException {
        return Files.createSymbolicLink(checkout.root.resolve(name), Path.of(Long.toString(owner)));
    }

    private static long deadProcess() throws IOException, InterruptedException {
        final Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    @Test
    void twoLaunchersAtOnceBuildOnce() throws IOException, InterruptedException {
        holdMaven();
        final Process first = checkout.start("run");
        final BufferedReader firstSays = first.errorReader();
        assertTrue(firstSays.readLine().contains("building"));
        final Process second = checkout.start("run");
        final BufferedReader secondSays = second.errorReader();
        final String waiting = secondSays.readLine();
        assertTrue(waiting.startsWith("tickwave: waiting for process " + first.pid() + ","), waiting);
        letMavenGo();
        assertEquals(0, first.waitFor());
        assertEquals(0, second.waitFor());
        assertEquals(null, secondSays.readLine());
        final List<String> log = checkout.log();
        assertEquals(3, log.size(), log.toString());
        assertTrue(log.get(0).startsWith("mvn "));
        assertFalse(checkout.locked());
    }

    @Test
    void waitsForABuildAlsoWhenEverythingLooksBuilt() throws IOException, InterruptedException {
        assertEquals(0, checkout.run().code());
        final Process owner = new ProcessBuilder("cat").start();
        final Path lock = leaveLock(LOCK, owner.pid());
        final Process launcher = checkout.start("run");
        assertTrue(launcher.errorReader().readLine().contains("waiting for process " + owner.pid()));
        Files.delete(lock);
        assertEquals(0, launcher.waitFor());
        owner.getOutputStream().close();
        assertEquals(0, owner.waitFor());
        assertEquals(1, checkout.builds());
    }

    @Test
    void takesOverALockWhoseOwnerIsDead() throws IOException, InterruptedException {
        leaveLock(LOCK, deadProcess());
        leaveLock(LOCK + ".stale", deadProcess());
        assertEquals(0, checkout.run().code());
        assertEquals(1, checkout.builds());
        try (var left = Files.list(checkout.root)) {
            assertEquals(List.of(), left.filter(path -> path.getFileName().toString().startsWith(LOCK)).toList());
        }
    }

    @Test
    void oneOfManyTakesOver() throws IOException, InterruptedException {
        leaveLock(LOCK, deadProcess());
        expectOneToBuild(8);
    }

    @RepeatedTest(20)
    @Tag("soak")
    void oneOfManyTakesOverEveryTime() throws IOException, InterruptedException {
        leaveLock(LOCK, deadProcess());
        expectOneToBuild(8);
    }

    private void expectOneToBuild(final int contenders) throws IOException, InterruptedException {
        final List<Process> launchers = new ArrayList<>();
        for (int i = 0; i < contenders; i++) {
            launchers.add(checkout.start("run"));
        }
        for (final Process launcher : launchers) {
            assertEquals(0, launcher.waitFor());
        }
        assertEquals(1, checkout.builds());
        assertFalse(checkout.locked());
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void anInterruptedBuildLeavesNeitherLockNorMaven(final String signal, final int code)
        throws IOException, InterruptedException {
        holdMaven();
        final Process launcher = checkout.start("run");
        assertTrue(launcher.errorReader().readLine().contains("building"));
        final OutputStream latch = Files.newOutputStream(checkout.machine.resolve("latch"));
        final long maven = Long.parseLong(Files.readString(checkout.machine.resolve("mvn.pid")).strip());
        assertEquals(0, new ProcessBuilder("kill", "-" + signal, Long.toString(launcher.pid())).start().waitFor());
        assertEquals(code, launcher.waitFor());
        assertFalse(ProcessHandle.of(maven).map(ProcessHandle::isAlive).orElse(false));
        latch.close();
        assertFalse(checkout.locked());
        assertEquals(1, checkout.log().size());
    }

    /** Makes symbolic links fail, as on a file system without links. */
    private void withoutLinks() throws IOException {
        checkout.script(checkout.bin.resolve("ln"), "#!" + checkout.bash + "\nexit 1\n");
    }

    private void leaveDirectoryLock(final String name, final long owner) throws IOException {
        Files.writeString(Files.createDirectory(checkout.root.resolve(name)).resolve("owner"), owner + "\n");
    }

    @Test
    void locksWithADirectoryWhereNoLinkCanBeMade() throws IOException, InterruptedException {
        withoutLinks();
        holdMaven();
        final Process first = checkout.start("run");
        assertTrue(first.errorReader().readLine().contains("building"));
        assertTrue(Files.isDirectory(checkout.root.resolve(LOCK)));
        final Process second = checkout.start("run");
        final BufferedReader secondSays = second.errorReader();
        assertTrue(secondSays.readLine().startsWith("tickwave: waiting for process " + first.pid() + ","));
        letMavenGo();
        assertEquals(0, first.waitFor());
        assertEquals(0, second.waitFor());
        assertEquals(null, secondSays.readLine());
        assertEquals(1, checkout.builds());
        assertFalse(checkout.locked());
    }

    @Test
    void takesOverADirectoryWhoseOwnerIsDead() throws IOException, InterruptedException {
        expectOneToTakeOverADirectory();
    }

    @RepeatedTest(20)
    @Tag("soak")
    void takesOverADirectoryWhoseOwnerIsDeadEveryTime() throws IOException, InterruptedException {
        expectOneToTakeOverADirectory();
    }

    private void expectOneToTakeOverADirectory() throws IOException, InterruptedException {
        withoutLinks();
        leaveDirectoryLock(LOCK, deadProcess());
        leaveDirectoryLock(LOCK + ".stale", deadProcess());
        expectOneToBuild(4);
    }

    /** Two machines may share a directory in which only one of them can make symbolic links. */
    @Test
    void makesNoLinkInsideTheDirectoryOfAnotherProcess() throws IOException, InterruptedException {
        final Process owner = new ProcessBuilder("cat").start();
        leaveDirectoryLock(LOCK, owner.pid());
        final Process launcher = checkout.start("run");
        assertTrue(launcher.errorReader().readLine().contains("waiting for process " + owner.pid()));
        owner.getOutputStream().close();
        assertEquals(0, owner.waitFor());
        assertEquals(0, launcher.waitFor());
        assertEquals(1, checkout.builds());
        assertFalse(checkout.locked());
    }

    @Test
    void saysWhyItCannotLock() throws IOException, InterruptedException {
        withoutLinks();
        checkout.script(checkout.bin.resolve("mkdir"),
            "#!" + checkout.bash + "\necho \"mkdir: cannot create directory '$1': No space left on device\" >&2\nexit 1\n");
        final Checkout.Result result = checkout.run("run");
        assertEquals(1, result.code());
        assertEquals("tickwave: cannot lock: neither a link nor a directory can be made as " + checkout.root.resolve(LOCK)
            + ": No space left on device\n", result.err());
        assertEquals(List.of(), checkout.log());
    }

    @Test
    void saysSoIfTheOwnerCannotBeWrittenDown() throws IOException, InterruptedException {
        withoutLinks();
        // The owner file cannot be written, because a directory has its name.
        checkout.script(checkout.bin.resolve("mkdir"),
            "#!" + checkout.bash + "\nexec " + Checkout.find("mkdir") + " -p \"$1/owner\"\n");
        final Checkout.Result result = checkout.run("run");
        assertEquals(1, result.code());
        assertEquals("tickwave: cannot lock: neither a link nor a directory can be made as " + checkout.root.resolve(LOCK)
            + ": Is a directory\n", result.err());
        assertFalse(checkout.locked());
    }

    @Test
    void aLauncherThatWaitsLeavesTheLockToItsOwner() throws IOException, InterruptedException {
        final Process owner = new ProcessBuilder("cat").start();
        leaveLock(LOCK, owner.pid());
        final Process launcher = checkout.start();
        assertTrue(launcher.errorReader().readLine().contains("waiting"));
        launcher.destroy();
        assertEquals(143, launcher.waitFor());
        assertTrue(checkout.locked());
        owner.getOutputStream().close();
        assertEquals(0, owner.waitFor());
    }
}
