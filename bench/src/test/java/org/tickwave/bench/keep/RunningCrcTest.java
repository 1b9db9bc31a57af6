package org.tickwave.bench.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** A CRC that was kept and restored is that of the JDK over all bytes. */
class RunningCrcTest {
    private static final long SEED = 5;

    private static int expected(final byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static RunningCrc restored(final RunningCrc crc) {
        final Archive archive = Archive.writing();
        crc.keep(archive);
        final RunningCrc again = new RunningCrc();
        again.update(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        again.keep(Archive.reading(archive.written()));
        return again;
    }

    @Test
    void itGoesOnAtAnyPlace() {
        final Random random = new Random(SEED);
        for (int run = 0; run < 300; run++) {
            final byte[] bytes = new byte[random.nextInt(5_000)];
            random.nextBytes(bytes);
            RunningCrc crc = new RunningCrc();
            for (int at = 0; at < bytes.length;) {
                final int n = Math.min(bytes.length - at, random.nextInt(700));
                crc.update(ByteBuffer.wrap(bytes, at, n));
                at += n;
                crc = random.nextBoolean() ? restored(crc) : crc;
                crc = random.nextInt(10) == 0 ? restored(restored(crc)) : crc;
            }
            assertEquals(expected(bytes), crc.value(), "seed " + SEED + ", run " + run);
            assertEquals(String.format("%08x", expected(bytes)), crc.toString());
        }
    }

    @Test
    void theLengthMayBeLarge() {
        final long zeros = (1L << 32) + 5;
        final CRC32C crc = new CRC32C();
        crc.update(new byte[] {7, 8});
        final int before = (int) crc.getValue();
        int folded = before;
        final CRC32C of = new CRC32C();
        of.update(new byte[1 << 20]);
        for (int i = 0; i < 1 << 12; i++) {
            folded = RunningCrc.combined(folded, (int) of.getValue(), 1 << 20);
        }
        final CRC32C five = new CRC32C();
        five.update(new byte[5]);
        folded = RunningCrc.combined(folded, (int) five.getValue(), 5);
        int all = 0;
        for (int i = 0; i < 1 << 12; i++) {
            all = RunningCrc.combined(all, (int) of.getValue(), 1 << 20);
        }
        all = RunningCrc.combined(all, (int) five.getValue(), 5);
        assertEquals(folded, RunningCrc.combined(before, all, zeros));
    }
}
