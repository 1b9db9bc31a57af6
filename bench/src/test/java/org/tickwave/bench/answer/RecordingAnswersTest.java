package org.tickwave.bench.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Loss;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.report.AnswerCounts;
import org.tickwave.bench.report.Hold;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.report.Threads;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.task.ClassifyTask;

/** Answers to recordings, from outputs that the test makes. */
class RecordingAnswersTest {
    private static final List<String> LABELS = List.of("a", "b", "c");
    private static final Network NETWORK = Network.chain(1, 4, 3).loss(Loss.SOFTMAX_CROSS_ENTROPY).build();
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private record Played(byte[] bytes, AnswerCounts counts) {
    }

    /** Plays recordings; an output that is null was refused by the guard. */
    private static Played play(final AnswerOptions.Format format, final List<List<float[]>> recordings) {
        final ClassifyTask task = new ClassifyTask(1, 1, LABELS.size(), null);
        final BlockedChannel channel = new BlockedChannel();
        channel.unblock();
        final RunDescription description = new RunDescription("made", "classify", LABELS, List.of(), null, 1, 100, 1e7, NETWORK, Rule.aligned(),
            new Hold(1, null), 0, 1, 1, 0, 1, 0, 0, null, false, true, new Threads(1, null, "spin", 2), null, null);
        try (Engine engine = Engine.open(NETWORK, new Context().learning(false)); Arena arena = Arena.ofConfined()) {
            final Answers answers = Answers.of(new AnswerOptions("test", AnswerOptions.From.WAVE, format), description, engine, task);
            answers.start(channel, format, description, e -> { });
            final MemorySegment x = arena.allocate(FLOAT, LABELS.size());
            final List<float[]> outputs = new ArrayList<>();
            long frame = 0;
            for (int i = 0; i < recordings.size(); i++) {
                final Recording recording = new Recording("r," + i, LABELS.get(i), i, false, false);
                for (final float[] output : recordings.get(i)) {
                    task.push(new double[] {1}, !outputs.isEmpty(), recording);
                    answers.fed(++frame);
                    engine.input(task.input());
                    outputs.add(output);
                    tick(engine, answers, x, outputs);
                }
            }
            for (int i = 0; i < NETWORK.layers(); i++) {
                tick(engine, answers, x, outputs);
            }
            final AnswerCounts counts = answers.finish();
            return new Played(channel.written(), counts);
        }
    }

    /** The output of the frame that was fed L ticks before. */
    private static void tick(final Engine engine, final Answers answers, final MemorySegment x, final List<float[]> outputs) {
        engine.tick();
        final int of = (int) engine.ticks() - NETWORK.layers();
        final float[] output = of < 0 || of >= outputs.size() ? null : outputs.get(of);
        for (int i = 0; i < LABELS.size(); i++) {
            x.setAtIndex(FLOAT, i, output == null ? Float.NaN : output[i]);
        }
        answers.ticked(engine.ticks(), 0, x, output != null);
    }

    private static float[] of(final float... logits) {
        return logits;
    }

    @Test
    void theProbabilityIsTheSoftmaxOfTheMeanLogProbability() {
        final List<List<float[]>> recordings = new ArrayList<>();
        recordings.add(new ArrayList<>(List.of(of(1, 2, 3), of(0, 5, 0), of(2, 2, -7))));
        recordings.get(0).add(1, null);
        recordings.add(new ArrayList<>());
        recordings.get(1).add(null);
        recordings.add(List.of(of(-4, 0, 4)));
        final Played played = play(AnswerOptions.Format.F32, recordings);
        assertEquals(new AnswerCounts(3, 1, 0, Double.NaN), played.counts);
        final ByteBuffer bytes = ByteBuffer.wrap(played.bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(3 * 3 * Float.BYTES, bytes.remaining());
        for (final List<float[]> outputs : recordings) {
            final double[] mean = new double[LABELS.size()];
            for (final float[] output : outputs) {
                double sum = 0;
                for (int i = 0; output != null && i < mean.length; i++) {
                    sum += Math.exp(output[i]);
                }
                for (int i = 0; output != null && i < mean.length; i++) {
                    mean[i] += output[i] - Math.log(sum);
                }
            }
            final long heard = outputs.stream().filter(output -> output != null).count();
            double sum = 0;
            for (int i = 0; i < mean.length; i++) {
                mean[i] = Math.exp(mean[i] / Math.max(1, heard));
                sum += mean[i];
            }
            for (final double probability : mean) {
                assertEquals(probability / sum, bytes.getFloat(), 1e-6);
            }
        }
    }

    @Test
    void aRecordingWithoutAGoodAnswerHasNoRow() {
        final List<List<float[]>> recordings = new ArrayList<>();
        recordings.add(List.of(of(9, 0, 0), of(9, 0, 0)));
        recordings.add(new ArrayList<>());
        recordings.get(1).add(null);
        recordings.add(List.of(of(0, 100, 0)));
        final Played played = play(AnswerOptions.Format.CSV, recordings);
        final List<String> lines = new String(played.bytes, StandardCharsets.UTF_8).lines().toList();
        assertEquals("recording,label,probability,true_label", lines.get(0));
        assertEquals("\"r,0\",a,0.99975", lines.get(1).substring(0, "\"r,0\",a,0.99975".length()));
        assertEquals("\"r,2\",b,1.0,c", lines.get(2));
        assertEquals(3, lines.size());
    }
}
