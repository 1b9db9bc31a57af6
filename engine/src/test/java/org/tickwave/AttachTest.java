package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.ImageState;
import org.tickwave.layout.SettingsDescriptor;
import org.tickwave.pipeline.Image;
import org.tickwave.pipeline.StateWords;

/** An engine goes on with an image as if the engine before had never stopped. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AttachTest {
    private static final int STOPS = 200;
    private static final int MANY_STOPS = 2_000;
    /** Images for each JVM of another lane width. */
    private static final int ELSEWHERE = 12;
    private static final int MANY_ELSEWHERE = 500;
    private static final long FIRST_SEED = 20_261_128;
    private static final int[] LANES = {4, 8, 16};

    @TempDir
    Path directory;

    static ImageLayout layout(final RandomRun run, final int lanes) {
        final Context context = run.context();
        return new ImageLayout(run.network.geometry(run.rule.on(run.network.wiring()), context.history)).withLanes(lanes);
    }

    /**
     * One engine runs until the stop, and another one after that, in another way, on other threads, with another cut. The image is
     * copied at rest, or stays where it is; it may have had another lane width meanwhile.
     */
    private static final class Handover extends DelegatingWay implements AutoCloseable {
        private final Set<Driver.Kind> agents = EnumSet.of(Driver.Kind.AGENT_THREADS, Driver.Kind.INVOKED);
        private final Random random;
        private final RandomRun run;
        private final Arena memory = Arena.ofShared();
        private final ImageArena first = new ImageArena(memory);
        private Driver driver;
        private Driver stopped;
        String seen = "";

        Handover(final RandomRun run, final long seed) {
            this.run = run;
            random = new Random(seed);
            driver = new Driver(kind(), run, random.nextLong(), first, false);
        }

        private Driver.Kind kind() {
            return Driver.Kind.values()[random.nextInt(Driver.Kind.values().length)];
        }

        @Override
        public Engine stop(final Engine engine) {
            driver.beforeWaiting(engine);
            if (!agents.contains(driver.kind) || random.nextBoolean()) {
                driver.finish(engine);
            }
            // The source need not have looked: then the state is still TICKING.
            while (engine.completed() < engine.ticks()) {
                Thread.onSpinWait();
            }
            if (random.nextInt(4) == 0) {
                engine.input(new float[run.network.width(0)]);
            }
            note(engine);
            MemorySegment image = first.image();
            if (random.nextInt(3) == 0) {
                driver.close();
            } else {
                image = memory.allocate(image.byteSize(), Engine.IMAGE_ALIGNMENT_BYTES).copyFrom(image);
            }
            final ImageLayout other = layout(run, LANES[random.nextInt(LANES.length)]);
            Image.attach(other, image, image.get(ValueLayout.JAVA_LONG, HeaderDescriptor.DIGEST_OFFSET));
            assertEquals(other.geometry().lanes(), image.get(ValueLayout.JAVA_INT, HeaderDescriptor.LANES_OFFSET));
            stopped = driver;
            driver = new Driver(kind(), run, random.nextLong(), new Slab(image), true);
            assertEquals(ImageState.AT_REST, StateWords.stateAcquire(image));
            return driver.engine;
        }

        private void note(final Engine engine) {
            final int learning = first.image().get(
                ValueLayout.JAVA_INT, layout(run, Lanes.LANES).settings() + SettingsDescriptor.LEARNING_OFFSET);
            assertTrue(engine.ticks() > 0);
            seen = run.rule.toString().replaceAll(":.*", "") + " learning " + learning;
        }

        @Override
        RandomRun.Way way() {
            return driver;
        }

        @Override
        public void close() {
            driver.close();
            stopped.close();
            memory.close();
        }
    }

    @Test
    void aStopInMidWaveDoesNotChangeABit() {
        expectSameBits(STOPS);
    }

    @Test
    @Tag("soak")
    @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyStopsInMidWaveDoNotChangeABit() {
        expectSameBits(MANY_STOPS);
    }

    private static void expectSameBits(final int stops) {
        final Map<String, Integer> seen = new TreeMap<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + stops; seed++) {
            final RandomRun run = new RandomRun(seed);
            final int stop = run.stop();
            final int pending = run.pending();
            final long expected;
            try (Engine engine = Engine.open(run.network, run.context())) {
                expected = run.bits(engine, new CallersWay(), stop, pending);
            }
            final String what = run + ", stop before step " + stop + ", pending " + pending;
            try (Handover handover = new Handover(run, seed)) {
                assertEquals(expected, run.bits(handover.driver.engine, handover, stop, pending), what);
                seen.merge(handover.seen, 1, Integer::sum);
            } catch (final RuntimeException e) {
                throw new AssertionError(what, e);
            }
        }
        assertEquals(6, seen.size(), seen::toString);
        seen.values().forEach(count -> assertTrue(count > stops / 20, seen::toString));
    }

    /** Answers and weights are read without a look at the guard. So a trip may wait in the image. */
    @Test
    void aTripThatWaitsIsThrownByTheNextEngine() {
        final Network network = Network.chain(1, 1, 1).build();
        try (Arena memory = Arena.ofShared()) {
            final ImageArena first = new ImageArena(memory);
            final MemorySegment copy;
            final GuardTripException expected;
            try (Engine engine = Engine.open(network, new Context().arena(first).bands(2))) {
                engine.setWeights(1, new float[] {0x1p30f}, new float[1]);
                for (int t = 0; t < 3; t++) {
                    engine.input(new float[] {t}).commit();
                    Bits.biases(engine, 1);
                }
                copy = memory.allocate(first.image().byteSize(), Engine.IMAGE_ALIGNMENT_BYTES).copyFrom(first.image());
                expected = assertThrows(GuardTripException.class, engine::await);
            }
            try (Engine engine = Engine.attach(network, new Context().arena(new Slab(copy)))) {
                assertEquals(1, engine.guardTrips());
                final GuardTripException thrown = assertThrows(GuardTripException.class, engine::await);
                assertEquals(expected.getMessage(), thrown.getMessage());
                assertEquals(0, engine.guardTrips());
                engine.await();
            }
        }
    }

    /** The image decides about the rate, learning and the seed; later calls of rate() divide by the new context's hold. */
    @Test
    void theImageDecidesAboutTheRateAndLearning() {
        final Network network = Network.chain(3, 4, 2).build();
        try (Arena memory = Arena.ofShared()) {
            final ImageArena first = new ImageArena(memory);
            final long settings = new ImageLayout(network.geometry(Rule.aligned().on(network.wiring()), 0)).settings();
            Engine.open(network, new Context().arena(first).rate(.5f).hold(4).learning(false).seed(9)).close();
            final MemorySegment image = first.image();
            final Context other = new Context().arena(new Slab(image)).rate(.25f).hold(2).seed(8);
            try (Engine engine = Engine.attach(network, other)) {
                assertEquals(-.125f, image.get(ValueLayout.JAVA_FLOAT, settings + SettingsDescriptor.MINUS_RATE_OFFSET));
                assertEquals(0, image.get(ValueLayout.JAVA_INT, settings + SettingsDescriptor.LEARNING_OFFSET));
                assertEquals(9, image.get(ValueLayout.JAVA_LONG, HeaderDescriptor.SEED_OFFSET));
                engine.rate(.5f);
                assertEquals(-.25f, image.get(ValueLayout.JAVA_FLOAT, settings + SettingsDescriptor.MINUS_RATE_OFFSET));
            }
        }
    }

    /**
     * An image stays in its file. Each JVM has another lane width, and lays the weights out anew. Then each of the other JVMs goes on
     * with images of random runs.
     */
    @Test
    void imagesGoOnInJvmsOfEveryLaneWidth() throws IOException, InterruptedException {
        expectSameBitsElsewhere(ELSEWHERE);
    }

    @Test
    @Tag("soak")
    @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyImagesGoOnInJvmsOfEveryLaneWidth() throws IOException, InterruptedException {
        expectSameBitsElsewhere(MANY_ELSEWHERE);
    }

    private void expectSameBitsElsewhere(final int images) throws IOException, InterruptedException {
        final int[] lanes = {Lanes.LANES, Math.min(Lanes.LANES, 4), Math.min(Lanes.LANES, 8), Lanes.LANES};
        final Path file = directory.resolve("image");
        final List<String> expected = new ArrayList<>();
        final List<String> found = new ArrayList<>(List.of(MappedRun.in(file, false)));
        for (int i = 1; i <= 2; i++) {
            final long firstSeed = FIRST_SEED + (long) i * images;
            final List<String> bits = new ArrayList<>();
            for (long seed = firstSeed; seed < firstSeed + images; seed++) {
                bits.add(MappedRun.bits(new RandomRun(seed), directory));
            }
            final List<String> printed = anotherJvm(lanes[i], file, firstSeed, images);
            found.add(printed.getFirst());
            assertEquals(bits, printed.subList(1, printed.size()));
        }
        found.add(MappedRun.in(file, true));
        try (Engine engine = Engine.open(MappedRun.NETWORK, MappedRun.context())) {
            for (final int each : lanes) {
                expected.add(MappedRun.run(engine).replaceFirst(" .* ", " " + each + " "));
            }
        }
        assertEquals(expected, found);
    }

    private List<String> anotherJvm(final int lanes, final Path file, final long firstSeed, final int images)
        throws IOException, InterruptedException {
        final Process child = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:MaxVectorSize=" + lanes * Float.BYTES, "-XX:+UseSerialGC",
            "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), MappedRun.class.getName(),
            file.toString(), directory.toString(), Long.toString(firstSeed), Integer.toString(images))
            .redirectErrorStream(true).start();
        final List<String> lines = child.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertEquals(0, child.waitFor(), lines::toString);
        return lines.stream().filter(line -> line.startsWith(MappedRun.MARK)).map(line -> line.substring(MappedRun.MARK.length())).toList();
    }
}
