package org.tickwave.layout.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.ImageArena;
import org.tickwave.Network;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.Region;

/** The reader in C: its offsets are the descriptors', and what it prints of a dumped image is the engine's. */
class ReaderTest {
    private static final Pattern DEFINE = Pattern.compile("#define +\\w+ +(\\S+) /\\* (\\w+\\.\\w+) \\*/");
    private static final Pattern KIND = Pattern.compile("([A-Z]+) = ([0-9]+)");
    private static final int[] WIDTHS = {70, 20, 67};

    @TempDir
    Path directory;

    private record Result(int exitCode, List<String> lines) {
    }

    private static Result run(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
        return new Result(process.waitFor(), lines);
    }

    private static Path source() {
        return Docs.directory().resolve("reader.c");
    }

    private String compiled() throws IOException, InterruptedException {
        final String reader = directory.resolve("reader").toString();
        try {
            final Result result =
                run("cc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-O2", "-o", reader, source().toString());
            assertEquals(new Result(0, List.of()), result);
        } catch (final IOException e) {
            abort("no C compiler, so reader.c is not run: " + e.getMessage());
        }
        return reader;
    }

    @Test
    void definesWhatTheDescriptorsSay() throws IOException {
        final String text = Files.readString(source());
        int defined = 0;
        for (final Matcher define = DEFINE.matcher(text); define.find(); defined++) {
            assertNotNull(Constants.named(define.group(2)), define.group(2));
            assertEquals(Constants.value(Constants.named(define.group(2))), Long.decode(define.group(1)), define.group());
        }
        final long defines = text.lines().filter(line -> line.startsWith("#define")).count();
        assertEquals(defines, defined, "every #define names a constant");
        final String line = text.lines().filter(one -> one.startsWith("enum kind")).findFirst().orElseThrow();
        final Matcher kinds = KIND.matcher(line);
        while (kinds.find()) {
            assertEquals(Region.Kind.valueOf(kinds.group(1)).ordinal(), Integer.parseInt(kinds.group(2)), kinds.group(1));
        }
    }

    @Test
    void printsWhatTheEngineHolds() throws IOException, InterruptedException {
        final String reader = compiled();
        final Path dump = directory.resolve("image");
        final List<String> expected = new ArrayList<>();
        final float[] frame = new float[WIDTHS[0]];
        final float[] target = new float[WIDTHS[2]];
        final Network network = Network.chain(WIDTHS).build();
        try (ImageArena arena = new ImageArena(Arena.ofShared());
             Engine engine = Engine.open(network, new Context().arena(arena))) {
            for (int t = 0; t < 9; t++) {
                Arrays.fill(frame, .1f * t);
                Arrays.fill(target, .3f);
                engine.input(frame).target(target).tick();
            }
            final byte[] image = arena.image().toArray(ValueLayout.JAVA_BYTE);
            Files.write(dump, image);
            expected.add("lanes " + Lanes.LANES + " layers 2 bytes " + image.length);
            expected.add("tick 9 frame " + engine.answeredFrame() + " refused 0");
            for (int i = 0; i < WIDTHS[2]; i++) {
                expected.add("x " + i + " " + engine.output().getAtIndex(ValueLayout.JAVA_FLOAT, i));
            }
            final float[] weights = new float[WIDTHS[2] * WIDTHS[1]];
            engine.weights(2, weights);
            expected.add("w 0 0 " + weights[0]);
            expected.add("w 66 19 " + weights[weights.length - 1]);
        }

        final Result result = run(reader, dump.toString());

        assertEquals(expected, result.lines.stream().map(ReaderTest::asJavaWritesIt).toList());
        assertEquals(0, result.exitCode);
    }

    /** The last word of a line in the shortest form that gives the same float. */
    private static String asJavaWritesIt(final String line) {
        final int at = line.lastIndexOf(' ') + 1;
        return line.matches("[xw] .*") ? line.substring(0, at) + Float.parseFloat(line.substring(at)) : line;
    }

    @Test
    void refusesWhatIsNoImage() throws IOException, InterruptedException {
        final String reader = compiled();
        final Path file = Files.write(directory.resolve("noise"), new byte[4096]);

        final Result result = run(reader, file.toString());

        assertEquals(new Result(1, List.of("reader: this is no image")), result);
    }
}
