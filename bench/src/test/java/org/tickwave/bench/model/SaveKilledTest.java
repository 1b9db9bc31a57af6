package org.tickwave.bench.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Activation;

/** A process that is killed while it saves leaves a complete file: the old one or the new one. */
@Tag("soak")
class SaveKilledTest {
    private static final int KILLS = 50;
    private static final int LATEST_MS = 300;
    private static final int MODELS = 2;

    /** Saves one model after another until the test kills the process. */
    static final class Saver {
        private Saver() {
        }

        public static void main(final String[] file) throws IOException {
            final Model[] models = {model(0), model(1)};
            System.out.println("ready");
            for (int i = 0;; i = (i + 1) % MODELS) {
                ModelFile.write(Path.of(file[0]), models[i], "0");
            }
        }
    }

    private static Model model(final int i) {
        return Models.change(new Random(i), Activation.TANH, 1, 200, 300 + i, 200);
    }

    @Test
    void theFileIsTheOldOneOrTheNewOne(@TempDir final Path directory) throws IOException, InterruptedException {
        final long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final Path file = directory.resolve("m");
        ModelFile.write(file, model(0), "0");
        final int[] found = new int[MODELS];
        for (int i = 0; i < KILLS; i++) {
            final Process saver = start(file);
            assertEquals('r', saver.getInputStream().read());
            saver.waitFor(random.nextInt(LATEST_MS), TimeUnit.MILLISECONDS);
            saver.destroyForcibly().waitFor();
            final Model model = Models.read(file);
            final int which = model.network().width(1) - 300;
            Models.assertSame(model(which), model);
            found[which]++;
        }
        final List<Path> left = temporaries(directory);
        System.out.println(left.size() + " kills left a temporary file; the file was the one " + found[0] + " times, the other "
            + found[1] + " times");
        assertFalse(left.isEmpty(), "no kill met a saving");
        for (final Path path : left) {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        }
        ModelFile.write(file, model(0), "0");
        assertEquals(List.of(), temporaries(directory));
    }

    private static Process start(final Path file) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), Saver.class.getName(),
            file.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static List<Path> temporaries(final Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> path.toString().endsWith(".tmp")).toList();
        }
    }
}
