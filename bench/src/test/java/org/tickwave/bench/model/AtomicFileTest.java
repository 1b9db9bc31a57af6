package org.tickwave.bench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void oldFile() throws IOException {
        file = folder.resolve("m");
        Files.writeString(file, "old");
    }

    private static void write(final Path to, final String text) throws IOException {
        AtomicFile.write(to, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static void assertRefused(final String message, final Path path) {
        assertEquals(path + ": " + message, assertThrows(ModelException.class, () -> AtomicFile.check(path)).getMessage());
        assertEquals(path + ": " + message, assertThrows(ModelException.class, () -> write(path, "new")).getMessage());
    }

    private static void run(final String... command) throws IOException, InterruptedException {
        assumeTrue(new ProcessBuilder(command).start().waitFor() == 0, String.join(" ", command));
    }

    @Test
    void aFileIsReplacedAndNothingElseIsLeft() throws IOException {
        write(file, "new");
        assertEquals("new", Files.readString(file));
        write(folder.resolve("another"), "new");
        assertEquals(List.of("another", "m"), names());
    }

    @Test
    void whileItIsWrittenTheOldOneIsThere() throws IOException {
        AtomicFile.write(file, out -> {
            out.write(1);
            assertEquals("old", Files.readString(file));
            assertEquals(List.of(".m.tickwave-" + ProcessHandle.current().pid() + ".tmp", "m"), names());
        });
        assertEquals("\u0001", Files.readString(file));
    }

    @Test
    void theOldFileStaysWholeWhenWritingFails() throws IOException {
        final ModelException refused = assertThrows(ModelException.class, () -> AtomicFile.write(file, out -> {
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
        Thread.currentThread().interrupt();
        AtomicFile.write(file, out -> {
            out.write('a');
            Thread.currentThread().interrupt();
            out.write('b');
        });
        assertTrue(Thread.interrupted());
        assertEquals("ab", Files.readString(file));
    }

    @Test
    void aLinkIsFollowedAndStays() throws IOException {
        final Path there = Files.createDirectory(folder.resolve("there"));
        final Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("there/second"));
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
        final Path a = Files.createSymbolicLink(folder.resolve("a"), folder.resolve("b"));
        Files.createSymbolicLink(folder.resolve("b"), a);
        assertRefused("a link to a link, 40 times over: expected a file", a);
    }

    @Test
    void permissionsStay() throws IOException {
        for (final String permissions : List.of("rw-------", "rw-rw-rw-", "rwxr-x---")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            write(file, "new");
            assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        final Path plain = Files.createFile(folder.resolve("plain"));
        write(folder.resolve("fresh"), "new");
        assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(folder.resolve("fresh")));
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAndNothingElse() throws IOException, InterruptedException {
        final Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        final Process alive = new ProcessBuilder("cat").start();
        try {
            final String left = ".m.tickwave-" + gone.pid() + ".tmp";
            final List<String> others = List.of(".m.tickwave-" + alive.pid() + ".tmp", ".n.tickwave-" + gone.pid() + ".tmp",
                ".m.tickwave-.tmp", ".m.tickwave-x" + gone.pid() + ".tmp", ".m.tickwave-" + gone.pid(), "m.tickwave-1.tmp");
            for (final String name : others) {
                Files.createFile(folder.resolve(name));
            }
            Files.createFile(folder.resolve(left));
            // Of a process that had the number of this one.
            Files.createFile(folder.resolve(".m.tickwave-" + ProcessHandle.current().pid() + ".tmp"));
            write(file, "new");
            assertEquals(Stream.concat(others.stream(), Stream.of("m")).sorted().toList(), names());
        } finally {
            alive.destroyForcibly();
        }
    }

    @Test
    void checkingLeavesEverythingAsItIs() throws IOException {
        AtomicFile.check(file);
        AtomicFile.check(folder.resolve("fresh"));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("m"), names());
    }

    @Test
    void whatIsNoPlaceForAFileIsRefused() throws IOException, InterruptedException {
        assertRefused("a directory: expected a file to write", folder);
        assertRefused("a directory: expected a file to write", Path.of("/"));
        final Path missing = folder.resolve("missing");
        assertRefused("its folder " + missing + " is not there: expected a folder that is", missing.resolve("m"));
        assertRefused("its folder " + file + " is none: expected a folder that is", file.resolve("m"));
        final Path longName = folder.resolve("x".repeat(240));
        assertTrue(assertThrows(ModelException.class, () -> AtomicFile.check(longName)).getMessage()
            .endsWith("xxx...: cannot be written: File name too long"));
        assertEquals(List.of("m"), names());
        run("mkfifo", folder.resolve("fifo").toString());
        assertRefused("a device, a FIFO or a socket: expected a regular file, or none yet", folder.resolve("fifo"));
        assumeTrue(Files.exists(Path.of("/dev/null")));
        assertRefused("a device, a FIFO or a socket: expected a regular file, or none yet", Path.of("/dev/null"));
    }

    @Test
    void whatMayNotBeWrittenIsRefused() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assumeTrue(!Files.isWritable(file), "root may write anything");
        assertRefused("may not be written: expected a file with write permission", file);
        final Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertRefused("cannot be written: access is denied", closed.resolve("m"));
        assertFalse(Files.exists(closed.resolve("m")));
    }
}
