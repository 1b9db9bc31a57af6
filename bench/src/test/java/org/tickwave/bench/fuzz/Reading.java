package org.tickwave.bench.fuzz;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.ModelPieces;
import org.tickwave.bench.model.Models;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkException;
import org.tickwave.bench.net.NetworkFile;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.safetensors.file.FileException;

/**
 * The result of reading an input.
 *
 * @param frames  number of frames
 * @param width   width of a frame; {@link #NO_WIDTH} if the input could not be opened
 * @param crc     CRC over the bits of all numbers
 * @param refusal message of the exception if the input was refused; otherwise null
 */
record Reading(long frames, int width, long crc, String refusal) {
    static final int NO_WIDTH = -1;

    /** The largest number that a frame of bytes may hold. */
    private static final float HALF = .5f;

    /** Whether the whole input was read and has at least one frame. */
    boolean whole() {
        return refusal == null && frames > 0;
    }

    /** The result for an input that could not be opened. */
    static Reading refused(final String refusal) {
        return new Reading(0, NO_WIDTH, 0, refusal);
    }

    /** Opens a stream. */
    @FunctionalInterface
    interface Opening {
        FrameStream open() throws IOException;
    }

    /**
     * Reads all frames of a stream.
     *
     * @param before  number that fills each frame before it is read; reading must overwrite all numbers
     * @param bounded whether all numbers must be from -.5 to .5
     */
    static Reading of(final Opening opening, final float before, final boolean bounded) throws IOException {
        final CRC32C crc = new CRC32C();
        long frames = 0;
        int width = NO_WIDTH;
        try (FrameStream stream = opening.open()) {
            width = stream.width();
            final boolean within = bounded && stream.features() == null;
            final float[] frame = new float[width];
            final ByteBuffer bits = ByteBuffer.allocate(width * Float.BYTES);
            Arrays.fill(frame, before);
            while (stream.read(frame)) {
                frames++;
                bits.clear();
                for (final float number : frame) {
                    // Treats all NaN alike, because the compiler may choose their bits.
                    bits.putInt(Float.floatToIntBits(number));
                    Require.that(!within || Math.abs(number) <= HALF, () -> "beyond .5: " + Arrays.toString(frame));
                }
                crc.update(bits.array());
                Arrays.fill(frame, before);
            }
            Require.that(!stream.read(frame), () -> "the end does not stay the end");
            Require.that(stream.width() == frame.length, () -> "the width became " + stream.width());
            return new Reading(frames, width, crc.getValue(), null);
        } catch (final StreamException e) {
            return new Reading(frames, width, crc.getValue(), Require.oneLine(e));
        }
    }

    /** Reads a model. Its layers count as frames. */
    static Reading ofModel(final String name, final byte[] bytes, final int piece) throws IOException {
        final Model model;
        try {
            model = ModelPieces.read(name, bytes, piece);
        } catch (final FileException e) {
            return refused(Require.oneLine(e));
        }
        final CRC32C crc = new CRC32C();
        final StringBuilder all = new StringBuilder().append(model.labels()).append(model.gain()).append(model.seed())
            .append(model.features());
        for (int k = 1; k <= model.network().projections(); k++) {
            all.append(Arrays.hashCode(Models.layers(model).weights()[k - 1]));
        }
        for (int l = model.network().inputs(); l <= model.network().last(); l++) {
            all.append(Arrays.hashCode(Models.layers(model).biases()[l - 1]));
        }
        crc.update(all.toString().getBytes(StandardCharsets.UTF_8));
        return new Reading(model.network().layers(), model.network().width(0), crc.getValue(), null);
    }

    /** Reads the description of a network. Its layers count as frames. Gson must read what is read here, and so must this reader what it wrote. */
    static Reading ofNetwork(final String name, final byte[] bytes, final int piece) throws IOException {
        final NetworkDescription description;
        try {
            description = NetworkFile.read(name, new PieceStream(bytes, piece)).description();
        } catch (final NetworkException e) {
            return refused(Require.oneLine(e));
        }
        try (JsonReader json = new JsonReader(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8))) {
            json.setStrictness(Strictness.STRICT);
            json.skipValue();
            Require.that(json.peek() == JsonToken.END_DOCUMENT, () -> "Gson reads another end");
        } catch (final MalformedJsonException e) {
            throw new AssertionError("Gson refuses what was read: " + e, e);
        }
        final String written = description.toJson();
        Require.that(NetworkFile.parse(name, written).description().equals(description), () -> "read another description from " + written);
        final CRC32C crc = new CRC32C();
        crc.update(written.getBytes(StandardCharsets.UTF_8));
        return new Reading(description.names().size(), description.projections().size(), crc.getValue(), null);
    }

    /** Hands out at most a piece at a time. */
    private static final class PieceStream extends ByteArrayInputStream {
        private final int piece;

        PieceStream(final byte[] bytes, final int piece) {
            super(bytes);
            this.piece = piece;
        }

        @Override
        public synchronized int read(final byte[] to, final int offset, final int length) {
            return super.read(to, offset, Math.min(piece, length));
        }
    }
}
