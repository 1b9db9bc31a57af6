package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Engine;
import org.tickwave.Rule;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.ModelFile;
import org.tickwave.bench.model.ScalarForward;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.stream.Input;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.stream.SoundFolder;
import org.tickwave.bench.stream.Source;

/** What a loaded network answers to the frames of a stream, beside inputs and answers that are made here by hand. */
@Timeout(120)
class LoadedAnswersTest {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int PASSES = 2;
    private static final int WIDTH = 3;
    private static final int FRAMES = 200;

    @TempDir
    private Path folder;

    private static Settings settings(
        final Path input, final Format format, final List<Integer> layers, final boolean learn, final Path load, final Path save) {
        return new Settings(input.toString(), format, null, null, null, Rule.aligned(), null, layers, null, null, null, null, null,
            null, 1, false, false, learn, 1, Idle.PARK, 0, load == null ? null : load.toString(), save == null ? null : save.toString());
    }

    private Path save(final Path input, final Format format, final List<Integer> layers) throws RunFailure {
        final Path file = folder.resolve("saved");
        final Terminal terminal = new Terminal(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false, false, false, 80);
        final Settings settings = settings(input, format, layers, true, null, file);
        assertEquals(0, new Run(settings, terminal, "test", true, true).execute());
        return file;
    }

    /** What was answered, and how that was reported. */
    private record Heard(List<float[]> answers, Report report) {
    }

    /** Plays a stream several times to what was saved. */
    private static Heard answers(final Path input, final Format format, final Path file) throws Exception {
        final Settings given = settings(input, format, null, false, file, null);
        final Loading loading = Loading.of(given);
        final Settings settings = loading.settle(given);
        final Input stream = Input.of(input.toString(), format, settings.seed(), loading.labels());
        final List<float[]> answers = new ArrayList<>();
        try (Source source = stream.open()) {
            final Plan plan = Plan.of(settings, source, loading);
            try (Engine engine = Engine.open(plan.setup().network(), plan.context());
                Feed feed = plan.feed(source, stream::open, PASSES, Long.MAX_VALUE)) {
                loading.start(engine, null);
                final Watch watch = (session, tookNs) -> {
                    if (engine.ticks() >= engine.network().layers()) {
                        final float[] answer = new float[engine.network().width(engine.network().layers())];
                        for (int i = 0; i < answer.length; i++) {
                            answer[i] = engine.output().getAtIndex(FLOAT, i);
                        }
                        answers.add(answer);
                    }
                };
                final Report report = new Session(plan.setup(), feed, plan.task(), engine, plan.threads(), null, watch,
                    new FrameClock(1, Idle.PARK), Double.POSITIVE_INFINITY).run();
                return new Heard(answers, report);
            }
        }
    }

    /** @param inputs of all passes */
    private static void assertAnswers(final Model model, final List<float[]> inputs, final List<float[]> answers) {
        final int last = model.network().layers() - 1;
        assertEquals(inputs.size() - last, answers.size(), "all but what the end of the stream brings");
        for (int i = 0; i < answers.size(); i++) {
            final double[] expected = ScalarForward.answer(model, inputs.get(i));
            double largest = 0;
            for (final double v : expected) {
                largest = Math.max(largest, Math.abs(v));
            }
            for (int k = 0; k < expected.length; k++) {
                assertEquals(expected[k], answers.get(i)[k], 1e-5 * largest, "answer " + i + ", output " + k);
            }
        }
    }

    @Test
    void recordingsAreAnsweredAsByAScalarForwardPassFromTheFirstFrameOn() throws Exception {
        final Path sounds = SoundFolder.of(folder.resolve("sounds"), 8_000, 10, List.of("a", "b", "c"));
        final Path file = save(sounds, null, List.of(24, 17));
        final Model model = ModelFile.read(file);
        final List<float[]> inputs = new ArrayList<>();
        try (Source source = Input.of(sounds.toString(), null, 1).open()) {
            final int width = source.width();
            final float[] frame = new float[width];
            float[] before = null;
            Recording recording = null;
            while (source.read(frame)) {
                final float[] input = new float[model.context() * width];
                if (source.recording() == recording) {
                    System.arraycopy(before, 0, input, width, input.length - width);
                }
                for (int i = 0; i < width; i++) {
                    final double variance = model.normalisation().squares()[i] / model.normalisation().count();
                    input[i] = (float) ((frame[i] - model.normalisation().mean()[i]) / Math.sqrt(variance));
                }
                recording = source.recording();
                before = input;
                inputs.add(input);
            }
        }
        assertTrue(inputs.size() > 300, "frames " + inputs.size());
        assertEquals(inputs.size(), model.normalisation().count());
        inputs.addAll(List.copyOf(inputs));
        assertAnswers(model, inputs, answers(sounds, null, file).answers);
    }

    private Path numbers() throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(FRAMES * WIDTH * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < FRAMES * WIDTH; i++) {
            bytes.putFloat((float) Math.sin(i * .07 + i % WIDTH));
        }
        return Files.write(folder.resolve("numbers"), bytes.array());
    }

    @Test
    void changesAreAnsweredAsByAScalarForwardPassFromTheFirstFrameOn() throws Exception {
        final Format format = Format.parse("f32:3@100");
        final Path numbers = numbers();
        final Path file = save(numbers, format, List.of(24));
        final Model model = ModelFile.read(file);
        final List<float[]> inputs = new ArrayList<>();
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(numbers)).order(ByteOrder.LITTLE_ENDIAN);
        float[] before = new float[model.context() * WIDTH];
        for (int i = 0; i < PASSES * FRAMES; i++) {
            final float[] input = new float[before.length];
            System.arraycopy(before, WIDTH, input, 2 * WIDTH, input.length - 2 * WIDTH);
            for (int k = 0; k < WIDTH; k++) {
                input[k] = bytes.getFloat((i % FRAMES * WIDTH + k) * Float.BYTES);
                input[WIDTH + k] = i % FRAMES == 0 ? 0 : model.gain() * (input[k] - before[k]);
            }
            before = input;
            inputs.add(input);
        }
        final Heard heard = answers(numbers, format, file);
        assertAnswers(model, inputs, heard.answers);
        assertEquals(crc(heard.answers), heard.report.answersCrc());
    }

    /** Of frames that have a target: the last of a pass has none. */
    private static String crc(final List<float[]> answers) {
        final CRC32C crc = new CRC32C();
        final ByteBuffer bytes = ByteBuffer.allocate(WIDTH * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < PASSES * FRAMES; i++) {
            if (i % FRAMES < FRAMES - 1) {
                bytes.clear().asFloatBuffer().put(answers.get(i));
                crc.update(bytes);
            }
        }
        return String.format("%08x", crc.getValue());
    }
}
