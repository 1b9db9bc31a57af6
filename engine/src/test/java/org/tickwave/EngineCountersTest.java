package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The counters say what the engine has done, also to another process, and exist as long as the engine is open. */
class EngineCountersTest {
    private static final int COUNTERS = 16;
    private static final int VALUES_BYTES = COUNTERS * CountersReader.COUNTER_LENGTH;
    private static final int METADATA_BYTES = COUNTERS * CountersReader.METADATA_LENGTH;
    private static final Network NETWORK = Network.chain(3, 5, 4, 2).build();
    private static final float[] FRAME = {.1f, .2f, .3f};
    private static final float[] LARGE = {1 << 29, 1 << 29, 1 << 29};

    private final CountersManager counters = counters(COUNTERS);

    private static CountersManager counters(final int count) {
        return new CountersManager(buffer(count * CountersReader.METADATA_LENGTH), buffer(count * CountersReader.COUNTER_LENGTH));
    }

    private static UnsafeBuffer buffer(final int bytes) {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(bytes));
    }

    private Context context() {
        return new Context().name("camera").counters(counters);
    }

    private void expect(final String values) {
        assertEquals(values, Reader.values(counters, "camera"));
    }

    private List<String> labels() {
        final List<String> labels = new ArrayList<>();
        counters.forEach((id, label) -> labels.add(counters.getCounterTypeId(id) + " " + label));
        return labels;
    }

    @Test
    void theySayTypeAndName() {
        try (Engine engine = Engine.open(NETWORK, context())) {
            assertEquals(0, engine.ticks());
            assertEquals(List.of("8401 camera: ticks", "8402 camera: frames", "8403 camera: guard trips", "8404 camera: stalls"), labels());
            final List<String> keys = new ArrayList<>();
            counters.forEach((id, type, key, label) -> keys.add(key.getInt(0) + key.getStringWithoutLengthAscii(4, 6)));
            assertEquals(List.of("6camera", "6camera", "6camera", "6camera"), keys);
        }
    }

    @Test
    void anEngineWithoutANameHasANumber() {
        try (Engine engine = Engine.open(NETWORK, new Context().counters(counters).bands(2))) {
            final String thread = engine.agent(1).roleName();
            assertTrue(thread.matches("tickwave-\\d+\\.1"), thread);
            assertEquals("0 0 0 0", Reader.values(counters, thread.substring(0, thread.indexOf('.'))));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void ticksAndFramesAreCounted(final int threads) {
        try (Engine engine = Engine.open(NETWORK, context().threads(threads))) {
            expect("0 0 0 0");
            engine.input(FRAME).tick();
            expect("1 1 0 0");
            engine.advance(5);
            expect("6 1 0 0");
            engine.input(FRAME).commit(3);
            expect("9 2 0 0");
            engine.await();
            engine.reset();
            expect("9 2 0 0");
            assertThrows(IllegalStateException.class, engine::commit);
            expect("9 2 0 0");
        }
    }

    /** The engine's own count goes back to 0 with each exception. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void guardTripsAreCountedAndNeverForgotten(final int threads) {
        try (Engine engine = Engine.open(NETWORK, context().threads(threads))) {
            final float[] weights = new float[15];
            Arrays.fill(weights, 1 << 20);
            engine.setWeights(1, weights, new float[5]);
            long trips = 0;
            for (int i = 0; i < 3; i++) {
                trips += assertThrows(GuardTripException.class, () -> engine.input(LARGE).tick()).trips();
                assertEquals(0, engine.guardTrips());
                expect(engine.ticks() + " " + engine.frames() + " " + trips + " 0");
            }
            assertTrue(trips >= 3);
        }
    }

    @Test
    void aSourceThatOnlyCommitsNeedNotAskForGuardTrips() {
        try (Engine engine = Engine.open(NETWORK, context().guard(Engine.Guard.COUNT))) {
            final WaveAgent agent = engine.agent(0);
            final float[] weights = new float[15];
            Arrays.fill(weights, 1 << 20);
            engine.setWeights(1, weights, new float[5]);
            engine.input(LARGE).commit();
            expect("1 1 0 0");
            assertEquals(1, agent.doWork());
            expect("1 1 " + engine.guardTrips() + " 0");
            assertTrue(engine.guardTrips() > 0);
        }
    }

    @Test
    void stallsAreCounted() {
        try (Engine engine = Engine.open(NETWORK, context().bands(2).stallLimitNs(1_000_000))) {
            engine.agent(1);
            engine.input(FRAME);
            assertThrows(BandStalledException.class, engine::tick);
            expect("1 1 0 1");
            assertThrows(BandStalledException.class, engine::await);
            expect("1 1 0 2");
        }
    }

    @Test
    void enginesHaveCountersOfTheirOwn() {
        try (Engine engine = Engine.open(NETWORK, context())) {
            final Engine other = Engine.open(NETWORK, context().name("camera2"));
            other.input(FRAME).tick();
            expect("0 0 0 0");
            assertEquals("1 1 0 0", Reader.values(counters, "camera2"));
            other.close();
            other.close();
            assertEquals("none none none none", Reader.values(counters, "camera2"));
            engine.input(FRAME).tick();
            expect("1 1 0 0");
        }
        assertEquals(List.of(), labels());
    }

    @Test
    void anImageThatGoesOnCountsOn() {
        try (ImageArena arena = new ImageArena(Arena.ofShared())) {
            try (Engine engine = Engine.open(NETWORK, context().arena(arena))) {
                engine.input(FRAME).advance(7);
            }
            try (Engine engine = Engine.attach(NETWORK, context().arena(new Slab(arena.image())))) {
                expect("7 1 0 0");
                engine.input(FRAME).tick();
                expect("8 2 0 0");
            }
        }
    }

    @Test
    void anEngineThatDoesNotOpenLeavesNoCounter() {
        assertThrows(IllegalStateException.class, () -> Engine.open(NETWORK, context().threads(2).threadFactory(work -> null)));
        assertEquals(List.of(), labels());
    }

    @Test
    void withoutSpaceForAllThereIsNone() {
        final CountersManager small = counters(3);
        assertThrows(IllegalStateException.class, () -> Engine.open(NETWORK, context().counters(small)));
        small.forEach((id, label) -> assertEquals("no counter", label));
        assertEquals("none none none none", Reader.values(small, "camera"));
    }

    /** The warm-up ticks, trips and stalls in engines of its own. */
    @Test
    void theWarmUpIsNotCounted() {
        try (Engine engine = Engine.open(Network.chain(2, 3, 1).activation(Activation.LEAKY_RELU).build(), context().warmUp(true))) {
            assertEquals(0, engine.ticks());
            expect("0 0 0 0");
            assertEquals(4, labels().size());
        }
    }

    /** Foreign counters may have any key. */
    @Test
    void foreignCountersAreNotFound() {
        counters.allocate("foreign", EngineCounters.TICKS, key -> key.putInt(0, Integer.MAX_VALUE));
        counters.allocate("foreign", EngineCounters.FRAMES, key -> key.putInt(0, -1));
        expect("none none none none");
        counters.allocate("foreign", EngineCounters.STALLS, key -> key.putInt(0, 200));
        assertEquals("none none none none", Reader.values(counters, "n".repeat(200)));
    }

    @Test
    void anotherProcessReadsThem(@TempDir final Path directory) throws IOException, InterruptedException {
        final Path file = directory.resolve("counters");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, VALUES_BYTES + METADATA_BYTES);
            final CountersManager shared =
                new CountersManager(new UnsafeBuffer(mapped, VALUES_BYTES, METADATA_BYTES), new UnsafeBuffer(mapped, 0, VALUES_BYTES));
            try (Engine engine = Engine.open(NETWORK, new Context().name("camera").counters(shared).bands(2).stallLimitNs(1_000_000))) {
                final WaveAgent agent = engine.agent(1);
                engine.input(FRAME);
                assertThrows(BandStalledException.class, () -> engine.advance(3));
                assertEquals("read: 3 1 0 1", anotherProcess(file));
                for (int t = 0; t < 3; t++) {
                    assertThrows(BandStalledException.class, engine::await);
                    final Thread thread = new Thread(agent::doWork);
                    thread.start();
                    thread.join();
                }
                engine.await();
                assertEquals("read: 3 1 0 4", anotherProcess(file));
            }
            assertEquals("read: none none none none", anotherProcess(file));
        }
    }

    private static String anotherProcess(final Path file) throws IOException, InterruptedException {
        final Process child = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED",
            "-cp", System.getProperty("java.class.path"), Reader.class.getName(), file.toString()).redirectErrorStream(true).start();
        final String said = new String(child.getInputStream().readAllBytes()).strip();
        assertEquals(0, child.waitFor(), said);
        return said;
    }

    /** The other process. It runs no network, so it needs no Vector API. */
    static final class Reader {
        private Reader() {
        }

        static String values(final CountersReader reader, final String engine) {
            final StringBuilder values = new StringBuilder();
            for (final int type : List.of(EngineCounters.TICKS, EngineCounters.FRAMES, EngineCounters.TRIPS, EngineCounters.STALLS)) {
                final int id = EngineCounters.find(reader, type, engine);
                values.append(id < 0 ? "none" : reader.getCounterValue(id)).append(' ');
            }
            return values.toString().strip();
        }

        /** The argument is the file. */
        public static void main(final String[] args) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(args[0]))) {
                final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
                System.out.println("read: " + values(new CountersReader(
                    new UnsafeBuffer(mapped, VALUES_BYTES, METADATA_BYTES), new UnsafeBuffer(mapped, 0, VALUES_BYTES)), "camera"));
            }
        }
    }
}
