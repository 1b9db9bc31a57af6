package org.tickwave.bench.sound;

import java.io.IOException;
import java.util.List;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.StreamException;

/**
 * What a WAV stream says before its samples, as far as samples need it. The length that RIFF itself claims is of no account,
 * nor are bytes a second: much that writes WAV leaves both wrong, and nothing hangs on them.
 *
 * @param blockBytes a sample of every channel
 * @param dataBytes  of samples; {@link Long#MAX_VALUE} for as many as come
 * @param mayEnd     before that, between two blocks: a pipe's writer did not know how many there would be
 */
public record WavHeader(int sampleRate, int channels, Coding coding, int blockBytes, long dataBytes, boolean mayEnd) {
    public static final String MAGIC = "RIFF";
    /** Of all that is told from noise, if only to refuse it by name. */
    public static final List<String> MAGICS = List.of(MAGIC, "RIFX", "RF64", "BW64");
    /** Longer than that no part of a header is that has to be there at once. */
    static final int LONGEST_PART = 40;
    static final int LOWEST_RATE = 1_000;
    static final int HIGHEST_RATE = 768_000;
    static final int MOST_CHANNELS = 64;

    private static final String EXPECTED = "expected integers of 8, 16 or 24 bits (format 1), or floats of 32 (format 3)";
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xfffe;
    /** What follows the format in the sixteen bytes that name one. */
    private static final String REST_OF_NAME = "\0\0\0\0\20\0\200\0\0\252\0" + "8\233q";
    /** From here on a length is what a writer put down that cannot seek; it may end before. */
    private static final long UNKNOWN_BYTES = 0x7fff_0000L;
    private static final long TO_THE_END = 0xffff_ffffL;

    /** How a sample is written. */
    enum Coding {
        /** An unsigned byte; 128 is 0. */
        U8(1),
        /** Two bytes. */
        S16(2),
        /** Three bytes. */
        S24(3),
        /** Float32, as it is. */
        F32(4);

        final int bytes;

        Coding(final int bytes) {
            this.bytes = bytes;
        }
    }

    /**
     * Reads up to the first sample.
     *
     * @param fileBytes that the stream has, or -1 where it is a pipe
     * @throws StreamException if it is no WAV, or one of a kind that is not read
     */
    public static WavHeader read(final Bytes bytes, final long fileBytes) throws IOException {
        need(bytes, 12, "its header", "expected RIFF, a length and WAVE");
        if (!is(bytes, 0, MAGIC) || !is(bytes, 8, "WAVE")) {
            final String kind = is(bytes, 0, "RIFX") ? " (big-endian)"
                : is(bytes, 0, "RF64") || is(bytes, 0, "BW64") ? " (lengths of 64 bits)" : "";
            throw new StreamException(bytes.name() + ": begins " + bytes.shown(12) + kind + ": expected RIFF, a length and WAVE");
        }
        bytes.take(12);
        WavHeader header = null;
        while (true) {
            if (bytes.await(1) == 0) {
                throw new StreamException(bytes.name() + ": ends at byte " + bytes.offset() + ", without "
                    + (header == null ? "a fmt chunk" : "a data chunk") + ": expected fmt, then data");
            }
            need(bytes, 8, "a chunk's name and length", "expected fmt, then data");
            final long length = bytes.int32(4) & TO_THE_END;
            if (is(bytes, 0, "data")) {
                if (header == null) {
                    throw new StreamException(
                        bytes.name() + ": data at byte " + bytes.offset() + " and no fmt before it: expected fmt, then data");
                }
                bytes.take(8);
                return header.withData(bytes, length, fileBytes);
            }
            if (is(bytes, 0, "fmt ")) {
                if (header != null) {
                    throw new StreamException(bytes.name() + ": a second fmt at byte " + bytes.offset() + ": expected one");
                }
                header = format(bytes, length);
            } else {
                skip(bytes, length, fileBytes);
            }
        }
    }

    private static void need(final Bytes bytes, final int n, final String what, final String expected) throws IOException {
        final int there = bytes.await(n);
        if (there < n) {
            throw new StreamException(
                bytes.name() + ": ends at byte " + (bytes.offset() + there) + ", within " + what + ": " + expected);
        }
    }

