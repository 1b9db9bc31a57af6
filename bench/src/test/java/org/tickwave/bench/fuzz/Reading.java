package org.tickwave.bench.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.ModelException;
import org.tickwave.bench.model.ModelPieces;
import org.tickwave.bench.model.Models;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.StreamException;

/**
 * What came of reading something to its end.
 *
 * @param frames  that were read
 * @param width   of each; {@link #NO_WIDTH} where nothing could be opened
 * @param crc     over the bits of all their numbers
 * @param refusal what was said where something was refused, else null
 */
record Reading(long frames, int width, long crc, String refusal) {
    static final int NO_WIDTH = -1;

    /** The largest number that a frame of bytes may hold. */
    private static final float HALF = .5f;

    /** Whether all of it was read, and it was not nothing. */
    boolean whole() {
        return refusal == null && frames > 0;
    }

    /** Nothing could be opened. */
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
     * @param before  what stands in a frame before it is read: of a frame that was filled, nothing is left of it
     * @param bounded whether all numbers have to be from -.5 to .5; those of sound need not
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
                    // All NaN are one: which it is may depend on what compiled the code.
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

    /** Reads a model, of whose layers it makes frames. */
    static Reading ofModel(final String name, final byte[] bytes, final int piece) throws IOException {
        final Model model;
        try {
            model = ModelPieces.read(name, bytes, piece);
        } catch (final ModelException e) {
            return refused(Require.oneLine(e));
        }
        final CRC32C crc = new CRC32C();
        final StringBuilder all = new StringBuilder().append(model.labels()).append(model.gain()).append(model.seed())
            .append(model.features());
        for (int l = 0; l < model.network().layers(); l++) {
            all.append(Arrays.hashCode(Models.layers(model).weights()[l])).append(Arrays.hashCode(Models.layers(model).biases()[l]));
        }
        crc.update(all.toString().getBytes(StandardCharsets.UTF_8));
        return new Reading(model.network().layers(), model.network().width(0), crc.getValue(), null);
    }
}
