package org.tickwave.bench.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.EngineCounters;
import org.tickwave.Network;

/** A tick whose engine is observed: by Agrona counters, and by a JFR recording that holds every hundredth tick. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ObservedTickBenchmark {
    private static final String NAME = "observed";
    private static final String EVENT = "org.tickwave.Tick";
    private static final int SAMPLE_EVERY = 100;
    private static final int COUNTERS = 8;

    /** {@code diffusion}, {@code window:R} or {@code aligned}. */
    @Param("aligned")
    public String rule;

    /** L. */
    @Param("10")
    public int depth;

    /** Neurons in each layer. A narrow tick is short, so that what observers cost can be seen. */
    @Param("64")
    public int width;

    @Param("1")
    public int threads;

    /** {@code on} or {@code off}. */
    @Param("off")
    public String counters;

    /** {@code on} or {@code off}. */
    @Param("off")
    public String events;

    Workload work;
    /** Null if the counters are off. */
    CountersManager manager;
    /** Null if the events are off. */
    private Recording recording;

    @Setup
    public void setUp() {
        final Context context = Workload.context(rule, 1).threads(threads).name(NAME);
        if (on("counters", counters)) {
            manager = new CountersManager(buffer(COUNTERS * CountersReader.METADATA_LENGTH), buffer(COUNTERS * CountersReader.COUNTER_LENGTH));
            context.counters(manager);
        }
        if (on("events", events)) {
            context.sampleEvery(SAMPLE_EVERY);
            recording = new Recording();
            recording.enable(EVENT);
            recording.start();
        }
        final Network network = Workload.chain(depth, width).activation(Activation.LEAKY_RELU).build();
        work = new Workload(rule, depth, width, 1, Engine.open(network, context));
        Answer.verify(work);
    }

    private static UnsafeBuffer buffer(final int bytes) {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(bytes));
    }

    private static boolean on(final String what, final String value) {
        if (!value.equals("on") && !value.equals("off")) {
            throw new IllegalArgumentException(what + " '" + value + "': expected on or off");
        }
        return value.equals("on");
    }

    @Benchmark
    public void tick(final Work counted) {
        tick();
        counted.add(work.weightBytes, work.multiplyAdds);
    }

    /** One tick, not counted. */
    public void tick() {
        work.tick();
    }

    @TearDown
    public void tearDown() throws IOException {
        Answer.verify(work);
        final long ticks = work.engine.ticks();
        if (manager != null) {
            expect("ticks in the counter", ticks, manager.getCounterValue(EngineCounters.find(manager, EngineCounters.TICKS, NAME)));
        }
        final long sampled = (ticks + SAMPLE_EVERY - 1) / SAMPLE_EVERY * work.engine.bands().size();
        work.close();
        if (recording != null) {
            recording.stop();
            expect("ticks in the recording", sampled, recorded());
            recording.close();
        }
    }

    private long recorded() throws IOException {
        final Path file = Files.createTempFile("tickwave", ".jfr");
        long events = 0;
        try {
            recording.dump(file);
            try (RecordingFile read = new RecordingFile(file)) {
                while (read.hasMoreEvents()) {
                    events += read.readEvent().getEventType().getName().equals(EVENT) ? 1 : 0;
                }
            }
        } finally {
            Files.delete(file);
        }
        return events;
    }

    private static void expect(final String what, final long expected, final long found) {
        if (found != expected) {
            throw new IllegalStateException(found + " " + what + ": expected " + expected);
        }
    }
}
