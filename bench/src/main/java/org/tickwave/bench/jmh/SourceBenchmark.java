package org.tickwave.bench.jmh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.table.TableOptions;

/** A frame from each kind of source, read from a temporary file that the system keeps in memory. The work is the bytes of the file. */
public class SourceBenchmark extends Timed {
    /** The file is opened again after this many frames. */
    private static final int FRAMES = 1_000;
    private static final int VERIFIED = 3;

    /** A source of frames without end. */
    public abstract static class Source {
        float[] frame;
        private Path file;
        private Input input;
        private FrameStream stream;
        private long frameBytes;

        @Setup
        public void setUp() throws IOException {
            file = Files.createTempFile("tickwave-source", ending());
            Files.write(file, content());
            frameBytes = Files.size(file) / FRAMES;
            input = input(file.toString());
            stream = input.open();
            frame = new float[stream.width()];
            verify();
        }

        @TearDown
        public void tearDown() throws IOException {
            verify();
            stream.close();
            Files.delete(file);
        }

        final float[] next(final Work counted) throws IOException {
            if (!stream.read(frame)) {
                again();
                stream.read(frame);
            }
            counted.add(frameBytes, 0);
            return frame;
        }

        private void again() throws IOException {
            stream.close();
            stream = input.open();
        }

        /** Expects the first frames. */
        void verify() throws IOException {
            again();
            for (int k = 0; k < VERIFIED; k++) {
                final double[] expected = expected(k);
                if (!stream.read(frame) || expected.length != frame.length) {
                    throw new IllegalStateException("frame " + k + ": expected " + expected.length + " numbers");
                }
                Expect.near("frame " + k + ", number", expected, frame, tolerance());
            }
        }

        String ending() {
            return ".bin";
        }

        abstract byte[] content();

        abstract double[] expected(int number);

        Input input(final String path) throws IOException {
            return Input.of(path, null, 0);
        }

        double tolerance() {
            return 0;
        }
    }

    /** Raw float32. */
    @State(Scope.Thread)
    public static class Raw extends Source {
        /** Numbers in a frame. */
        @Param("64")
        public int numbers;

        @Override
        byte[] content() {
            final ByteBuffer bytes = ByteBuffer.allocate(FRAMES * numbers * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int k = 0; k < FRAMES; k++) {
                for (final double number : expected(k)) {
                    bytes.putFloat((float) number);
                }
            }
            return bytes.array();
        }

        @Override
        double[] expected(final int number) {
            return IntStream.range(0, numbers).mapToDouble(i -> (number * 31 + i * 7) % 1_000 / 8.0).toArray();
        }

        @Override
        Input input(final String path) throws IOException {
            return Input.of(path, Format.parse("f32:" + numbers), 0);
        }
    }

    /** Video, 4:2:0. Each picture has one brightness. */
    @State(Scope.Thread)
    public static class Video extends Source {
        private static final double WHITE = 255;
        private static final int CELLS = 256;

        /** Pixels in a row, and rows; even. */
        @Param("64")
        public int side;

        @Override
        byte[] content() {
            final ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(("YUV4MPEG2 W" + side + " H" + side + " F30:1 C420\n").getBytes(StandardCharsets.US_ASCII));
            for (int k = 0; k < FRAMES; k++) {
                all.writeBytes("FRAME\n".getBytes(StandardCharsets.US_ASCII));
                final byte[] picture = new byte[side * side * 3 / 2];
                Arrays.fill(picture, (byte) brightness(k));
                all.writeBytes(picture);
            }
            return all.toByteArray();
        }

        private static int brightness(final int number) {
            return number * 37 % 256;
        }

        @Override
        double[] expected(final int number) {
            final double[] cells = new double[CELLS];
            Arrays.fill(cells, brightness(number) / WHITE - 0.5);
            return cells;
        }

        @Override
        double tolerance() {
            return 1e-6;
        }
    }

    /** A table: CSV. */
    @State(Scope.Thread)
    public static class Csv extends Source {
        @Param("8")
        public int columns;

        @Override
        String ending() {
            return ".csv";
        }

        @Override
        byte[] content() {
            final StringBuilder text = new StringBuilder(
                IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(Collectors.joining(",", "", "\n")));
            for (int k = 0; k < FRAMES; k++) {
                text.append(Arrays.stream(expected(k)).mapToObj(Double::toString).collect(Collectors.joining(",", "", "\n")));
            }
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        double[] expected(final int number) {
            return IntStream.range(0, columns).mapToDouble(i -> (number * 31 + i * 7) % 1_000 / 8.0).toArray();
        }

        @Override
        Input input(final String path) throws IOException {
            return Input.of(path, TableOptions.DEFAULT);
        }
    }

    /** WAV, 16 bits, of a rising tone, and its features. */
    @State(Scope.Thread)
    public static class Wav extends Source {
        private static final double LARGEST = 32_768;
        private static final int HEADER_BYTES = 44;

        /** Samples a second. */
        @Param("8000")
        public int rate;

        @Override
        byte[] content() {
            final Features features = Features.of(rate);
            final int samples = features.windowSamples() + (FRAMES - 1) * features.stepSamples();
            final int dataBytes = samples * Short.BYTES;
            final ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
            bytes.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + dataBytes).put(ascii("WAVEfmt ")).putInt(16).putShort((short) 1)
                .putShort((short) 1).putInt(rate).putInt(rate * Short.BYTES).putShort((short) Short.BYTES).putShort((short) Short.SIZE)
                .put(ascii("data")).putInt(dataBytes);
            for (int i = 0; i < samples; i++) {
                bytes.putShort(sample(i));
            }
            return bytes.array();
        }

        private static byte[] ascii(final String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }

        private short sample(final int i) {
            final double seconds = (double) i / rate;
            return (short) (10_000 * Math.sin(2 * Math.PI * (300 + 200 * seconds) * seconds));
        }

        @Override
        double[] expected(final int number) {
            final Features features = Features.of(rate);
            final float[] window = new float[features.windowSamples()];
            for (int i = 0; i < window.length; i++) {
                window[i] = (float) (sample(number * features.stepSamples() + i) / LARGEST);
            }
            return PlainLogMel.of(features, window);
        }

        @Override
        double tolerance() {
            return 1e-4;
        }
    }

    @Benchmark
    public float[] raw(final Raw source, final Work counted) throws IOException {
        return source.next(counted);
    }

    @Benchmark
    public float[] video(final Video source, final Work counted) throws IOException {
        return source.next(counted);
    }

    @Benchmark
    public float[] csv(final Csv source, final Work counted) throws IOException {
        return source.next(counted);
    }

    @Benchmark
    public float[] wav(final Wav source, final Work counted) throws IOException {
        return source.next(counted);
    }
}
