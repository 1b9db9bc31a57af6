package org.tickwave.bench.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.tickwave.bench.stream.Streams;

/** Makes WAV files for tests, valid or invalid. */
public final class Wav {
    public static final int PCM = 1;
    public static final int FLOAT = 3;
    public static final int EXTENSIBLE = 0xfffe;

    private Wav() {
    }

    /** A file with one channel of 16 bits. */
    static byte[] of(final int rate, final float... samples) {
        return file(fmt(PCM, 1, rate, 16), chunk("data", samples(PCM, 16, samples)));
    }

    /** A file of noise, or of silence if the seed is 0. */
    public static byte[] noise(final int rate, final int samples, final long seed) {
        return of(rate, noise(samples, seed));
    }

    public static float[] noise(final int n, final long seed) {
        final Random random = new Random(seed);
        final float[] noise = new float[n];
        for (int i = 0; i < n && seed != 0; i++) {
            noise[i] = (random.nextInt(1 << 16) - (1 << 15)) * 0x1p-15f;
        }
        return noise;
    }

    public static byte[] file(final byte[]... chunks) {
        final byte[] all = Streams.join(chunks);
        return Streams.join(Streams.ascii("RIFF"), int32(all.length + 4), Streams.ascii("WAVE"), all);
    }

    /** A file with lengths of 64 bits in a ds64 chunk. */
    public static byte[] rf64(final String magic, final long dataBytes, final byte[]... chunks) {
        final byte[] ds64 = chunk("ds64", Streams.join(int64(0), int64(dataBytes), int64(0), int32(0)));
        return Streams.join(Streams.ascii(magic), int32(-1), Streams.ascii("WAVE"), ds64, Streams.join(chunks));
    }

    public static byte[] chunk(final String name, final byte[] bytes) {
        return chunk(name, bytes.length, Streams.join(bytes, new byte[bytes.length % 2]));
    }

    /** A chunk whose length need not be the number of its bytes. */
    public static byte[] chunk(final String name, final long length, final byte[] bytes) {
        return Streams.join(Streams.ascii(name), int32((int) length), bytes);
    }

    public static byte[] fmt(final int tag, final int channels, final int rate, final int bits) {
        return fmt(tag, channels, rate, channels * bits / 8, bits, new byte[0]);
    }

    public static byte[] fmt(
        final int tag, final int channels, final int rate, final int blockBytes, final int bits, final byte[] more) {
        return chunk("fmt ", Streams.join(int16(tag), int16(channels), int32(rate), int32(rate * blockBytes), int16(blockBytes),
            int16(bits), more));
    }

    /** The extension of the fmt chunk of an extensible format. */
    public static byte[] extension(final int tag, final int validBits) {
        return Streams.join(int16(22), int16(validBits), int32(3), int16(tag), Streams.ascii("\0\0\0\0\20\0\200\0\0\252\0" + "8\233q"));
    }

    public static byte[] samples(final int tag, final int bits, final float... samples) {
        final ByteBuffer bytes = ByteBuffer.allocate(samples.length * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (final float v : samples) {
            if (tag == FLOAT && bits == 64) {
                bytes.putDouble(v);
            } else if (tag == FLOAT) {
                bytes.putFloat(v);
            } else if (bits == 32) {
                bytes.putInt((int) Math.round(v * 0x1p31));
            } else if (bits == 8) {
                bytes.put((byte) (Math.round(v * 0x1p7) + 0x80));
            } else if (bits == 16) {
                bytes.putShort((short) Math.round(v * 0x1p15));
            } else {
                final long value = Math.round(v * 0x1p23);
                bytes.put((byte) value).putShort((short) (value >> 8));
            }
        }
        return bytes.array();
    }

    static byte[] int16(final int value) {
        return new byte[] {(byte) value, (byte) (value >> 8)};
    }

    public static byte[] int32(final int value) {
        return Streams.join(int16(value), int16(value >> 16));
    }

    private static byte[] int64(final long value) {
        return Streams.join(int32((int) value), int32((int) (value >> 32)));
    }
}
