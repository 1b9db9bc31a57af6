package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.Models;
import org.tickwave.bench.report.Crc;
import org.tickwave.bench.session.Feed;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.session.SessionObserver;
import org.tickwave.bench.setup.MadeOptions;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.stream.MadeStream;
import org.tickwave.bench.terminal.Terminal;

/** An internal error ends a session. The weights are saved, and the error is rethrown. */
@Timeout(60)
class SaveAfterErrorTest {
    private static final long TICKS = 12;
    private static final int EXIT_UNCAUGHT = 1;

    @TempDir
    private Path folder;

    private static RunOptions options(final String file) {
        final MadeOptions options = new MadeOptions();
        options.gain = 10f;
        options.fps = 1000.0;
        options.layers = List.of(8);
        options.rate = 1e-2f;
        options.frames = 100L;
        options.save = file;
        return options.settled();
    }

    /** Prints the CRC of the engine's weights at the end. */
    private static void run(final String file, final PrintWriter err, final SessionObserver observer) throws Exception {
        final RunOptions options = options(file);
        final ModelSaver saver = ModelSaver.of(options, "test");
        final Terminal terminal = new Terminal(err, err, false, false, false, 80);
        try (MadeStream stream = new MadeStream(1)) {
            final RunPlan plan = RunPlan.of(options, stream);
            saver.prepare(plan);
            try (Engine engine = Engine.open(plan.description().network(), plan.context());
                Feed feed = plan.feed(options, null, stream)) {
                final Session session = plan.session(options, feed, engine, null, null, observer, Double.POSITIVE_INFINITY);
                try {
                    new Run(options, terminal, "test", true, true).saved(plan, session, engine, saver);
                } finally {
                    err.println("weights " + Crc.of(engine));
                    err.flush();
                }
            }
        }
    }

    static Stream<Throwable> errors() {
        return Stream.of(new IllegalArgumentException("ours"), new IllegalStateException("ours"), new ArithmeticException("ours"),
            new OutOfMemoryError("ours"), new StackOverflowError("ours"), new NoClassDefFoundError("ours"));
    }

    private static SessionObserver failing(final Throwable error) {
        return (session, tookNs) -> {
            if (session.engine().ticks() == TICKS) {
                switch (error) {
                    case final RuntimeException e -> throw e;
                    case final Error e -> throw e;
                    default -> throw new IllegalStateException(error);
                }
            }
        };
    }

    @ParameterizedTest
    @MethodSource("errors")
    void whatWasLearntIsKeptAndTheErrorGoesOn(final Throwable error) throws IOException {
        final Path file = Files.writeString(folder.resolve("m"), "old");
        final StringWriter err = new StringWriter();
        assertSame(error, assertThrows(Throwable.class, () -> run(file.toString(), new PrintWriter(err), failing(error))));
        assertSaved(file, err.toString());
        assertEquals("old", Files.readString(file));
    }

    private void assertSaved(final Path file, final String err) throws IOException {
        final Path stopped = Path.of(file + ".stopped");
        assertTrue(err.contains("tickwave run: what was learnt until the error below is in " + stopped + System.lineSeparator()), err);
        final Model model = Models.read(stopped);
        try (Engine engine = Engine.open(model.network(), new Context())) {
            for (int l = 1; l <= model.network().layers(); l++) {
                engine.setWeights(l, Models.layers(model).weights()[l - 1], Models.layers(model).biases()[l - 1]);
            }
            assertTrue(err.contains("weights " + Crc.of(engine)), err);
        }
    }

    /** Fills the heap while the session runs, and keeps it full. */
    static final class Filler {
        private static final List<byte[]> HEAP = new ArrayList<>();
        private static final int LEAST_BYTES = 16;

        private Filler() {
        }

        public static void main(final String[] file) throws Exception {
            run(file[0], new PrintWriter(System.err, true), (session, tookNs) -> {
                if (session.engine().ticks() == TICKS) {
                    fill();
                }
            });
        }

        private static void fill() {
            OutOfMemoryError full = null;
            for (int bytes = 1 << 20; bytes >= LEAST_BYTES;) {
                try {
                    HEAP.add(new byte[bytes]);
                } catch (final OutOfMemoryError e) {
                    // A later OutOfMemoryError has no stack trace, since there is no memory for it.
                    full = full == null ? e : full;
                    bytes /= 2;
                }
            }
            throw full;
        }
    }

    @Test
    void whatWasLearntIsKeptWhenTheHeapIsFull() throws IOException, InterruptedException {
        final Path file = folder.resolve("m");
        final Path err = folder.resolve("err");
        final Process run = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules", "jdk.incubator.vector", "-Xint", "-XX:+UseSerialGC", "-Xmx64m", "-cp",
            System.getProperty("java.class.path"), Filler.class.getName(), file.toString()).redirectError(err.toFile()).start();
        assertEquals(EXIT_UNCAUGHT, run.waitFor());
        final String said = Files.readString(err, StandardCharsets.UTF_8);
        assertSaved(file, said);
        assertTrue(said.contains("java.lang.OutOfMemoryError: Java heap space") && said.contains("\tat "), said);
    }
}
