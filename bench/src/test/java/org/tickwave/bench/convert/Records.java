package org.tickwave.bench.convert;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes WFDB records for tests. */
public final class Records {
    private Records() {
    }

    /** Format 212. An odd number of samples ends with two bytes. */
    public static byte[] packed(final int... samples) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < samples.length; i += 2) {
            final int first = samples[i] & 4095;
            final int second = i + 1 < samples.length ? samples[i + 1] & 4095 : 0;
            bytes.write(first % 256);
            bytes.write(first / 256 + second / 256 * 16);
            if (i + 1 < samples.length) {
                bytes.write(second % 256);
            }
        }
        return bytes.toByteArray();
    }

    /** Format 16. */
    public static byte[] shorts(final int... samples) {
        final ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        for (final int sample : samples) {
            bytes.putShort((short) sample);
        }
        return bytes.array();
    }

    /** The checksum of one of several signals in one file. */
    public static int checksum(final int[] samples, final int signal, final int signals) {
        int sum = 0;
        for (int i = signal; i < samples.length; i += signals) {
            sum += samples[i];
        }
        return (short) sum;
    }

    /** Writes a header, in which a semicolon ends a line, and returns its path. */
    public static Path header(final Path directory, final String text) throws IOException {
        return Files.write(directory.resolve("r.hea"), text.replace("; ", "\n").getBytes(StandardCharsets.UTF_8));
    }
}
