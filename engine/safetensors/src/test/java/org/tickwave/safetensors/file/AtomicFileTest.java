package org.tickwave.safetensors.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final String RANDOM = "0123456789abcdef";

    @TempDir
    private Path directory;
    private Path file;

    @BeforeEach
    void oldFile() throws IOException {
        file = directory.resolve("m");
        Files.writeString(file, "old");
    }

    private static void write(final Path to, final String text) throws IOException {
        AtomicFile.write(to, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static void assertRefused(final String message, final Path path) {
        assertEquals(path + ": " + message, assertThrows(FileException.class, () -> AtomicFile.check(path)).getMessage());
        assertEquals(path + ": " + message, assertThrows(FileException.class, () -> write(path, "new")).getMessage());
    }

    private static void run(final String... command) throws IOException {
        assumeTrue(new ProcessBuilder(command).start().onExit().join().exitValue() == 0, String.join(" ", command));
    }

    @Test
    void aFileIsReplacedAndNothingElseIsLeft() throws IOException {
        write(file, "new");
        assertEquals("new", Files.readString(file));
        write(directory.resolve("another"), "new");
        assertEquals(List.of("another", "m"), names());
    }

    @Test
    void whileItIsWrittenTheOldOneIsThere() throws IOException {
        AtomicFile.write(file, out -> {
            out.write(1);
            assertEquals("old", Files.readString(file));
            assertEquals(2, names().size());
        });
        assertEquals("\u0001", Files.readString(file));
    }

    /** A process number would not do: in containers many processes have the same number. */
    @Test
    void theTemporaryNameIsRandom() throws IOException {
        final Set<String> seen = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            AtomicFile.write(file, out -> seen.add(names().getFirst()));
        }
        assertEquals(3, seen.size());
        assertTrue(seen.stream().allMatch(name -> name.matches("\\.m\\.tickwave-[0-9a-f]{16}\\.tmp")), seen.toString());
    }

    @Test
    void whatAProcessOfTheSameNumberWritesIsLeftAlone() throws IOException {
        final Path others = directory.resolve(".m.tickwave-" + ProcessHandle.current().pid() + ".tmp");
        Files.writeString(others, "half");
        AtomicFile.check(file);
        assertEquals("half", Files.readString(others));
        write(file, "new");
        assertEquals("half", Files.readString(others));
        assertEquals("new", Files.readString(file));
    }

    @Test
    void twoThatWriteAtOnceBothWriteAWholeFile() throws IOException {
        AtomicFile.write(file, out -> {
            out.write('a');
            AtomicFile.check(file);
            write(file, "second");
            assertEquals("second", Files.readString(file));
            out.write('b');
        });
        assertEquals("ab", Files.readString(file));
        assertEquals(List.of("m"), names());
    }

    @Test
    void theOldFileStaysWholeWhenWritingFails() throws IOException {
        final FileException refused = assertThrows(FileException.class, () -> AtomicFile.write(file, out -> {
            out.write(1);
            throw new IOException("No space left on device");
        }));
        assertEquals(file + ": cannot be written: No space left on device", refused.getMessage());
        assertThrows(IllegalStateException.class, () -> AtomicFile.write(file, out -> {
            out.write(1);
            throw new IllegalStateException();
        }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("m"), names());
    }

    @Test
    void anInterruptEndsNoSaving() throws IOException {
        final Thread saves = Thread.currentThread();
        saves.interrupt();
        AtomicFile.write(file, out -> {
            out.write('a');
            saves.interrupt();
            out.write('b');
        });
        assertTrue(Thread.interrupted());
        assertEquals("ab", Files.readString(file));
    }

    @Test
    void aLinkIsFollowedAndStays() throws IOException {
        final Path there = Files.createDirectory(directory.resolve("there"));
        final Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("there/second"));
        Files.createSymbolicLink(there.resolve("second"), Path.of("../m"));
        AtomicFile.check(link);
        write(link, "new");
        assertEquals("new", Files.readString(file));
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.isSymbolicLink(there.resolve("second")));
        Files.delete(file);
        write(link, "again");
        assertEquals("again", Files.readString(file));
    }

    @Test
    void linksWithoutAnEndAreRefused() throws IOException {
        final Path a = Files.createSymbolicLink(directory.resolve("a"), directory.resolve("b"));
        Files.createSymbolicLink(directory.resolve("b"), a);
        assertRefused("too many levels of symbolic links: expected at most 40", a);
    }

    @Test
    void permissionsStay() throws IOException {
        for (final String permissions : List.of("rw-------", "rw-rw-rw-", "rwxr-x---")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            write(file, "new");
            assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        final Path plain = Files.createFile(directory.resolve("plain"));
        write(directory.resolve("fresh"), "new");
        assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(directory.resolve("fresh")));
    }

    private Path leftOver(final String middle, final Duration age) throws IOException {
        final Path path = Files.writeString(directory.resolve(".m.tickwave-" + middle + ".tmp"), "left");
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
        return path;
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAndNothingElse() throws IOException {
        final Path left = leftOver(RANDOM, Duration.ofMinutes(2));
        // Files of an earlier version, which does not lock its files.
        final Path leftBefore = leftOver("17", Duration.ofHours(2));
        leftOver("fedcba9876543210", Duration.ofSeconds(30));
        leftOver("18", Duration.ofMinutes(30));
        leftOver("1fedcba9876543210", Duration.ofHours(2));
        leftOver("", Duration.ofHours(2));
        leftOver("017", Duration.ofHours(2));
        leftOver("x17", Duration.ofHours(2));
        Files.move(leftOver("19", Duration.ofHours(2)), directory.resolve(".m.tickwave-19"));
        Files.move(leftOver("19", Duration.ofHours(2)), directory.resolve(".n.tickwave-19.tmp"));
        final List<String> before = names();
        AtomicFile.check(file);
        assertEquals(before, names());
        write(file, "new");
        final List<String> removed = new ArrayList<>(before);
        removed.removeAll(names());
        assertEquals(Stream.of(left, leftBefore).map(path -> path.getFileName().toString()).sorted().toList(), removed);
    }

    @Test
    void aLinkIsNoLeftOver() throws IOException {
        final Path there = Files.writeString(directory.resolve("there"), "there");
        Files.setLastModifiedTime(there, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        final Path link = Files.createSymbolicLink(directory.resolve(".m.tickwave-" + RANDOM + ".tmp"), there);
        run("touch", "-h", "-d", "2001-01-01", link.toString());
        write(file, "new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("there", Files.readString(there));
    }

    /** Saves its standard input, in a JVM of its own. */
    static final class Saver {
        private Saver() {
        }

        public static void main(final String[] file) throws IOException {
            AtomicFile.write(Path.of(file[0]), out -> {
                System.out.println("writes");
                System.in.transferTo(out);
            });
        }
    }

    /** Starts a process that saves, and waits until the process writes. */
    private Process startSaver() throws IOException {
        final Process saver = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path"), Saver.class.getName(), file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        assertEquals('w', saver.getInputStream().read());
        return saver;
    }

    private Path onlyTemporary() throws IOException {
        final List<String> all = names().stream().filter(name -> name.endsWith(".tmp")).toList();
        assertEquals(1, all.size(), all::toString);
        return directory.resolve(all.getFirst());
    }

    private static void makeOld(final Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    }

    @Test
    void whatAnotherProcessStillWritesStaysHoweverOldAndGoesOnceThatIsKilled() throws IOException, InterruptedException {
        final Process killed = startSaver();
        final Path left = onlyTemporary();
        try {
            makeOld(left);
            write(file, "new");
            assertTrue(Files.exists(left));
        } finally {
            killed.destroyForcibly().waitFor();
        }
        write(file, "newer");
        assertFalse(Files.exists(left));
        final Process saver = startSaver();
        try {
            makeOld(onlyTemporary());
            write(file, "newest");
            saver.getOutputStream().write("its own".getBytes(StandardCharsets.UTF_8));
            saver.getOutputStream().close();
            assertEquals(0, saver.waitFor());
        } finally {
            saver.destroyForcibly();
        }
        assertEquals("its own", Files.readString(file));
        assertEquals(List.of("m"), names());
    }

    /** POSIX drops all locks of a process on a file when the process closes any descriptor of that file. */
    @Test
    void whatThisProcessWritesStaysLockedWhateverElseItSaves() throws IOException {
        AtomicFile.write(file, out -> {
            out.write('a');
            final Path own = onlyTemporary();
            // Another process changes the time, because this process must not open the file.
            run("touch", "-d", "2001-01-01", own.toString());
            write(file, "second");
            final Process other = startSaver();
            other.getOutputStream().close();
            assertEquals(0, other.onExit().join().exitValue());
            assertTrue(Files.exists(own));
        });
        assertEquals("a", Files.readString(file));
        assertEquals(List.of("m"), names());
    }

    /** The owner moves the file while another process inspects it. Then the name is gone, or names another file. */
    @Test
    void whatBecomesAnotherFileBeforeItIsLockedIsNoLeftOver() throws IOException {
        final Path left = leftOver(RANDOM, Duration.ofMinutes(2));
        final AtomicInteger locked = new AtomicInteger();
        AtomicFile.write(file, out -> out.write('a'), channel -> {
            if (locked.getAndIncrement() == 0) {
                Files.move(left, directory.resolve("moved"));
                Files.writeString(left, "another");
                makeOld(left);
            }
            return channel.tryLock();
        });
        assertEquals(2, locked.get());
        assertEquals("another", Files.readString(left));
        assertEquals("left", Files.readString(directory.resolve("moved")));
        assertEquals("a", Files.readString(file));
    }

    /** For example, NFS without its lock service. */
    @Test
    void whereLocksFailNothingIsRemovedAndTheFileIsSavedAllTheSame() throws IOException {
        final Path left = leftOver(RANDOM, Duration.ofDays(2));
        AtomicFile.write(file, out -> out.write('a'), channel -> {
            throw new IOException("No locks available");
        });
        assertTrue(Files.exists(left));
        assertEquals("a", Files.readString(file));
    }

    @Test
    void aFileThatIsRemovedBeforeItIsLockedIsCreatedAgain() throws IOException {
        final List<String> removed = new ArrayList<>();
        AtomicFile.write(file, out -> out.write('a'), channel -> {
            if (removed.isEmpty()) {
                removed.add(onlyTemporary().getFileName().toString());
                Files.delete(onlyTemporary());
            }
            return channel.tryLock();
        });
        assertEquals(1, removed.size());
        assertEquals("a", Files.readString(file));
        assertEquals(List.of("m"), names());
    }

    @Test
    void theRoomIsThatOfTheDiskOfTheLinksTarget() throws IOException {
        final Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory), "no other disk");
        final Path there = Files.createTempDirectory(memory, "tickwave");
        try {
            final long here = Files.getFileStore(directory).getUsableSpace();
            final long usable = Files.getFileStore(there).getUsableSpace();
            assumeTrue(Math.abs(here - usable) > 1 << 30, "disks of the same size");
            final Path small = (here < usable ? directory : there).resolve("small");
            final Path large = (here < usable ? there : directory).resolve("large");
            final long bytes = (here + usable) / 2;
            AtomicFile.expectRoom(Files.createSymbolicLink(small.resolveSibling("to-large"), large), bytes);
            final Path link = Files.createSymbolicLink(large.resolveSibling("to-small"), small);
            final String message = assertThrows(FileException.class, () -> AtomicFile.expectRoom(link, bytes)).getMessage();
            assertTrue(message.matches(link + ": \\d+ bytes free on the disk: expected " + bytes + " bytes for the new file"),
                message);
            Files.delete(there.resolve(here < usable ? "to-small" : "to-large"));
        } finally {
            Files.delete(there);
        }
    }

    @Test
    void checkingLeavesEverythingAsItIs() throws IOException {
        AtomicFile.check(file);
        AtomicFile.check(directory.resolve("fresh"));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("m"), names());
    }

    @Test
    void whatIsNoPlaceForAFileIsRefused() throws IOException {
        assertRefused("a directory: expected a file to write", directory);
        assertRefused("a directory: expected a file to write", Path.of("/"));
        final Path missing = directory.resolve("missing");
        assertRefused("directory " + missing + " does not exist", missing.resolve("m"));
        assertRefused(file + " is not a directory", file.resolve("m"));
        final Path longName = directory.resolve("x".repeat(240));
        assertTrue(assertThrows(FileException.class, () -> AtomicFile.check(longName)).getMessage()
            .endsWith("xxx...: cannot be written: File name too long"));
        assertEquals(List.of("m"), names());
        run("mkfifo", directory.resolve("fifo").toString());
        assertRefused("a device, a FIFO or a socket: expected a regular file or a new name", directory.resolve("fifo"));
        assumeTrue(Files.exists(Path.of("/dev/null")));
        assertRefused("a device, a FIFO or a socket: expected a regular file or a new name", Path.of("/dev/null"));
    }

    @Test
    void whatMayNotBeWrittenIsRefused() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assumeTrue(!Files.isWritable(file), "root may write anything");
        assertRefused("permission denied: expected a file with write permission", file);
        final Path closed = Files.createDirectory(directory.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertRefused("cannot be written: access is denied", closed.resolve("m"));
        assertFalse(Files.exists(closed.resolve("m")));
    }
}
