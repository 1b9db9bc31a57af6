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
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.Models;
import org.tickwave.bench.model.ScalarForward;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.session.Feed;
import org.tickwave.bench.session.FrameClock;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.session.SessionObserver;
import org.tickwave.bench.setup.LoadedModel;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.setup.MadeOptions;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.sound.SoundDirectory;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.terminal.Terminal;

/** Compares the answers of a loaded network with answers that the test computes. */
@Timeout(120)
class LoadedAnswersTest {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int PASSES = 2;
    private static final int WIDTH = 3;
    private static final int FRAMES = 200;

    @TempDir
    private Path folder;

    private static RunOptions options(
        final Path input, final Format format, final List<Integer> layers, final boolean learn, final Path load, final Path save) {
        final MadeOptions options = new MadeOptions();
        options.input = input.toString();
        options.format = format;
        options.hold = 1;
        options.layers = layers;
        options.learn = learn;
        options.load = load == null ? null : load.toString();
        options.save = save == null ? null : save.toString();
        return options.make();
    }

    private Path save(final Path input, final Format format, final List<Integer> layers) throws RunFailure {
        final Path file = folder.resolve("saved");
        final Terminal terminal = new Terminal(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false, false, false, 80);
        final RunOptions options = options(input, format, layers, true, null, file);
        assertEquals(0, new Run(options, terminal, "test", true, true).execute());
        return file;
    }

    /** The answers, and the report about them. */
    private record Heard(List<float[]> answers, Report report) {
    }

    /** Plays a stream several times to the loaded network. */
    private static Heard answers(final Path path, final Format format, final Path file) throws Exception {
        final RunOptions given = options(path, format, null, false, file, null);
        final LoadedModel loaded = LoadedModel.of(given);
        final RunOptions options = loaded.settle(given);
        final Input input = Input.of(path.toString(), format, options.seed(), loaded.labels(), false);
        final List<float[]> answers = new ArrayList<>();
        try (FrameStream stream = input.open()) {
            final RunPlan plan = RunPlan.of(options, stream, loaded);
            try (Engine engine = Engine.open(plan.description().network(), plan.context());
                Feed feed = plan.feed(stream, input::open, PASSES, Long.MAX_VALUE)) {
                loaded.start(engine, null);
                final SessionObserver observer = (session, tookNs) -> {
                    if (engine.ticks() >= engine.network().layers()) {
                        final float[] answer = new float[engine.network().width(engine.network().layers())];
                        for (int i = 0; i < answer.length; i++) {
                            answer[i] = engine.output().getAtIndex(FLOAT, i);
                        }
                        answers.add(answer);
                    }
                };
                final Report report = new Session(plan.description(), feed, plan.task(), engine, plan.threads(), null, null, observer,
                    new FrameClock(1, Idle.PARK), Double.POSITIVE_INFINITY).run();
                return new Heard(answers, report);
            }
        }
    }

    /** @param inputs inputs of all passes */
    private static void assertAnswers(final Model model, final List<float[]> inputs, final List<float[]> answers) {
        final int last = model.network().layers() - 1;
        assertEquals(inputs.size() - last, answers.size(), "the last answers arrive after the end of the stream");
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
        final Path sounds = SoundDirectory.of(folder.resolve("sounds"), 8_000, 10, List.of("a", "b", "c"));
        final Path file = save(sounds, null, List.of(24, 17));
        final Model model = Models.read(file);
        final List<float[]> inputs = new ArrayList<>();
        try (FrameStream stream = Input.of(sounds.toString(), null, 1).open()) {
            final int width = stream.width();
            final float[] frame = new float[width];
            float[] before = null;
            Recording recording = null;
            while (stream.read(frame)) {
                final float[] input = new float[model.context() * width];
                if (stream.recording() == recording) {
                    System.arraycopy(before, 0, input, width, input.length - width);
                }
                for (int i = 0; i < width; i++) {
                    final double variance = model.normalisation().squares()[i] / model.normalisation().counts()[0];
                    input[i] = (float) ((frame[i] - model.normalisation().mean()[i]) / Math.sqrt(variance));
                }
                recording = stream.recording();
                before = input;
                inputs.add(input);
            }
        }
        assertTrue(inputs.size() > 300, "frames " + inputs.size());
        assertEquals(inputs.size(), model.normalisation().counts()[0]);
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
        final Model model = Models.read(file);
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

    /** The inputs of the frames that have a target. The last frame of a pass has no target. */
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
