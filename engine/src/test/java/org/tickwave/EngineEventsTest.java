package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.event.Events;

/** A recording holds each kind of event, with what the embedder can learn from the engine itself. */
class EngineEventsTest {
    private static final Set<String> KINDS = Set.of("Tick", "GuardTrip", "Stall", "LateFrame", "Checkpoint");
    private static final Network NETWORK = Network.chain(3, 5, 4, 2).build();
    private static final float[] FRAME = {.1f, .2f, .3f};

    @TempDir
    private Path directory;

    private interface Work {
        void run() throws InterruptedException;
    }

    /** The engine's events in the order of their ends. */
    private List<RecordedEvent> recorded(final Work work) throws IOException, InterruptedException {
        final Path file = directory.resolve("run.jfr");
        final Instant from = Instant.now();
        try (Recording recording = new Recording()) {
            KINDS.forEach(kind -> recording.enable("org.tickwave." + kind));
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        final List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().startsWith("org.tickwave."))
            .sorted((one, other) -> one.getEndTime().compareTo(other.getEndTime())).toList();
        // An event object is used again, and must not keep the times of an earlier test.
        events.forEach(event -> assertTrue(event.getStartTime().isAfter(from.minusSeconds(1)), event::toString));
        return events;
    }

    private static String text(final RecordedEvent event, final String... but) {
        final Set<String> left = Set.of(but);
        return event.getEventType().getName().replace("org.tickwave.", "") + event.getFields().stream().map(ValueDescriptor::getName)
            .filter(name -> !Set.of("startTime", "duration", "eventThread", "stackTrace").contains(name) && !left.contains(name))
            .map(name -> " " + name + "=" + event.getValue(name)).collect(Collectors.joining());
    }

    private static void trip(final Engine engine) {
        final float[] weights = new float[15];
        Arrays.fill(weights, 1 << 20);
        engine.setWeights(1, weights, new float[5]);
        engine.input(new float[] {1 << 29, 1 << 29, 1 << 29});
    }

    @Test
    void aSampledTickHasTheTimesOfItsBand() throws IOException, InterruptedException {
        final long[] ns = new long[2];
        final List<RecordedEvent> events = recorded(() -> {
            try (Engine engine = Engine.open(NETWORK, new Context().name("camera").sampleEvery(10))) {
                engine.input(FRAME).advance(31);
                ns[0] = engine.bands().getFirst().workedNs();
                ns[1] = engine.bands().getFirst().waitedNs();
            }
        });
        assertEquals(List.of("Tick engine=camera band=0 tick=0", "Tick engine=camera band=0 tick=10", "Tick engine=camera band=0 tick=20",
            "Tick engine=camera band=0 tick=30"), events.stream().map(event -> text(event, "worked", "waited")).toList());
        assertEquals(ns[0], events.stream().mapToLong(event -> event.getDuration("worked").toNanos()).sum());
        assertEquals(ns[1], events.stream().mapToLong(event -> event.getDuration("waited").toNanos()).sum());
        for (final RecordedEvent event : events) {
            assertTrue(event.getDuration().compareTo(Duration.ZERO) > 0, event::toString);
            assertEquals(Thread.currentThread().getName(), event.getThread().getJavaName());
            assertEquals(null, event.getStackTrace());
        }
    }

    @Test
    void eachBandHasItsTicks() throws IOException, InterruptedException {
        final List<RecordedEvent> events = recorded(() -> {
            try (Engine engine = Engine.open(NETWORK, new Context().name("camera").threads(3).sampleEvery(1))) {
                engine.input(FRAME).advance(50);
            }
        });
        assertEquals(150, events.size());
        for (final RecordedEvent event : events.stream().filter(event -> event.getInt("band") > 0).toList()) {
            assertEquals("camera." + event.getInt("band"), event.getThread().getJavaName());
        }
        for (int b = 0; b < 3; b++) {
            final int band = b;
            assertEquals(50 * 49 / 2, events.stream().filter(event -> event.getInt("band") == band).mapToLong(event -> event.getLong("tick")).sum());
        }
    }

    @Test
    void aGuardTripNamesItsLayerAndTick() throws IOException, InterruptedException {
        final long[] first = new long[2];
        final List<RecordedEvent> events = recorded(() -> {
            try (Engine engine = Engine.open(NETWORK, new Context().name("camera").bands(3))) {
                engine.input(FRAME).advance(4);
                trip(engine);
                final GuardTripException e = assertThrows(GuardTripException.class, engine::tick);
                first[0] = e.layer();
                first[1] = e.tick();
                assertEquals(1, e.trips());
            }
        });
        assertEquals(List.of("GuardTrip engine=camera band=0 layer=1 layerName=1 tick=4"), events.stream().map(event -> text(event)).toList());
        assertEquals("1 4", first[0] + " " + first[1]);
    }

