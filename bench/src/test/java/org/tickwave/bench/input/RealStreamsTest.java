package org.tickwave.bench.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;

class RealStreamsTest {
    @Test
    void aHeartIsReadWhole() throws IOException {
        final Path path = Streams.real("ecg_f32x2_360hz.raw");
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
        try (FrameStream stream = Input.of(path.toString(), Format.parse("f32:2@360"), 1).open()) {
            final List<float[]> frames = Streams.readAll(stream);
            assertEquals(216_000, frames.size());
            for (final float[] frame : frames) {
                assertEquals(bytes.getFloat(), frame[0]);
                assertEquals(bytes.getFloat(), frame[1]);
                assertTrue(FrameStream.good(frame));
            }
        }
    }

    @Test
    void aVideoIsReadWhole() throws IOException {
        final Path path = Streams.real("foreman_qcif.y4m");
        final byte[] bytes = Files.readAllBytes(path);
        try (FrameStream stream = Input.of(path.toString(), null, 1).open()) {
            assertEquals(16 * 13, stream.width());
            assertEquals(30000 / 1001.0, stream.framesPerSecond());
            final List<float[]> frames = Streams.readAll(stream);
            assertEquals(60, frames.size());
            final int frameBytes = 176 * 144 * 3 / 2 + 6;
            final int start = bytes.length - 60 * frameBytes;
            for (int t = 0; t < 60; t++) {
                // Cells have the same size, so the mean of the cells is the mean of the pixels.
                double sum = 0;
                for (int i = 0; i < 176 * 144; i++) {
                    sum += bytes[start + t * frameBytes + 6 + i] & 0xff;
                }
                double mean = 0;
                for (final float v : frames.get(t)) {
                    mean += v;
                }
                assertEquals(sum / (176 * 144) / 255 - .5, mean / 208, 1e-6, "frame " + (t + 1));
            }
        }
    }

    @Test
    void aVideoCutInAFrameBreaksThere() throws IOException {
        final byte[] bytes = Arrays.copyOf(Files.readAllBytes(Streams.real("foreman_qcif.y4m")), 100_000);
        final FrameStream stream = Input.open("s", Streams.pieces(bytes, 4_096), null);
        final float[] frame = new float[stream.width()];
        assertTrue(stream.read(frame));
        assertTrue(stream.read(frame));
        Streams.assertRefused(StreamException.class, () -> stream.read(frame), "ends at byte 100000, within frame 3, after ",
            " of its 38016 bytes");
    }

    @Test
    void speechIsReadWholeRecordingByRecording() throws IOException {
        final Input input = Input.of(Streams.real("speech").toString(), null, 1);
        assertEquals(2_000, input.recordings().size());
        assertEquals(400, input.recordings().stream().filter(Recording::heldOut).count());
        assertEquals(1_000, input.recordings().stream().filter(Recording::secondHalf).count());
        try (FrameStream stream = input.open()) {
            assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), stream.labels());
            assertEquals(Features.of(8_000), stream.features());
            assertEquals(40, stream.width());
            assertEquals(100, stream.framesPerSecond());
            final float[] frame = new float[40];
            final Set<Recording> heard = new LinkedHashSet<>();
            int frames = 0;
            while (stream.read(frame)) {
                assertTrue(FrameStream.good(frame));
                heard.add(stream.recording());
                frames++;
            }
            assertEquals(input.recordings(), List.copyOf(heard));
            // All recordings have 804 s. Each has about 2 frames fewer than steps of 10 ms.
            assertEquals(80_400 - 2 * 2_000, frames, 1_000);
        }
    }
}
