package org.tickwave.bench.sound;

import java.io.IOException;
import java.util.List;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.StreamException;

/**
 * The header of a WAV stream. The record holds what is needed to read the samples. The length in the RIFF header is ignored, because
 * many programs write a wrong length.
 *
 * @param blockBytes size of a block, which consists of a sample of each channel
 * @param dataBytes  number of bytes of samples; {@link Long#MAX_VALUE} if the samples go on to the end of the stream
 * @param mayEnd     whether the stream may end before dataBytes: the program that wrote the header did not know the length
 */
public record WavHeader(int sampleRate, int channels, WavCoding coding, int blockBytes, long dataBytes, boolean mayEnd) {
    public static final String MAGIC = "RIFF";
    /** The first bytes of all kinds of WAV. RIFX is in the list so that a message can name it. */
    public static final List<String> MAGICS = List.of(MAGIC, "RIFX", "RF64", "BW64");

    private static final String RIFF_EXPECTED = "expected RIFF, RF64 or BW64, a length and WAVE";
    private static final String FMT_EXPECTED = "expected fmt, then data";
    /** In RF64 and BW64 this length means that the ds64 chunk has the length. */
    private static final long LENGTH_IN_DS64 = 0xffff_ffffL;
    private static final long UNKNOWN = -1;
    private static final int SHORTEST_DS64 = 24;
    /** Index of the data length in ds64. The name and the length of the chunk, and the length of the file are before it. */
    private static final int DS64_DATA = WavChunks.HEADER + Long.BYTES;

    /**
     * Reads everything before the first sample.
     *
     * @param fileBytes size of the file; -1 for a pipe
     * @throws StreamException if the stream is not WAV, or has an unsupported format, or has no samples
     */
    public static WavHeader read(final Bytes bytes, final long fileBytes) throws IOException {
        need(bytes, 12, "its header", RIFF_EXPECTED);
        final boolean longLengths = bytes.is(0, "RF64") || bytes.is(0, "BW64");
        if (!longLengths && !bytes.is(0, MAGIC) || !bytes.is(8, "WAVE")) {
            throw new StreamException(bytes.name() + ": begins with " + bytes.shown(12) + (bytes.is(0, "RIFX") ? " (big-endian)" : "")
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
                    throw new StreamException(bytes.name() + ": data chunk at byte " + bytes.offset() + " without a fmt chunk before: "
                        + FMT_EXPECTED);
                }
                bytes.take(WavChunks.HEADER);
                return withData(format, bytes, length, longDataBytes, fileBytes);
            }
            if (bytes.is(0, "fmt ")) {
                if (format != null) {
                    throw new StreamException(bytes.name() + ": second fmt chunk at byte " + bytes.offset() + ": expected one");
                }
                format = WavFormat.read(bytes, length);
            } else {
                if (longLengths && bytes.is(0, "ds64") && length >= SHORTEST_DS64) {
                    need(bytes, DS64_DATA + Long.BYTES, "ds64", "expected the lengths of the file and of the data");
                    longDataBytes = bytes.int64(DS64_DATA);
                }
                skip(bytes, length, fileBytes);
            }
        }
    }

    private static void need(final Bytes bytes, final int n, final String what, final String expected) throws IOException {
        final int available = bytes.await(n);
        if (available < n) {
            throw new StreamException(
                bytes.name() + ": ends at byte " + (bytes.offset() + available) + ", within " + what + ": " + expected);
        }
    }

    /** Skips a chunk and its padding. */
    private static void skip(final Bytes bytes, final long length, final long fileBytes) throws IOException {
        final long start = bytes.offset();
        final String name = bytes.shown(4);
        final long end = start + WavChunks.HEADER + length;
        if (fileBytes >= 0 && end > fileBytes || bytes.skip(WavChunks.HEADER + length) < WavChunks.HEADER + length) {
            throw new StreamException(bytes.name() + ": ends at byte " + (fileBytes >= 0 ? fileBytes : bytes.offset())
                + ", within chunk " + name + " at byte " + start + ": expected " + length + " bytes, the length of the chunk");
        }
        bytes.skip(WavChunks.padding(bytes, 0, length));
    }

    /**
     * The header before samples of the given length. If the length is a placeholder, files and pipes are read to their end.
     *
     * @param longDataBytes data length in ds64; below 0 if unknown
     */
    private static WavHeader withData(
        final WavFormat format, final Bytes bytes, final long length, final long longDataBytes, final long fileBytes)
        throws IOException {
        final boolean isLong = (length == LENGTH_IN_DS64 || length == 0) && longDataBytes >= 0;
        final long stated = isLong ? longDataBytes : length;
        if (isLong ? longPlaceholder(stated) : placeholder(stated)) {
            if (stated == 0 && WavChunks.followToTheEnd(bytes) || bytes.await(format.blockBytes()) < format.blockBytes()) {
                throw new StreamException(bytes.name() + ": no samples: expected at least one");
            }
            return of(format, Long.MAX_VALUE, true);
        }
        if (fileBytes >= 0 && stated > fileBytes - bytes.offset()) {
            throw new StreamException(bytes.name() + ": ends at byte " + fileBytes + ", within the data chunk at byte "
                + (bytes.offset() - WavChunks.HEADER) + ": expected " + stated + " bytes, the length of the chunk");
        }
        if (stated % format.blockBytes() != 0) {
            throw new StreamException(bytes.name() + ": data of " + stated + " bytes: expected a multiple of "
                + format.blockBytes() + " bytes, the size of one sample of each channel");
        }
        return of(format, stated, false);
    }

    /**
     * Whether a length is a placeholder. Programs that do not know the length yet write 0 (GStreamer, every recorder that was killed),
     * 7fff0000 (sndio), 7ffff000 and a little less (SoX, eSpeak), 7fffff00 and 80000000 (arecord), 7fffffff (LAME) or ffffffff
     * (FFmpeg). Some programs add or subtract the size of a header.
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
