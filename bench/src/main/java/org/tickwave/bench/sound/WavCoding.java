package org.tickwave.bench.sound;

import org.tickwave.bench.stream.Bytes;

/** How a sample of a WAV stream is written. All are little-endian. */
enum WavCoding {
    /** An unsigned byte; 128 is 0. */
    U8(1),
    /** Two bytes. */
    S16(2),
    /** Three bytes. */
    S24(3),
    /** The three lower bytes of four. */
    S24_LOW(4),
    /** Four bytes. Fewer valid bits than 32 stand at the top. */
    S32(4),
    /** Float32, as it is. */
    F32(4),
    /** Float64, rounded to float32. */
    F64(8);

    final int bytes;

    WavCoding(final int bytes) {
        this.bytes = bytes;
    }

    /** The sample that begins i bytes after the next: integers from -1 to 1, floats as they are. */
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
