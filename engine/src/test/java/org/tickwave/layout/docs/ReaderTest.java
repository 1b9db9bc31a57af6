package org.tickwave.layout.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.ImageArena;
import org.tickwave.Network;
import org.tickwave.Slab;
import org.tickwave.WaveAgent;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.ImageState;
import org.tickwave.layout.RandomWiring;
import org.tickwave.layout.Region;
import org.tickwave.layout.RegionTable;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.Wiring;
import org.tickwave.pipeline.Image;

/**
 * The reader in C: its offsets equal those of the descriptors, and what it prints of a dumped image equals the engine's state.
 */
class ReaderTest {
    private static final Pattern DEFINE = Pattern.compile("#define +\\w+ +(\\S+) /\\* (\\w+\\.\\w+) \\*/");
    private static final Pattern KIND = Pattern.compile("([A-Z]+) = ([0-9]+)");
    private static final int DAMAGED = 150;
    private static final int[] WIDTHS = {70, 20, 67};

    @TempDir
    Path directory;

    @TempDir
    static Path program;

    private static String binary;

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

    /** Compiles the reader once for all tests. */
    private static synchronized String compiled() throws IOException, InterruptedException {
        if (binary == null) {
            final String made = program.resolve("reader").toString();
            try {
                assertEquals(new Result(0, List.of()),
                    run("cc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-O2", "-o", made, source().toString()));
            } catch (final IOException e) {
                abort("no C compiler, so reader.c is not run: " + e.getMessage());
            }
            binary = made;
        }
        return binary;
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
        final String states =
            text.lines().filter(one -> one.startsWith("static const char *const STATES")).findFirst().orElseThrow();
        assertEquals(
            Stream.of(ImageState.values()).map(state -> state.name().toLowerCase(Locale.ROOT).replace('_', ' ')).toList(),
            Pattern.compile("\"([^\"]+)\"").matcher(states).results().map(name -> name.group(1)).toList());
        final String kinds = text.substring(text.indexOf("enum kind"), text.indexOf("};", text.indexOf("enum kind")));
        assertEquals(
            Stream.of(Region.Kind.values()).map(kind -> kind + " = " + kind.ordinal()).toList(),
            KIND.matcher(kinds).results().map(MatchResult::group).toList());
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
            expected.add("lanes " + Lanes.LANES + " layers 2 bytes " + arena.image().byteSize());
            engine.rate(.125f);
            engine.learning(false);
            expected.add("state at rest");
            expected.add("commits 9 frames 9 held 1 learning 0");
            expected.add("rate 0.125");
            expected.add("tick 9 frame " + engine.answeredFrame() + " refused 0");
            for (int i = 0; i < WIDTHS[2]; i++) {
                expected.add("x " + i + " " + engine.output().getAtIndex(ValueLayout.JAVA_FLOAT, i));
            }
            final float[] weights = new float[WIDTHS[2] * WIDTHS[1]];
            engine.weights(2, weights);
            expected.add("w 0 0 " + weights[0]);
            expected.add("w 66 19 " + weights[weights.length - 1]);
            Files.write(dump, arena.image().toArray(ValueLayout.JAVA_BYTE));
        }

        final Result result = run(reader, dump.toString());

