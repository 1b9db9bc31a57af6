package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** FIFOs, and threads that write into them. */
final class Fifo {
    private Fifo() {
    }

    /** Makes a FIFO. */
    static Path of(final Path path) throws IOException, InterruptedException {
        assumeTrue(new ProcessBuilder("mkfifo", path.toString()).start().waitFor() == 0, "mkfifo");
        return path;
    }

    /** Makes a FIFO. The text is written as soon as the FIFO is read. */
    static Path of(final Path path, final String text) throws IOException, InterruptedException {
        of(path);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Files.writeString(path, text);
            } catch (final IOException e) {
                // The reader has gone.
            }
        });
        return path;
    }
}
