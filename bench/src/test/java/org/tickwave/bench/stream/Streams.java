package org.tickwave.bench.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;
import org.tickwave.bench.input.Input;

/** Small streams for tests. */
public final class Streams {
    private Streams() {
    }

    /** A channel that returns its bytes in pieces, as a pipe does. */
    public static ReadableByteChannel pieces(final byte[] bytes, final int piece) {
        final ByteBuffer rest = ByteBuffer.wrap(bytes);
        return new ReadableByteChannel() {
            private boolean open = true;

            @Override
            public int read(final ByteBuffer to) {
                if (!rest.hasRemaining()) {
                    return -1;
                }
                final int n = Math.min(piece, Math.min(to.remaining(), rest.remaining()));
                to.put(rest.slice(rest.position(), n));
                rest.position(rest.position() + n);
                return n;
            }

            @Override
            public boolean isOpen() {
                return open;
            }

            @Override
            public void close() {
                open = false;
            }
        };
    }

    static FrameStream open(final byte[] bytes, final Format format) throws IOException {
        return Input.open("s", pieces(bytes, bytes.length), format);
    }

    public static byte[] floats(final float... values) {
        final ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (final float v : values) {
            bytes.putFloat(v);
        }
        return bytes.array();
    }

    public static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] join(final byte[]... parts) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (final byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    public static List<float[]> readAll(final FrameStream stream) throws IOException {
        final List<float[]> frames = new ArrayList<>();
        final float[] frame = new float[stream.width()];
        while (stream.read(frame)) {
            frames.add(frame.clone());
        }
        assertFalse(stream.read(frame), "the end stays the end");
        return frames;
    }

    /** Asserts that a call throws an exception whose message is one line and contains all the given parts. */
    public static void assertRefused(final Class<? extends Exception> as, final Executable what, final String... parts) {
        final String message = assertThrows(as, what).getMessage();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
        for (final String part : parts) {
            assertTrue(message.contains(part), () -> "\"" + message + "\" does not hold \"" + part + "\"");
        }
    }

    /** A file of real data. Skips the test if the file is missing. */
    public static Path real(final String file) {
        final Path path = Path.of("..", "..", "shared", "data", file);
        assumeTrue(Files.exists(path), () -> path + " is missing");
        return path;
    }
}
