package org.tickwave.bench.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.PipeReader;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;

/** Standard input belongs to a process, so these tests start processes. */
class StandardInputTest {
    @TempDir
    private Path directory;

    /** Reads standard input and prints the result. */
    static final class Reading {
        private Reading() {
        }

        public static void main(final String[] args) throws Exception {
            final FrameStream stream = Input.of("-", args.length == 0 ? null : Format.parse(args[0]), 1).open();
            final float[] frame = new float[stream.width()];
            final double[] polled = new double[stream.width()];
            if (args.length == 2) {
                final PipeReader reader = PipeReader.start(stream, Long.MAX_VALUE);
                reader.await();
                reader.poll(polled);
                reader.close();
                reader.thread().join();
                System.out.print((float) polled[0] + " " + reader.poll(polled));
                return;
            }
            int frames = 0;
            try {
                while (stream.read(frame)) {
                    frames++;
                }
                System.out.print(frames);
            } catch (final StreamException e) {
                System.out.print(frames + " " + e.getMessage());
            }
        }
    }

    private static ProcessBuilder reading(final String... args) {
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules", "jdk.incubator.vector",
            "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Reading.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    private static String piped(final byte[] bytes, final String... args) throws IOException, InterruptedException {
        final Process process = reading(args).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(bytes);
        }
        return printed(process);
    }

    /** The output of a process, at most one line. Kills a process that does not end. */
    private static String printed(final Process process) throws IOException, InterruptedException {
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it still waits");
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void itIsReadFromAPipe() throws IOException, InterruptedException {
        final byte[] header = Streams.ascii("YUV4MPEG2 W16 H16 F30:1 Cmono\n");
        final byte[] frame = Streams.join(Streams.ascii("FRAME\n"), new byte[256]);
        assertEquals("2 standard input: ends at byte 654, within frame 3, after 94 of its 256 bytes: expected whole frames",
            piped(Streams.join(header, frame, frame, Streams.ascii("FRAME\n"), new byte[94])));
        assertEquals("0 standard input: empty: expected frames of 8 bytes", piped(new byte[0], "f32:2@360"));
    }

    @Test
    void itIsReadFromAFile() throws IOException, InterruptedException {
        final Path file = Files.write(directory.resolve("in"), Streams.floats(1, 2, 3, 4, 5, 6));
        final Process process = reading("f32:2@360").redirectInput(file.toFile()).start();
        assertEquals("3", printed(process));
    }

    @Test
    void closingItsReaderEndsAReadThatWaits() throws IOException, InterruptedException {
        final Process process = reading("f32:2@360", "close").start();
        final OutputStream in = process.getOutputStream();
        in.write(Streams.floats(5, 6));
        in.flush();
        assertEquals("5.0 END", printed(process));
        in.close();
    }
}
