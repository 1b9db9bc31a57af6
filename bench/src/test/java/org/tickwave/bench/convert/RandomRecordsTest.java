package org.tickwave.bench.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;

/** Random headers and signal files: each is read, or refused in one line. */
class RandomRecordsTest {
    private static final int RECORDS = 500;
    private static final String HEADER = "# c\nr 3 360/1(0) 4 0:0:0\nr.dat 212x1:0+1 200(1024)/mV 11 1024 1 2 0 MLII\nr.dat 212+1 .5\n"
        + "s.dat 16 1e2/uV 12 -3\n# info\n";
    private static final String LETTERS = "0123456789. \t\n#/()+-x:e~rsadt\u00e9\0\u0001\r";

    @TempDir
    private Path directory;
    private int read;
    private int refused;

    @Test
    void randomBytesGiveFramesOrOneLine() throws IOException {
        final SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < RECORDS; i++) {
            final long seed = random.nextLong();
            try {
                check(new SplittableRandom(seed));
            } catch (final RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
        assertTrue(read > RECORDS / 50 && refused > RECORDS / 50, () -> read + " read, " + refused + " refused");
    }

    private void check(final SplittableRandom random) throws IOException {
        final Path header = Files.write(directory.resolve("r.hea"), header(random));
        for (final String name : new String[] {"r.dat", "s.dat"}) {
            final byte[] samples = new byte[random.nextInt(24)];
            random.nextBytes(samples);
            Files.write(directory.resolve(name), samples);
        }
        try (RecordStream stream = RecordStream.open("r.hea", header)) {
            Streams.readAll(stream).forEach(frame -> assertEquals(stream.width(), frame.length));
            assertEquals(stream.width(), stream.names().stream().distinct().count());
            assertTrue(stream.initialValues().size() + stream.checksums().size() <= 2 * stream.width());
            read++;
        } catch (final StreamException e) {
            refused++;
            assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl) && e.getMessage().contains("expected"), e.getMessage());
        }
    }

    /** Random bytes, or a good header with some letters exchanged, put in or taken out. */
    private static byte[] header(final SplittableRandom random) {
        if (random.nextInt(10) == 0) {
            final byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            return bytes;
        }
        final StringBuilder text = new StringBuilder(HEADER);
        final int changes = random.nextInt(4);
        for (int k = 0; k < changes; k++) {
            final int at = random.nextInt(text.length());
            final char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, letter);
                case 1 -> text.insert(at, letter);
                default -> text.deleteCharAt(at);
            }
        }
        final byte[] bytes = Streams.ascii(text.toString());
        return random.nextInt(20) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
