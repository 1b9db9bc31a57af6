package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.HdrHistogram.Histogram;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;

/** The application's commands are right, and its thread allocates nothing. Prints the latency from a reading to its command. */
@Tag("allocation")
class DutyCycleTest {
    private static final Network NETWORK = Network.chain(DutyCycle.SENSORS, 32, 32, 1).activation(Activation.TANH).build();
    private static final int BATCH = 2_000;
    /** Batches to run before counting: the JVM compiles the thread's own loop once more in that time. */
    private static final int WARM = 10;
    /** Batches in a row that must allocate nothing. */
    private static final int QUIET = 5;
    private static final int ATTEMPTS = 100;
    private static final long PERIOD_NS = 50_000;

    private final OneToOneRingBuffer readings = ring();
    private final OneToOneRingBuffer commands = ring();
    private final Histogram latencyNs = new Histogram(3);
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final float[] answers = new float[(WARM + ATTEMPTS) * BATCH];
    private int sent;
    private int received;

    private static OneToOneRingBuffer ring() {
        return new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect((1 << 18) + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    private static Context context() {
        return new Context().rule(Rule.aligned()).hold(NETWORK.layers()).rate(3e-2f).warmUp(true);
    }

    @Test
    void aReadingIsAnsweredBeforeTheNextOneIsReadAndNothingIsAllocated() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(ManagementFactory.getCompilationMXBean() != null, "nothing compiles here");
        try (Engine engine = Engine.open(NETWORK, context())) {
            final DutyCycle cycle = new DutyCycle(readings, commands, engine, latencyNs);
            try (AgentRunner runner = new AgentRunner(new YieldingIdleStrategy(), errors::add, null, cycle)) {
                final long id = AgentRunner.startOnThread(runner).threadId();
                long bytes = -1;
                int quiet = 0;
                for (int batch = 0; batch < WARM + ATTEMPTS && quiet < QUIET; batch++) {
                    if (batch == WARM) {
                        latencyNs.reset();
                    }
                    final long before = threads.getThreadAllocatedBytes(id);
                    send();
                    bytes = threads.getThreadAllocatedBytes(id) - before;
                    quiet = bytes == 0 && batch >= WARM ? quiet + 1 : 0;
                }
                assertTrue(threads.getThreadAllocatedBytes(id) > 0, "this JVM does not count allocated bytes");
                assertEquals(QUIET, quiet, bytes + " bytes in the last " + BATCH + " messages");
            }
            assertEquals(0, cycle.lost());
        }
        assertEquals(List.of(), errors);
        expectTheAnswersOfAPlainLoop();
        print();
    }

    /** Sends a batch at a fixed pace, and waits for its answers. */
    private void send() {
        final int end = sent + BATCH;
        long next = System.nanoTime();
        while (received < end) {
            if (sent < end && System.nanoTime() - next >= 0) {
                next += PERIOD_NS;
                write(sent++);
            }
            if (commands.read(this::take) == 0) {
                Thread.yield();
            }
            assertEquals(List.of(), errors);
        }
    }

    private void write(final int i) {
        final int index = readings.tryClaim(DutyCycle.TYPE, DutyCycle.READING_BYTES);
        assertTrue(index > 0, "the ring of readings is full");
        final MutableDirectBuffer to = readings.buffer();
        for (int s = 0; s < DutyCycle.SENSORS; s++) {
            to.putFloat(index + DutyCycle.FRAME_OFFSET + s * Float.BYTES, sensor(i, s));
        }
        to.putFloat(index + DutyCycle.TARGET_OFFSET, slow(i));
        to.putLong(index + DutyCycle.AT_OFFSET, System.nanoTime());
        readings.commit(index);
    }

    private void take(final int type, final MutableDirectBuffer from, final int index, final int length) {
        answers[received++] = from.getFloat(index + DutyCycle.COMMAND_OFFSET);
    }

    private static float sensor(final int i, final int s) {
        return (float) Math.sin(.013 * i * (s % 4 + 1) + s);
    }

    private static float slow(final int i) {
        return (float) (Math.sin(.013 * i) * Math.cos(.026 * i));
    }

    private void expectTheAnswersOfAPlainLoop() {
        final float[] frame = new float[DutyCycle.SENSORS];
        final float[] target = new float[1];
        double error = 0;
        try (Engine engine = Engine.open(NETWORK, context())) {
            for (int i = 0; i < sent; i++) {
                for (int s = 0; s < frame.length; s++) {
                    frame[s] = sensor(i, s);
                }
                target[0] = slow(i);
                engine.input(frame).target(target);
                for (int t = 0; t < NETWORK.layers(); t++) {
                    engine.tick();
                }
                assertEquals(i + 1, engine.answeredFrame());
                assertEquals(engine.output().get(ValueLayout.JAVA_FLOAT, 0), answers[i], "reading " + i);
                error += i < sent - 1_000 ? 0 : Math.pow(answers[i] - target[0], 2) / 1_000;
            }
        }
        final double last = error;
        assertTrue(last < .01, () -> "mean squared error " + last);
    }

    private void print() {
        assertEquals(sent - WARM * BATCH, latencyNs.getTotalCount());
        System.out.printf("reading to command, %,d readings:", latencyNs.getTotalCount());
        for (final double percentile : new double[] {50, 90, 99, 99.9, 100}) {
            System.out.printf("  %s %% %.1f us", percentile, latencyNs.getValueAtPercentile(percentile) / 1e3);
        }
        System.out.println();
    }
}
