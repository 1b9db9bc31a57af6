package org.tickwave.bench.sound;

import org.tickwave.bench.stream.Bytes;

/** The encoding of a sample in a WAV stream. All encodings are little-endian. */
enum WavCoding {
    /** An unsigned byte. The byte 128 is the sample 0. */
    U8(1),
    S16(2),
    S24(3),
    /** 24 bits in the three low bytes of four. */
    S24_LOW(4),
    /** If less than 32 bits are valid, these are the high bits. */
    S32(4),
    /** Float32. */
    F32(4),
    /** Float64, rounded to float32. */
    F64(8);

    final int bytes;

    WavCoding(final int bytes) {
        this.bytes = bytes;
    }

    /** The sample at index i. Integers are scaled to -1 to 1, floats are not scaled. */
    float sample(final Bytes from, final int i) {
        return switch (this) {
            case U8 -> ((from.at(i) & 0xff) - 0x80) * 0x1p-7f;
            case S16 -> from.int16(i) * 0x1p-15f;
            case S24, S24_LOW -> (from.at(i) & 0xff | from.int16(i + 1) << 8) * 0x1p-23f;
            case S32 -> from.int32(i) * 0x1p-31f;
            case F32 -> Float.intBitsToFloat(from.int32(i));
            case F64 -> (float) Double.longBitsToDouble(from.int64(i));
        };
    }
}
