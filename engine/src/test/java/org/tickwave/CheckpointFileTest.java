package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of checkpoints has one owner, and stays where its name says. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckpointFileTest {
    @TempDir
    Path directory;

    @Test
    void aFileHasOneWriterAndAnExistingDirectory() throws IOException {
        final Path path = directory.resolve("one");
        final Network network = Network.chain(3, 2).build();
        try (CheckpointFile file = CheckpointFile.open(path); Checkpoint never = new Checkpoint(network, new Context())) {
            assertFalse(file.exists());
            assertTrue(message(path).contains("a running process writes its checkpoints here"));
            assertThrows(IllegalStateException.class, () -> file.write(never));
            assertEquals(path + ": no such file", assertThrows(IOException.class, file::read).getMessage());
        }
        CheckpointFile.open(path).close();
        assertTrue(message(directory.resolve("no/file")).contains("no such directory"));
        assertTrue(message(directory).contains("no regular file"));
    }

    /**
     * A process that closes any descriptor of a file loses its locks on the file. So a second open may not touch the lock of the first one,
     * by whatever name it is called.
     */
    @Test
    void aRefusedOpenDoesNotReleaseTheFileForOtherProcesses() throws IOException, InterruptedException {
        final Path real = Files.createDirectory(directory.resolve("real"));
        final Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        final CheckpointFile closedTwice = CheckpointFile.open(real.resolve("one"));
        closedTwice.close();
        try (CheckpointFile file = CheckpointFile.open(real.resolve("one"))) {
            assertFalse(file.exists());
            closedTwice.close();
            assertTrue(message(real.resolve("one")).contains("a running process writes its checkpoints here"));
            assertTrue(message(link.resolve("one")).contains("a running process writes its checkpoints here"));
            assertEquals(real.resolve("one") + ": a running process writes its checkpoints here: expected another file, or that process to end",
                anotherProcess(real.resolve("one")));
        }
        assertEquals("opened", anotherProcess(real.resolve("one")));
    }

    private static String anotherProcess(final Path path) throws IOException, InterruptedException {
        final Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-cp", System.getProperty("java.class.path"), Opener.class.getName(), path.toString()).redirectErrorStream(true).start();
        final String said = new String(child.getInputStream().readAllBytes()).strip();
        assertEquals(0, child.waitFor(), said);
        return said;
    }

    /** The other process. It runs no network, so it needs no Vector API. */
    static final class Opener {
        private Opener() {
        }

        public static void main(final String[] args) {
            try (CheckpointFile file = CheckpointFile.open(Path.of(args[0]))) {
                System.out.println(file.exists() ? "there is a checkpoint" : "opened");
            } catch (final IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** Whether or not this object has written before. */
    @Test
    void anInterruptedWriteLeavesTheCheckpoints() throws IOException {
        final Network network = Network.chain(3, 2).build();
        final Path path = directory.resolve("interrupted");
        try (Checkpoint checkpoint = new Checkpoint(network, new Context()); Engine engine = Engine.open(network, new Context())) {
            engine.checkpoint(checkpoint);
            try (CheckpointFile file = CheckpointFile.open(path)) {
                file.write(checkpoint.put("number", new byte[] {1}));
                file.write(checkpoint.put("number", new byte[] {2}));
                interrupted(file, checkpoint);
            }
            try (CheckpointFile file = CheckpointFile.open(path)) {
                interrupted(file, checkpoint);
                file.write(checkpoint.put("number", new byte[] {3}));
                Files.delete(path);
                interrupted(file, checkpoint);
            }
        }
    }

    private static void interrupted(final CheckpointFile file, final Checkpoint checkpoint) throws IOException {
        Thread.currentThread().interrupt();
        final IOException thrown;
        try {
            thrown = assertThrows(IOException.class, () -> file.write(checkpoint));
        } finally {
            Thread.interrupted();
        }
        assertEquals(ClosedByInterruptException.class, thrown.getCause().getClass());
        try (Checkpoint read = file.read()) {
            assertArrayEquals(new byte[] {2}, read.get("number"));
        }
    }

    @Test
    void aLinkToAFileThatDoesNotExistYetStaysALink() throws IOException {
        final Path target = Files.createDirectory(directory.resolve("large-disk")).resolve("keep");
        final Path link = Files.createSymbolicLink(directory.resolve("keep"), Path.of("second"));
        Files.createSymbolicLink(directory.resolve("second"), Path.of("large-disk/keep"));
        final Network network = Network.chain(3, 2).build();
        try (Checkpoint checkpoint = new Checkpoint(network, new Context()); Engine engine = Engine.open(network, new Context())) {
            engine.checkpoint(checkpoint);
            for (int i = 0; i < 2; i++) {
                try (CheckpointFile file = CheckpointFile.open(link)) {
                    file.write(checkpoint);
                }
            }
        }
        assertTrue(Files.isSymbolicLink(link) && Files.isRegularFile(target) && Files.isRegularFile(target.resolveSibling("keep.1")));
        Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        assertTrue(message(directory.resolve("loop")).contains("loop of symbolic links"));
    }

    private static String message(final Path path) {
        return assertThrows(IOException.class, () -> CheckpointFile.open(path)).getMessage();
    }
}
