package org.tickwave.bench.keep;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A CRC-32C that can go on from a value. The JDK's cannot, so this one begins a new one and combines the values: the bytes that follow
 * multiply the polynomial of those before by x^8 each (Adler, zlib's crc32_combine). For one thread.
 */
public final class RunningCrc implements Kept {
    /** Castagnoli's polynomial; the highest bit is the coefficient of x^0. */
    private static final int POLYNOMIAL = 0x82f6_3b78;
    private static final int ONE = 1 << 31;
    private static final int X_TO_8 = ONE >>> 8;

    private final CRC32C since = new CRC32C();
    private int before;
    private long bytes;

    /** Adds all remaining bytes. */
    public void update(final ByteBuffer from) {
        bytes += from.remaining();
        since.update(from);
    }

    public int value() {
        // Without bytes before, as in most runs, there is nothing to combine.
        return before == 0 ? (int) since.getValue() : combined(before, (int) since.getValue(), bytes);
    }

    /** Eight hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%08x", value());
    }

    @Override
    public void keep(final Archive archive) {
        final int value = archive.of(value());
        if (archive.reads()) {
            before = value;
            since.reset();
            bytes = 0;
        }
    }

    /** The CRC of some bytes and {@code length} more, from the CRCs of both. */
    static int combined(final int first, final int second, final long length) {
        int factor = ONE;
        int power = X_TO_8;
        for (long n = length; n != 0; n >>>= 1) {
            factor = (n & 1) != 0 ? product(factor, power) : factor;
            power = product(power, power);
        }
        return product(first, factor) ^ second;
    }

    /** Of two polynomials, modulo the CRC's. */
    private static int product(final int a, final int b) {
        int sum = 0;
        int shifted = b;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            sum ^= (a & bit) != 0 ? shifted : 0;
            shifted = shifted >>> 1 ^ ((shifted & 1) != 0 ? POLYNOMIAL : 0);
        }
        return sum;
    }
}
