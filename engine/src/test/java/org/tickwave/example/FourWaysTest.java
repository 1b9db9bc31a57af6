package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;

/** The four ways to drive an engine that engine/README.md shows give the same answers, bit for bit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FourWaysTest {
    private static final int READINGS = 5_000;
    private static final Network NETWORK = Network.chain(8, 32, 32, 1).activation(Activation.TANH).build();

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private float[] onTheCallersThread;

    /** A signal to predict. Its values come now and then. Each answer must come once, and in order. */
    private static final class Signal implements Plant {
        private final float[] answers = new float[READINGS + 1];
        private final int bad;
        private int asked;
        private int read;
        private long answered;

        Signal() {
            this(0);
        }

        /** @param bad a reading whose wave the guard refuses */
        Signal(final int bad) {
            this.bad = bad;
            Arrays.fill(answers, Float.NaN);
        }

        @Override
        public boolean open() {
            return read < READINGS;
        }

        @Override
        public boolean read(final float[] frame, final float[] target) {
            if (!open() || ++asked % 3 == 0) {
                return false;
            }
            read++;
            for (int i = 0; i < frame.length; i++) {
                frame[i] = read == bad ? 0x1p30f : value(read - i);
            }
            target[0] = value(read + 1);
            return true;
        }

        @Override
        public void act(final long frame, final float answer) {
            assertTrue(frame > answered, () -> "frame " + frame + " after " + answered);
            answers[(int) frame] = answer;
            answered = frame;
        }

        private static float value(final int i) {
            return (float) (Math.sin(.13 * i) * Math.cos(.031 * i));
        }

        /** The answers that came before the tick of the last reading was over. */
        float[] early() {
            return Arrays.copyOfRange(answers, 1, READINGS - NETWORK.latency() + 2);
        }

        double squaredError(final int from, final int to) {
            return IntStream.range(from, to).mapToDouble(i -> Math.pow(answers[i] - value(i + 1), 2)).average().orElseThrow();
        }
    }

    private static Context context() {
        return new Context().rate(1e-2f).seed(1);
    }

    @BeforeEach
    void noErrors() {
        errors.clear();
    }

    @BeforeAll
    void onTheCallersThreadItLearns() {
        final Signal signal = new Signal();
        CallersThread.run(signal, NETWORK, context());
        assertEquals(READINGS, signal.answered, "the last one's answer has been waited for");
        final double early = signal.squaredError(1, 500);
        final double late = signal.squaredError(READINGS - 1_000, READINGS - 2);
        assertTrue(late < early / 10, () -> early + " at first, " + late + " in the end");
        onTheCallersThread = signal.early();
    }

    @Test
    void asAnAgentAmongOthers() {
        final Signal signal = new Signal();
        AmongAgents.run(signal, NETWORK, context(), errors::add);
        expectTheSame(signal);
    }

    @Test
    void onThreadsOfTheEmbeddersOwn() {
        final Signal signal = new Signal();
        new AgentPerBand(signal, NETWORK).run(context(), errors::add);
        expectTheSame(signal);
    }

    @Test
    void onThreadsThatTheEngineStarts() {
        final Signal signal = new Signal();
        final List<Thread> started = new ArrayList<>();
        EnginesThreads.run(signal, NETWORK, context(), work -> {
            started.add(new Thread(work));
            return started.getLast();
        });
        assertEquals(1, started.size(), "the caller's thread is the other one");
        assertEquals(Thread.State.TERMINATED, started.getFirst().getState());
        expectTheSame(signal);
    }

    @Test
    void noWayActsOnAnAnswerThatTheGuardRefused() {
        final List<Signal> signals = Stream.generate(() -> new Signal(100)).limit(4).toList();
        CallersThread.run(signals.get(0), NETWORK, context().guard(Engine.Guard.COUNT));
        AmongAgents.run(signals.get(1), NETWORK, context().guard(Engine.Guard.COUNT), errors::add);
        new AgentPerBand(signals.get(2), NETWORK).run(context().guard(Engine.Guard.COUNT), errors::add);
        EnginesThreads.run(signals.get(3), NETWORK, context().guard(Engine.Guard.COUNT), Thread::new);
        assertEquals(List.of(), errors);
        for (final Signal signal : signals) {
            assertArrayEquals(signals.getFirst().early(), signal.early());
            final float[] answers = signal.early();
            for (int frame = 1; frame <= answers.length; frame++) {
                assertEquals(frame == 100, Float.isNaN(answers[frame - 1]), "frame " + frame);
            }
        }
    }

    private void expectTheSame(final Signal signal) {
        assertEquals(List.of(), errors);
        assertArrayEquals(onTheCallersThread, signal.early());
    }
}
