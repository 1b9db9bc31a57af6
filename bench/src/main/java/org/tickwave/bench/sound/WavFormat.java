package org.tickwave.bench.sound;

import java.io.IOException;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.StreamException;

/**
 * The fmt chunk of a WAV stream. The chunk's byte rate is ignored, because many programs write a wrong byte rate.
 *
 * @param blockBytes size of a block, which consists of a sample of each channel
 */
record WavFormat(int sampleRate, int channels, WavCoding coding, int blockBytes) {
    /** The length of a fmt chunk of an extensible format. */
    private static final int EXTENDED = 40;
    private static final int SHORTEST_EXTENSION = 22;
    private static final int SHORTEST = 16;
    static final int LOWEST_RATE = 1_000;
    static final int HIGHEST_RATE = 768_000;
    private static final int MOST_CHANNELS = 64;

    private static final String EXPECTED =
        "expected integers of 8, 16, 24 or 32 bits (format 1), or floats of 32 or 64 bits (format 3)";
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xfffe;
    /** In an extensible format a GUID names the format. The GUID begins with the format's number and continues with these bytes. */
    private static final String REST_OF_GUID = "\0\0\0\0\20\0\200\0\0\252\0" + "8\233q";

    /**
     * Reads the chunk and its padding.
     *
     * @param length length of the chunk
     */
    static WavFormat read(final Bytes bytes, final long length) throws IOException {
        final String name = bytes.name();
        if (length < SHORTEST) {
            throw new StreamException(name + ": fmt chunk of " + length + " bytes: expected at least " + SHORTEST);
        }
        bytes.take(WavChunks.HEADER);
        final int n = (int) Math.min(length, EXTENDED);
        final int available = bytes.await(n);
        if (available < n) {
            throw cut(name, bytes.offset() + available, length);
        }
        final WavFormat format = parse(bytes, length);
        if (bytes.skip(length) < length) {
            throw cut(name, bytes.offset(), length);
        }
        bytes.skip(WavChunks.padding(bytes, 0, length));
        return format;
    }

    private static StreamException cut(final String name, final long at, final long length) {
        return new StreamException(
            name + ": ends at byte " + at + ", within the fmt chunk: expected " + length + " bytes, the length of the chunk");
    }

    private static WavFormat parse(final Bytes bytes, final long length) throws StreamException {
        final String name = bytes.name();
        final int tag = bytes.int16(0) & 0xffff;
        final int channels = bytes.int16(2) & 0xffff;
        final long rate = bytes.int32(4) & 0xffff_ffffL;
        final int blockBytes = bytes.int16(12) & 0xffff;
        final int bits = bytes.int16(14) & 0xffff;
        final boolean extensible = tag == EXTENSIBLE;
        final WavCoding coding =
            coding(name, extensible ? extended(bytes, length, bits) : tag, bits, blockBytes == 4 * channels, extensible);
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new StreamException(name + ": " + channels + " channels: expected 1 to " + MOST_CHANNELS);
        }
        if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
            throw new StreamException(
                name + ": " + rate + " samples a second: expected " + LOWEST_RATE + " to " + HIGHEST_RATE);
        }
        if (blockBytes != channels * coding.bytes) {
            throw new StreamException(name + ": blocks of " + blockBytes + " bytes: expected " + channels * coding.bytes
                + " for " + channels + (channels == 1 ? " channel of " : " channels of ") + bits + " bits");
        }
        return new WavFormat((int) rate, channels, coding, blockBytes);
    }

    /** The number of the format that the extension of an extensible format names. */
    private static int extended(final Bytes bytes, final long length, final int bits) throws StreamException {
        final String name = bytes.name();
        if (length < EXTENDED) {
            throw new StreamException(
                name + ": fmt chunk of " + length + " bytes: expected at least " + EXTENDED + " for an extensible format");
        }
        if (bytes.int16(16) < SHORTEST_EXTENSION) {
            throw new StreamException(name + ": fmt chunk with an extension of " + bytes.int16(16) + " bytes: expected at least "
                + SHORTEST_EXTENSION + " for an extensible format");
        }
        if (!bytes.is(26, REST_OF_GUID)) {
            bytes.take(24);
            throw new StreamException(name + ": extensible format " + bytes.shown(16) + ": " + EXPECTED);
        }
        final int valid = bytes.int16(18) & 0xffff;
        if (valid > bits) {
            throw new StreamException(name + ": " + valid + " valid bits in samples of " + bits + " bits: expected at most " + bits);
        }
        return bytes.int16(24) & 0xffff;
    }

    /**
     * The encoding of a sample. 24 bits in four bytes are ALSA's S24_LE in a plain format: the sample is in the three low bytes. In an
     * extensible format the valid bits are the high bits.
     *
     * @param fourBytes whether each sample has four bytes
     */
    private static WavCoding coding(
        final String name, final int tag, final int bits, final boolean fourBytes, final boolean extensible)
        throws StreamException {
        if (tag == PCM) {
            switch (bits) {
                case 8:
                    return WavCoding.U8;
                case 16:
                    return WavCoding.S16;
                case 24:
                    return !fourBytes ? WavCoding.S24 : extensible ? WavCoding.S32 : WavCoding.S24_LOW;
                case 32:
                    return WavCoding.S32;
                default:
                    throw new StreamException(name + ": integers of " + bits + " bits: " + EXPECTED);
            }
        }
        if (tag == FLOAT) {
            switch (bits) {
                case 32:
                    return WavCoding.F32;
                case 64:
                    return WavCoding.F64;
                default:
                    throw new StreamException(name + ": floats of " + bits + " bits: " + EXPECTED);
            }
        }
        final String known = known(tag);
        throw new StreamException(name + ": format " + tag + (known.isEmpty() ? "" : " (" + known + ")") + ": " + EXPECTED);
    }

    private static String known(final int tag) {
        return switch (tag) {
            case 0x0002 -> "Microsoft ADPCM";
            case 0x0006 -> "A-law";
            case 0x0007 -> "mu-law";
            case 0x0010 -> "OKI ADPCM";
            case 0x0011 -> "IMA ADPCM";
            case 0x0017 -> "Dialogic ADPCM";
            case 0x0020 -> "Yamaha ADPCM";
            case 0x0022 -> "TrueSpeech";
            case 0x0031 -> "GSM 6.10";
            case 0x0042 -> "G.723.1";
            case 0x0045, 0x0064 -> "G.726";
            case 0x0050 -> "MPEG";
            case 0x0055 -> "MP3";
            case 0x0083 -> "G.729";
            case 0x0092, 0x2000 -> "AC-3";
            case 0x00ff, 0x1600, 0x1610 -> "AAC";
            case 0x0160, 0x0161, 0x0162, 0x0163 -> "Windows Media Audio";
            case 0x2001 -> "DTS";
            case 0x674f, 0x6750, 0x6751, 0x676f, 0x6770, 0x6771 -> "Ogg Vorbis";
            case 0x704f -> "Opus";
            case 0xa109 -> "Speex";
            case 0xf1ac -> "FLAC";
            default -> "";
        };
    }
}