    @Test
    void aStallNamesItsBandAndLimit() throws IOException, InterruptedException {
        final List<RecordedEvent> events = recorded(() -> {
            try (Engine engine = Engine.open(NETWORK, new Context().name("camera").bands(2).stallLimitNs(1_234_567))) {
                engine.agent(1);
                engine.input(FRAME);
                assertThrows(BandStalledException.class, engine::tick);
            }
        });
        assertEquals(List.of("Stall engine=camera band=1 tick=0"), events.stream().map(event -> text(event, "limit")).toList());
        assertEquals(1_234_567, events.getFirst().getDuration("limit").toNanos());
        assertTrue(events.getFirst().getStackTrace().getFrames().stream().anyMatch(frame -> frame.getMethod().getName().equals("tick")));
    }

    @Test
    void aLateFrameIsTheEmbedders() throws IOException, InterruptedException {
        final List<RecordedEvent> events = recorded(() -> {
            try (Engine engine = Engine.open(NETWORK, new Context())) {
                engine.input(FRAME).tick();
                engine.lateFrame(engine.frames(), 1_000, 7);
                engine.lateFrame(2, 1_000, 8);
            }
        });
        assertEquals(List.of("LateFrame frame=1", "LateFrame frame=2"), events.stream().map(event -> text(event, "engine", "budget", "late")).toList());
        assertTrue(events.getFirst().getString("engine").matches("tickwave-\\d+"), events::toString);
        assertEquals(7, events.get(0).getDuration("late").toNanos());
        assertEquals(8, events.get(1).getDuration("late").toNanos());
        assertEquals(1_000, events.get(1).getDuration("budget").toNanos());
        assertFalse(events.get(0).getStartTime().equals(events.get(1).getStartTime()));
    }

    @Test
    void aCheckpointLastsAsLongAsItsPause() throws IOException, InterruptedException {
        final Events camera = new Events(() -> "camera", 1, false);
        final long[] ns = new long[1];
        final List<RecordedEvent> events = recorded(() -> {
            for (int i = 0; i < 2; i++) {
                camera.beginCheckpoint();
                final long from = System.nanoTime();
                while (System.nanoTime() - from < 1_000_000) {
                    Thread.onSpinWait();
                }
                ns[0] += System.nanoTime() - from;
                camera.endCheckpoint(17, 4096);
            }
        });
        assertEquals(List.of("Checkpoint engine=camera ticks=17 size=4096", "Checkpoint engine=camera ticks=17 size=4096"),
            events.stream().map(event -> text(event)).toList());
        assertTrue(events.stream().mapToLong(event -> event.getDuration().toNanos()).sum() >= ns[0] - 10_000);
    }

    /** Engines of the warm-up trip. */
    @Test
    void theWarmUpMakesNoEvents() throws IOException, InterruptedException {
        final List<RecordedEvent> events = recorded(() -> {
            final Network network = Network.chain(2, 3, 1).activation(Activation.RELU).build();
            try (Engine engine = Engine.open(network, new Context().warmUp(true).sampleEvery(1))) {
                engine.input(new float[2]).tick();
            }
        });
        assertEquals(List.of("Tick band=0 tick=0"), events.stream().map(event -> text(event, "engine", "worked", "waited")).toList());
    }

    /** What a recording without settings of its own shows, and what a user reads about it. */
    @Test
    void everyKindIsDescribed() {
        // The events of the other tests may not be loaded yet.
        new Events(() -> "camera", 1, false).endCheckpoint(0, 0);
        final List<jdk.jfr.EventType> types = FlightRecorder.getFlightRecorder().getEventTypes().stream()
            .filter(type -> type.getName().startsWith("org.tickwave.")).toList();
        assertEquals(KINDS.stream().map(kind -> "org.tickwave." + kind).collect(Collectors.toSet()),
            types.stream().map(jdk.jfr.EventType::getName).collect(Collectors.toSet()));
        for (final jdk.jfr.EventType type : types) {
            assertEquals(List.of("tickwave"), type.getCategoryNames());
            assertFalse(type.getDescription().isBlank());
            for (final ValueDescriptor field : type.getFields()) {
                assertFalse(field.getLabel() == null, field::getName);
            }
        }
    }

    /** The source waits without idling while the recording begins and ends. */
    @Test
    void aRecordingMayBeginAndEndAtAnyTime() throws IOException, InterruptedException {
        try (Engine engine = Engine.open(NETWORK, new Context().name("camera").sampleEvery(1).idleStrategy(NoOpIdleStrategy::new))) {
            engine.input(FRAME).advance(10);
            assertEquals(5, recorded(() -> engine.advance(5)).size());
            engine.advance(10);
            assertEquals(3, recorded(() -> engine.advance(3)).size());
        }
    }
}
