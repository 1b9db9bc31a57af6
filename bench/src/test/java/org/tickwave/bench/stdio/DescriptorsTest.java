package org.tickwave.bench.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;

class DescriptorsTest {
    private static final Path OPEN = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;
    private Path own;

    @BeforeEach
    void expectDescriptorsThatHaveNames() throws IOException {
        assumeTrue(Files.exists(OPEN), "a system that names open files");
        own = Path.of("/proc", Long.toString(ProcessHandle.current().pid()));
    }

    @AfterEach
    void open() {
        System.clearProperty(Descriptors.CLOSED);
    }

    @Test
    void everyPathThatLeadsToAClosedDescriptorIsKnown() throws IOException {
        final Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/dev/stdin"));
        final Path relative = Files.createSymbolicLink(directory.resolve("relative"), Path.of("link"));
        final Path through = Files.createSymbolicLink(directory.resolve("descriptors"), Path.of("/dev/fd")).resolve("0");
        final List<Path> inputs = List.of(Path.of("/dev/stdin"), Path.of("/dev/fd/0"), Path.of("/proc/self/fd/0"),
            Path.of("/proc/thread-self/fd/0"), own.resolve("fd/0"), own.resolve("fd/../fd/0"), link, relative, through);
        for (final Path path : inputs) {
            assertNull(Descriptors.closed(path), path::toString);
        }
        System.setProperty(Descriptors.CLOSED, "0,2");
        for (final Path path : inputs) {
            assertEquals("standard input is closed", Descriptors.closed(path), path::toString);
            Streams.assertRefused(StreamException.class, () -> Input.of(path.toString(), null, 1), path.toString(), "is closed");
        }
        assertEquals("standard error is closed", Descriptors.closed(Path.of("/dev/stderr")));
        assertNull(Descriptors.closed(Path.of("/dev/stdout")));
        assertNull(Descriptors.closed(Path.of("/dev/fd/3")));
        Streams.assertRefused(StreamException.class, () -> Input.of("-", null, 1), "standard input is closed");
        // JUnit warns about links that lead out of its temporary directory.
        Files.delete(link);
        Files.delete(through.getParent());
    }

    @Test
    void aFileThatIsCalledLikeADescriptorIsAFile() throws IOException {
        System.setProperty(Descriptors.CLOSED, "0,1,2");
        final Path fd = Files.createDirectory(directory.resolve("fd"));
        assertNull(Descriptors.closed(Files.writeString(fd.resolve("0"), "x")));
        assertNull(Descriptors.closed(Files.createSymbolicLink(directory.resolve("link"), fd.resolve("0"))));
        assertNull(Descriptors.closed(Path.of("/proc/1/fd/0")));
        assertNull(Descriptors.closed(directory.resolve("missing").resolve("0")));
        assertNull(Descriptors.closed(Path.of("/")));
    }

    @Test
    void whatTheJvmHasOpenedIsNoInput() throws IOException {
        Path modules = null;
        try (Stream<Path> open = Files.list(OPEN)) {
            for (final Path path : open.toList()) {
                if (Files.isSymbolicLink(path) && Files.readSymbolicLink(path).endsWith(Path.of("lib", "modules"))) {
                    modules = path;
                }
            }
        }
        assumeTrue(modules != null, "a JVM that keeps its modules in a file that stays open");
        final String path = "/dev/fd/" + modules.getFileName();
        assertTrue(Descriptors.ofJvm(Path.of(path)));
        Streams.assertRefused(StreamException.class, () -> Input.of(path, null, 1), path, "no such file");
        Streams.assertRefused(StreamException.class, () -> Input.of("/dev/fd/98765", null, 1), "/dev/fd/98765", "no such file");
        assertFalse(Descriptors.ofJvm(Path.of("/dev/stdin")));
        assertFalse(Descriptors.ofJvm(directory));
    }
}
