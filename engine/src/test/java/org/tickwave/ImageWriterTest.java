package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.layout.NotesDescriptor;

/** An image file has one writer at a time, in all processes. What a killed writer leaves is seen as unfinished, and is taken over. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImageWriterTest {
    private static final Network NETWORK = Network.chain(5, 7, 3).build();

    @TempDir
    Path directory;

    /** The other process. It commits a tick that no agent completes, so the image says that it ticks. */
    static final class Writer {
        private Writer() {
        }

        public static void main(final String[] args) throws IOException, InterruptedException {
            final ImageFile file;
            try {
                file = ImageFile.create(Path.of(args[0]), NETWORK, new Context().bands(2));
            } catch (final IOException e) {
                System.out.println(e.getMessage());
                return;
            }
            final Engine engine = Engine.open(NETWORK, new Context().bands(2).arena(file.arena()));
            engine.input(new float[] {1, 2, 3, 4, 5}).tick();
            engine.agent(0);
            engine.agent(1);
            engine.commit();
            file.beat();
            file.publish(new ImageNumbers(1, 2, 3, 4, 5, 6, 7));
            System.out.println("ticking");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static Process start(final Path path) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "--add-modules",
            "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), Writer.class.getName(), path.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static String line(final Process child) throws IOException {
        return new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private static ImageFile create(final Path path) throws IOException {
        return ImageFile.create(path, NETWORK, new Context());
    }

    @Test
    void aKilledWriterLeavesAnUnfinishedImageAndIsReplaced() throws IOException, InterruptedException {
        final Path path = directory.resolve("w");
        final Process child = start(path);
        try (ImageView view = ticking(child, path)) {
            assertTrue(view.live());
            assertEquals(ImageView.State.TICKING, view.state());
            final String refused = assertThrows(IOException.class, () -> create(path)).getMessage();
            assertTrue(refused.startsWith(path + ": a running process, " + child.pid() + ", keeps its image here, and last said so "), refused);
            child.destroyForcibly();
            child.waitFor();
            assertFalse(view.live());
            assertEquals(ImageView.State.UNFINISHED, view.state());
            assertTrue(view.waves().activation(2, 1, new float[3]));
            assertEquals(new ImageNumbers(1, 2, 3, 4, 5, 6, 7), view.numbers());
            assertFalse(view.stale());
            create(path).close();
            assertTrue(view.stale());
            // The view has the old file.
            assertTrue(view.waves().activation(2, 1, new float[3]));
        } finally {
            child.destroyForcibly();
        }
    }

    private static ImageView ticking(final Process child, final Path path) throws IOException {
        assertEquals("ticking", line(child));
        return ImageView.open(path);
    }

    @Test
    void anotherProcessIsRefusedWhileThisOneWrites() throws IOException, InterruptedException {
        final Path path = directory.resolve("w");
        try (ImageFile file = create(path)) {
            file.beat();
            final Process child = start(path);
            final String said = line(child);
            assertTrue(said.startsWith(path + ": a running process, " + ProcessHandle.current().pid() + ", keeps its image here"), said);
            assertEquals(0, child.waitFor());
        }
    }

    /** Somebody has deleted the lock file. */
    @Test
    void aProcessThatLivesKeepsItsFileWithoutALock() throws IOException {
        final Path path = directory.resolve("w");
        final Process child = start(path);
        try (ImageView view = ticking(child, path)) {
            Files.delete(directory.resolve(".w.lock"));
            final byte[] before = Files.readAllBytes(path);
            final String refused = assertThrows(IOException.class, () -> create(path)).getMessage();
            assertTrue(refused.contains("a running process, " + view.process() + ", keeps"), refused);
            assertArrayEquals(before, Files.readAllBytes(path));
        } finally {
            child.destroyForcibly();
        }
    }

    /** All zeros are on the disk before the file is mapped: else a full disk would stop the JVM in the middle of a tick. */
    @Test
    void aFullDiskIsFoundBeforeTheFileIsMapped() throws IOException {
        final Path path = directory.resolve("w");
        create(path).close();
        final byte[] before = Files.readAllBytes(path);
        final FaultyDisk disk = new FaultyDisk();
        disk.put(path, before);
        for (int at = 0; at < 2; at++) {
            disk.fail(FaultyDisk.Fault.FULL, at);
            final String refused = assertThrows(IOException.class, () -> ImageFile.create(path, NETWORK, new Context(), disk)).getMessage();
            assertTrue(disk.done());
            assertTrue(refused.startsWith(path + ": cannot make an image file of " + before.length + " bytes: ")
                && refused.endsWith("No space left on device"), refused);
            assertFalse(disk.exists(directory.resolve("w.tmp")));
            assertArrayEquals(before, disk.content(path));
        }
        // The disk in memory cannot be mapped, so this fails too, but after all zeros were written.
        final CountingDisk counts = new CountingDisk();
        assertThrows(IOException.class, () -> ImageFile.create(path, NETWORK, new Context(), counts));
        assertEquals(before.length, counts.zeros);
        create(path).close();
    }

    /** Counts the bytes that are written, which are zeros. */
    private static final class CountingDisk extends FaultyDisk {
        private long zeros;

        @Override
        public Output create(final Path file) throws IOException {
            final Output to = super.create(file);
            return new Output() {
                @Override
                public void write(final ByteBuffer from, final long at) throws IOException {
                    assertEquals(zeros, at);
                    for (int i = from.position(); i < from.limit(); i++) {
                        assertEquals(0, from.get(i));
                    }
                    zeros += from.remaining();
                    to.write(from, at);
                }

                @Override
                public void force() throws IOException {
                    to.force();
                }

                @Override
                public void close() throws IOException {
                    to.close();
                }
            };
        }
    }

    @Test
    void onlyAnImageFileIsReplaced() throws IOException {
        final Path path = directory.resolve("w");
        for (final int bytes : new int[] {1, 255, 256, 5_000, 8_192}) {
            Files.write(path, new byte[bytes]);
            assertEquals(path + ": is no image file: expected an image file, an empty file or a new name",
                assertThrows(IOException.class, () -> create(path)).getMessage());
            assertEquals(bytes, Files.size(path));
        }
        Files.write(path, new byte[0]);
        create(path).close();
        final byte[] damaged = Files.readAllBytes(path);
        damaged[damaged.length - NotesDescriptor.BYTES + NotesDescriptor.VERSION_OFFSET] = 9;
        Files.write(path, damaged);
        create(path).close();
        final Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("w"));
        create(link).close();
        assertTrue(Files.isSymbolicLink(link));
    }
}
