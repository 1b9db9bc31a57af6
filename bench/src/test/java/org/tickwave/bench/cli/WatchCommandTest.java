package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.ImageFile;
import org.tickwave.Network;

/** {@code tickwave watch}, and {@code tickwave run --watch}. */
class WatchCommandTest {
    private static final String GOLDEN = "c6e19e71";

    @Test
    void aWatchedRunLearnsTheSameBits() {
        final Outcome watched = Outcome.run("--pace none --hold 1 --json --watch");
        assertEquals(0, watched.exit(), watched.err());
        assertEquals(GOLDEN, watched.json().get("weights_crc32c").getAsString());
        assertTrue(watched.err().matches("watch: http://127\\.0\\.0\\.1:[0-9]+/\\R"), watched.err());
    }

    @Test
    void aPortThatIsTakenIsRefusedBeforeTheRun() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome.assertRefused(1, "--frames 5 --pace none --watch " + taken.getLocalPort(), "--watch " + taken.getLocalPort(), "expected a port that is free");
        }
    }

    @Test
    void aNumberThatIsNoPortIsRefused() {
        Outcome.assertRefused(2, "--watch 65536", "'65536': expected a port");
        Outcome.expectRefused(2, Outcome.of("watch", "w.img", "--web", "http"), "'http': expected a port");
        Outcome.expectRefused(2, Outcome.of("watch"), "FILE");
    }

    @Test
    void aFileThatIsMissingIsRefused(@TempDir final Path directory) {
        Outcome.expectRefused(1, Outcome.of("watch", directory.resolve("missing").toString()), "tickwave watch: ", "missing: no such file");
    }

    /** The run has ended, and its file is still there. */
    @Test
    void theWatchOfAClosedImageEndsWithItsNumbers(@TempDir final Path directory) throws IOException {
        final Path path = directory.resolve("w.img");
        final Network network = Network.chain(2, 3, 1).build();
        try (ImageFile file = ImageFile.create(path, network, new Context());
             Engine engine = Engine.open(network, new Context().arena(file.arena()))) {
            engine.input(new float[] {1, 2}).target(new float[] {3}).tick();
        }
        final Outcome outcome = Outcome.of("watch", path.toString());
        assertEquals(0, outcome.exit(), outcome.err());
        assertTrue(outcome.out().startsWith("ended  1 frames  1 ticks"), outcome.out());
        final Outcome json = Outcome.of("watch", path.toString(), "--json");
        assertEquals(2, json.out().lines().count(), json.out());
        assertTrue(json.out().lines().toList().get(1).contains("\"state\":\"ended\""), json.out());
    }
}