    private static boolean is(final Bytes bytes, final int at, final String text) {
        for (int i = 0; i < text.length(); i++) {
            if ((bytes.at(at + i) & 0xff) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Passes over a chunk, and the byte that makes its length even. */
    private static void skip(final Bytes bytes, final long length, final long fileBytes) throws IOException {
        final long start = bytes.offset();
        final String name = bytes.shown(4);
        final long end = start + 8 + length;
        if (fileBytes >= 0 && end > fileBytes || bytes.skip(8 + length) < 8 + length) {
            throw new StreamException(bytes.name() + ": chunk " + name + " at byte " + start + " claims " + length
                + " bytes, and the file ends before that, at byte " + (fileBytes >= 0 ? fileBytes : bytes.offset()));
        }
        bytes.skip(length % 2);
    }

    private static WavHeader format(final Bytes bytes, final long length) throws IOException {
        final String name = bytes.name();
        if (length < 16) {
            throw new StreamException(name + ": fmt of " + length + " bytes: expected at least 16");
        }
        bytes.take(8);
        final int n = (int) Math.min(length, LONGEST_PART);
        need(bytes, n, "fmt, which claims " + length + " bytes", EXPECTED);
        final int tag = bytes.int16(0) & 0xffff;
        final int bits = bytes.int16(14) & 0xffff;
        final Coding coding = coding(name, tag == EXTENSIBLE ? extended(bytes, length, bits) : tag, bits);
        final int channels = bytes.int16(2) & 0xffff;
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new StreamException(name + ": " + channels + " channels: expected 1 to " + MOST_CHANNELS);
        }
        final long rate = bytes.int32(4) & TO_THE_END;
        if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
            throw new StreamException(
                name + ": " + rate + " samples a second: expected " + LOWEST_RATE + " to " + HIGHEST_RATE);
        }
        final int blockBytes = bytes.int16(12) & 0xffff;
        if (blockBytes != channels * coding.bytes) {
            throw new StreamException(name + ": blocks of " + blockBytes + " bytes: expected " + channels * coding.bytes
                + ", with " + channels + (channels == 1 ? " channel of " : " channels of ") + bits + " bits");
        }
        final long rest = length + length % 2;
        if (bytes.skip(rest) < length) {
            throw new StreamException(
                name + ": ends at byte " + bytes.offset() + ", within fmt, which claims " + length + " bytes: " + EXPECTED);
        }
        return new WavHeader((int) rate, channels, coding, blockBytes, 0, false);
    }

    /** The format that stands in the part of fmt that not all have. */
    private static int extended(final Bytes bytes, final long length, final int bits) throws StreamException {
        final String name = bytes.name();
        if (length < LONGEST_PART || bytes.int16(16) < LONGEST_PART - 18) {
            throw new StreamException(name + ": fmt of " + length + " bytes"
                + (length < LONGEST_PART ? "" : ", " + bytes.int16(16) + " of them extended")
                + ", of an extensible format: expected at least " + LONGEST_PART + ", " + (LONGEST_PART - 18) + " of them extended");
        }
        if (!is(bytes, 26, REST_OF_NAME)) {
            bytes.take(24);
            throw new StreamException(name + ": extensible format " + bytes.shown(16) + ": " + EXPECTED);
        }
        final int valid = bytes.int16(18) & 0xffff;
        if (valid > bits) {
            throw new StreamException(name + ": " + valid + " valid bits in " + bits + ": expected at most as many");
        }
        return bytes.int16(24) & 0xffff;
    }

    private static Coding coding(final String name, final int tag, final int bits) throws StreamException {
        if (tag == PCM && bits == 8) {
            return Coding.U8;
        }
        if (tag == PCM && bits == 16) {
            return Coding.S16;
        }
        if (tag == PCM && bits == 24) {
            return Coding.S24;
        }
        if (tag == FLOAT && bits == 32) {
            return Coding.F32;
        }
        if (tag == PCM || tag == FLOAT) {
            throw new StreamException(
                name + ": " + (tag == PCM ? "integers" : "floats") + " of " + bits + " bits: " + EXPECTED);
        }
        final String known = switch (tag) {
            case 0x0002 -> " (Microsoft ADPCM)";
            case 0x0006 -> " (A-law)";
            case 0x0007 -> " (mu-law)";
            case 0x0011 -> " (IMA ADPCM)";
            case 0x0031 -> " (GSM 6.10)";
            case 0x0050 -> " (MPEG)";
            case 0x0055 -> " (MP3)";
            case 0x00ff, 0x1600, 0x1610 -> " (AAC)";
            case 0x0160, 0x0161, 0x0162 -> " (Windows Media Audio)";
            case 0x2000 -> " (AC-3)";
            case 0xf1ac -> " (FLAC)";
            default -> "";
        };
        throw new StreamException(name + ": format " + tag + known + ": " + EXPECTED);
    }

    private WavHeader withData(final Bytes bytes, final long length, final long fileBytes) throws StreamException {
        final String name = bytes.name();
        final long start = bytes.offset();
        final boolean pipe = fileBytes < 0;
        final boolean toTheEnd = length == TO_THE_END || pipe && length == 0;
        final boolean mayEnd = toTheEnd || pipe && length >= UNKNOWN_BYTES;
        if (!mayEnd && !pipe && start + length > fileBytes) {
            throw new StreamException(name + ": data claims " + length + " bytes from byte " + start
                + " on, and the file ends before that, at byte " + fileBytes);
        }
        final long claimed = !toTheEnd ? length : pipe ? Long.MAX_VALUE : fileBytes - start;
        if (claimed == 0) {
            throw new StreamException(name + ": a header alone, data of 0 bytes: expected at least one sample");
        }
        if ((!mayEnd || toTheEnd && !pipe) && claimed % blockBytes != 0) {
            throw new StreamException(name + ": data of " + claimed + " bytes: expected whole blocks of " + blockBytes
                + ", a sample of every channel");
        }
        return new WavHeader(sampleRate, channels, coding, blockBytes, claimed - claimed % blockBytes, mayEnd);
    }
}