        assertEquals(expected, result.lines.stream().map(ReaderTest::asJavaWritesIt).toList());
        assertEquals(0, result.exitCode);
    }

    /** Layer 1 has completed a tick more than the output layer. The reader has to use the counter of the output layer. */
    @Test
    void looksAtTheCounterOfTheOutput() throws IOException, InterruptedException {
        final String reader = compiled();
        final Path dump = directory.resolve("image");
        final Network network = Network.chain(WIDTHS).build();
        try (ImageArena arena = new ImageArena(Arena.ofShared());
             Engine engine = Engine.open(network, new Context().arena(arena).bands(2))) {
            final WaveAgent lower = engine.agent(0);
            final WaveAgent upper = engine.agent(1);
            for (int t = 0; t < 9; t++) {
                engine.input(new float[WIDTHS[0]]).target(new float[WIDTHS[2]]).commit();
                assertEquals(1, lower.doWork());
                if (t < 8) {
                    assertEquals(1, upper.doWork());
                }
            }
            Files.write(dump, arena.image().toArray(ValueLayout.JAVA_BYTE));
        }

        final Result result = run(reader, dump.toString());

        assertEquals("state ticking", result.lines.get(1));
        assertEquals("tick 8 frame 7 refused 0", result.lines.get(4));
        assertEquals(0, result.exitCode);
    }

    private static FileChannel file(final Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** All numbers of an output are its tick, so a torn copy, or one of another tick, would hold other numbers. */
    @Test
    void readsWholeOutputsWhileTheImageChanges() throws Exception {
        final String reader = compiled();
        final int ticks = 200;
        final int width = 4096;
        final Path path = directory.resolve("mapped");
        final Network network = Network.chain(1, width).build();
        final AtomicBoolean ends = new AtomicBoolean();
        try (FileChannel channel = file(path); Arena shared = Arena.ofShared()) {
            final long bytes = Engine.imageBytes(network, new Context());
            final MemorySegment mapped = channel.map(MapMode.READ_WRITE, 0, bytes, shared);
            try (ImageArena arena = new ImageArena(new Slab(mapped));
                 Engine engine = Engine.open(network, new Context().arena(arena).learning(false))) {
                final float[] ones = new float[width];
                Arrays.fill(ones, 1);
                engine.setWeights(1, ones, new float[width]);
                final FutureTask<Void> ticker = new FutureTask<>(() -> {
                    // Every number up to 2^24 is a float.
                    for (int t = 1; !ends.get() && t < 1 << 24; t++) {
                        engine.input(new float[] {t}).tick();
                    }
                }, null);
                new Thread(ticker).start();
                final Result result = run(reader, path.toString(), Integer.toString(ticks));
                ends.set(true);
                ticker.get();
                assertEquals(0, result.exitCode, result.lines::toString);
                expectEachOfItsTick(ticks, result.lines.subList(1, result.lines.size()));
            }
        }
    }

    private static void expectEachOfItsTick(final int ticks, final List<String> lines) {
        assertEquals(ticks, lines.size());
        long before = -1;
        for (final String line : lines) {
            final String[] words = line.split(" ");
            final long tick = Long.parseLong(words[1]);
            assertTrue(tick > before, line);
            assertEquals(List.of((float) tick, (float) tick, (float) tick), List.of(
                Float.parseFloat(words[3]), Float.parseFloat(words[7]), Float.parseFloat(words[9])), line);
            before = tick;
        }
    }

    /** A writer that stopped while it wrote the newest output: the slot says so, and there is no other output. */
    @Test
    void refusesASlotThatIsBeingWritten() throws IOException, InterruptedException {
        final Result result = read(image -> {
            final ImageLayout layout = Samples.sample(Lanes.LANES, 3, 0, WIDTHS).layout();
            image.set(ValueLayout.JAVA_LONG, layout.activation(2).slot(0) + SlotDescriptor.TICK_OFFSET, SlotDescriptor.NO_TICK);
        });
        assertRefused("no whole output: expected one whose slot is not being written", result);
    }

    /** The output before the message does not matter. */
    private static void assertRefused(final String message, final Result result) {
        assertEquals(1, result.exitCode);
        assertTrue(result.lines.contains("reader: " + message), result.lines::toString);
    }

    private Result read(final Consumer<MemorySegment> damage) throws IOException, InterruptedException {
        final String reader = compiled();
        final Path dump = Files.createTempFile(directory, "image", "");
        try (ImageArena arena = new ImageArena(Arena.ofShared());
             Engine engine = Engine.open(Network.chain(WIDTHS).build(), new Context().arena(arena))) {
            assertEquals(0, engine.completed());
            damage.accept(arena.image());
            Files.write(dump, arena.image().toArray(ValueLayout.JAVA_BYTE));
        }
        return run(reader, dump.toString());
    }

    private static long entry(final Region.Kind kind, final int layer) {
        final List<Region> regions = Samples.sample(Lanes.LANES, 3, 0, WIDTHS).layout().regions();
        for (int i = 0; i < regions.size(); i++) {
            if (regions.get(i).kind() == kind && regions.get(i).owner() == layer) {
                return HeaderDescriptor.entry(i);
            }
        }
        throw new AssertionError(kind + " " + layer);
    }

    @Test
    void refusesARegionThatLeavesTheImage() throws IOException, InterruptedException {
        final long output = entry(Region.Kind.ACTIVATION, 2);
        final long weights = entry(Region.Kind.WEIGHTS, 2);
        final long counters = entry(Region.Kind.COUNTERS, 0);
        final long settings = entry(Region.Kind.SETTINGS, 0);
        final List<Consumer<MemorySegment>> damages = List.of(
            image -> image.set(ValueLayout.JAVA_LONG, output + HeaderDescriptor.ENTRY_REGION_OFFSET, image.byteSize()),
            image -> image.set(ValueLayout.JAVA_LONG, output + HeaderDescriptor.ENTRY_REGION_OFFSET, -64),
            image -> image.set(ValueLayout.JAVA_LONG, output + HeaderDescriptor.ENTRY_STRIDE_OFFSET, 1L << 62),
            image -> image.set(ValueLayout.JAVA_INT, output + HeaderDescriptor.ENTRY_SLOTS_OFFSET, 0),
            image -> image.set(ValueLayout.JAVA_INT, output + HeaderDescriptor.ENTRY_WIDTH_OFFSET, Integer.MAX_VALUE),
            image -> image.set(ValueLayout.JAVA_INT, counters + HeaderDescriptor.ENTRY_SLOTS_OFFSET, 2),
            image -> image.set(ValueLayout.JAVA_INT, settings + HeaderDescriptor.ENTRY_SLOTS_OFFSET, 2),
            image -> image.set(ValueLayout.JAVA_INT, settings + HeaderDescriptor.ENTRY_SLOTS_OFFSET, 4),
            image -> image.set(ValueLayout.JAVA_INT, weights + HeaderDescriptor.ENTRY_WIDTH_OFFSET, 1 << 20));
        for (final Consumer<MemorySegment> damage : damages) {
            assertRefused("the region table is damaged", read(damage));
        }
        final Result header = read(image -> image.set(ValueLayout.JAVA_INT, HeaderDescriptor.REGION_COUNT_OFFSET, 1 << 30));
        assertRefused("the header is damaged", header);
        final Result state = read(image -> image.set(ValueLayout.JAVA_INT, HeaderDescriptor.STATE_OFFSET, 5));
        assertRefused("the header is damaged", state);
        final Result end = read(image -> image.set(ValueLayout.JAVA_INT, HeaderDescriptor.END_OFFSET, 2));
        assertRefused("the header is damaged", end);
        final Result cut = read(image -> image.set(
            ValueLayout.JAVA_LONG, HeaderDescriptor.IMAGE_BYTES_OFFSET, image.byteSize() + 1));
        assertRefused("the image is cut short", cut);
    }

    /** The reader prints its first line when it has found the header and the table sound. */
    @Test
    void findsTheSameTablesSoundAsTheEngine() throws IOException, InterruptedException {
        final String reader = compiled();
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Path dump = directory.resolve("damaged");
        final ImageLayout layout = new ImageLayout(new Geometry(
            Lanes.LANES, new int[] {70, 20, 67, 30}, RandomWiring.withFeedback(Feedback.RANDOM, Wiring.chain(3).aligned(), 1), 0));
        int sound = 0;
        try (Arena arena = Arena.ofConfined()) {
            final Image whole = Image.create(layout, arena, 1);
            whole.completeRelease(0);
            final MemorySegment image = arena.allocate(layout.imageBytes(), 64);
            for (int i = 0; i < DAMAGED; i++) {
                image.copyFrom(whole.segment());
                final long at = 4L * random.nextInt((int) HeaderDescriptor.entry(layout.regions().size()) / 4);
                final int value = image.get(ValueLayout.JAVA_INT, at);
                final int[] others = {value + 1, value - 1, value + 64, value - 64, -1, 0, Integer.MAX_VALUE, random.nextInt()};
                image.set(ValueLayout.JAVA_INT, at, others[random.nextInt(others.length)]);
                String refused = "";
                try {
                    RegionTable.read(image);
                    sound++;
                } catch (final IllegalArgumentException e) {
                    refused = e.getMessage();
                }
                Files.write(dump, image.toArray(ValueLayout.JAVA_BYTE));
                final Result result = run(reader, dump.toString());
                assertEquals(refused.isEmpty(), result.lines.stream().anyMatch(line -> line.startsWith("lanes ")), "byte " + at + ", seed " + seed
                    + ", the engine: " + refused + ", the reader: " + result.lines);
            }
        }
        assertTrue(sound > 0 && sound < DAMAGED, sound + " sound, seed " + seed);
    }

    /** Shortens the number at the end of a line to the shortest form that gives the same float. */
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
