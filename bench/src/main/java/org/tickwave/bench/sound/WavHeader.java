package org.tickwave.bench.sound;

import java.io.IOException;
import java.util.List;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.StreamException;

/**
 * What a WAV stream says before its samples, as far as samples need it. The length that RIFF itself claims is ignored: much
 * that writes WAV leaves it wrong.
 *
 * @param blockBytes a sample of every channel
 * @param dataBytes  of samples; {@link Long#MAX_VALUE} for as many as come
 * @param mayEnd     whether the samples may end before that: their writer did not know how many there would be
 */
public record WavHeader(int sampleRate, int channels, WavCoding coding, int blockBytes, long dataBytes, boolean mayEnd) {
    public static final String MAGIC = "RIFF";
    /** The first bytes of all kinds of WAV; RIFX is known only to be refused by name. */
    public static final List<String> MAGICS = List.of(MAGIC, "RIFX", "RF64", "BW64");

    private static final String RIFF_EXPECTED = "expected RIFF, RF64 or BW64, a length and WAVE";
    private static final String FMT_EXPECTED = "expected fmt, then data";
    /** In RF64 and BW64: the length is in the chunk ds64. */
    private static final long LONG_LENGTH = 0xffff_ffffL;
    private static final long UNKNOWN = -1;
    private static final int SHORTEST_DS64 = 24;
    /** Where ds64 has the length of the data: after the name and length of the chunk, and the length of the whole. */
    private static final int DS64_DATA = WavChunks.HEADER + Long.BYTES;

    /**
     * Reads up to the first sample.
     *
     * @param fileBytes that the stream has, or -1 where it is a pipe
     * @throws StreamException if it is not WAV, or of a kind that is not read, or has no sample
     */
    public static WavHeader read(final Bytes bytes, final long fileBytes) throws IOException {
        need(bytes, 12, "its header", RIFF_EXPECTED);
        final boolean longLengths = bytes.is(0, "RF64") || bytes.is(0, "BW64");
        if (!longLengths && !bytes.is(0, MAGIC) || !bytes.is(8, "WAVE")) {
            throw new StreamException(bytes.name() + ": begins " + bytes.shown(12) + (bytes.is(0, "RIFX") ? " (big-endian)" : "")
                + ": " + RIFF_EXPECTED);
        }
        bytes.take(12);
        WavFormat format = null;
        long longDataBytes = UNKNOWN;
        while (true) {
            if (bytes.await(1) == 0) {
                throw new StreamException(bytes.name() + ": ends at byte " + bytes.offset() + ", without "
                    + (format == null ? "a fmt chunk" : "a data chunk") + ": " + FMT_EXPECTED);
            }
            need(bytes, WavChunks.HEADER, "a chunk's name and length", FMT_EXPECTED);
            final long length = WavChunks.length(bytes, 0);
            if (bytes.is(0, "data")) {
                if (format == null) {
                    throw new StreamException(bytes.name() + ": data at byte " + bytes.offset() + " and no fmt before it: "
                        + FMT_EXPECTED);
                }
                bytes.take(WavChunks.HEADER);
                return withData(format, bytes, length, longDataBytes, fileBytes);
            }
            if (bytes.is(0, "fmt ")) {
                if (format != null) {
                    throw new StreamException(bytes.name() + ": a second fmt at byte " + bytes.offset() + ": expected one");
                }
                format = WavFormat.read(bytes, length);
            } else {
                if (longLengths && bytes.is(0, "ds64") && length >= SHORTEST_DS64) {
                    need(bytes, DS64_DATA + Long.BYTES, "ds64", "expected the lengths of the file and of its data");
                    longDataBytes = bytes.int64(DS64_DATA);
                }
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

    /** Passes over a chunk, and the byte that pads it. */
    private static void skip(final Bytes bytes, final long length, final long fileBytes) throws IOException {
        final long start = bytes.offset();
        final String name = bytes.shown(4);
        final long end = start + WavChunks.HEADER + length;
        if (fileBytes >= 0 && end > fileBytes || bytes.skip(WavChunks.HEADER + length) < WavChunks.HEADER + length) {
            throw new StreamException(bytes.name() + ": chunk " + name + " at byte " + start + " claims " + length
                + " bytes, and the file ends before that, at byte " + (fileBytes >= 0 ? fileBytes : bytes.offset()));
        }
        bytes.skip(WavChunks.padding(bytes, 0, length));
    }

    /**
     * A placeholder means all samples to the end, from a file as from a pipe. Its exact value says nothing more.
     *
     * @param longDataBytes that ds64 says; below 0 where it is not there, or does not say
     */
    private static WavHeader withData(
        final WavFormat format, final Bytes bytes, final long length, final long longDataBytes, final long fileBytes)
        throws IOException {
        final boolean isLong = (length == LONG_LENGTH || length == 0) && longDataBytes >= 0;
        final long stated = isLong ? longDataBytes : length;
        if (isLong ? longPlaceholder(stated) : placeholder(stated)) {
            if (stated == 0 && WavChunks.followToTheEnd(bytes) || bytes.await(format.blockBytes()) < format.blockBytes()) {
                throw new StreamException(bytes.name() + ": a header alone, without samples: expected at least one sample");
            }
            return of(format, Long.MAX_VALUE, true);
        }
        if (fileBytes >= 0 && stated > fileBytes - bytes.offset()) {
            throw new StreamException(bytes.name() + ": data claims " + stated + " bytes from byte " + bytes.offset()
                + " on, and the file ends before that, at byte " + fileBytes);
        }
        if (stated % format.blockBytes() != 0) {
            throw new StreamException(bytes.name() + ": data of " + stated + " bytes: expected whole blocks of "
                + format.blockBytes() + ", a sample of every channel");
        }
        return of(format, stated, false);
    }

    /**
     * Whether a length is what programs write that cannot know it, or did not live to put it right: 0 (GStreamer, any recorder
     * that was killed), 7fff0000 (sndio), 7ffff000 and a little less (SoX, eSpeak), 7fffff00 and 80000000 (arecord), 7fffffff
     * (LAME), ffffffff (FFmpeg), and the same less or more than a header.
     */
    private static boolean placeholder(final long length) {
        return length == 0 || length >= 0x7fff_0000L && length <= 0x8000_00ffL || length >= 0xffff_0000L;
    }

    private static boolean longPlaceholder(final long length) {
        return length == 0 || length >= 0x7fff_ffff_ffff_0000L;
    }

    private static WavHeader of(final WavFormat format, final long dataBytes, final boolean mayEnd) {
        return new WavHeader(format.sampleRate(), format.channels(), format.coding(), format.blockBytes(), dataBytes, mayEnd);
    }
}
