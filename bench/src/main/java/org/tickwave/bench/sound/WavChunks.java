package org.tickwave.bench.sound;

import java.io.IOException;
import java.util.List;
import org.tickwave.bench.stream.Bytes;

/** How the chunks of a WAV stream follow each other: a name of four characters, a length, so many bytes, and padding. */
final class WavChunks {
    /** Bytes of a chunk's name and length. */
    static final int HEADER = 8;

    /** A stream that goes on for longer than this after an empty data chunk is not looked through. */
    private static final int LOOK_AHEAD = 1 << 20;
    private static final int NAME = 4;
    private static final List<String> KNOWN = List.of("fmt ", "data", "fact", "LIST", "ds64", "JUNK", "junk", "PAD ", "FLLR",
        "bext", "iXML", "axml", "chna", "cue ", "smpl", "inst", "plst", "note", "labl", "ltxt", "PEAK", "DISP", "acid", "cart",
        "id3 ", "ID3 ", "_PMX", "levl", "umid", "afsp");

    private WavChunks() {
    }

    /**
     * How many bytes pad a chunk of odd length: one, but some writers leave it out. Then the name of the next chunk is there.
     *
     * @param i      of the byte after the chunk, from the next
     * @param length of the chunk
     */
    static int padding(final Bytes bytes, final int i, final long length) throws IOException {
        if (length % 2 == 0) {
            return 0;
        }
        final int there = bytes.await(i + 1 + NAME) - i;
        if (there == 0 || there >= NAME && named(bytes, i) && !(there > NAME && known(bytes, i + 1))) {
            return 0;
        }
        return 1;
    }

    /** Whether whole chunks follow, or nothing, up to the end of the stream. */
    static boolean followToTheEnd(final Bytes bytes) throws IOException {
        long at = 0;
        while (true) {
            final int i = (int) at;
            final int there = bytes.await(i + HEADER) - i;
            if (there < HEADER || !named(bytes, i)) {
                return there == 0;
            }
            final long length = length(bytes, i);
            at += HEADER + length;
            if (at > LOOK_AHEAD || bytes.await((int) at) < at) {
                return false;
            }
            at += padding(bytes, (int) at, length);
        }
    }

    /** The length of the chunk that begins i bytes after the next. */
    static long length(final Bytes bytes, final int i) {
        return bytes.int32(i + NAME) & 0xffff_ffffL;
    }

    private static boolean known(final Bytes bytes, final int i) {
        return KNOWN.stream().anyMatch(name -> bytes.is(i, name));
    }

    /** Whether the four bytes can be a chunk's name. */
    private static boolean named(final Bytes bytes, final int i) {
        final int first = bytes.at(i);
        boolean named = first >= '0' && first <= '9' || first >= 'A' && first <= 'Z' || first >= 'a' && first <= 'z' || first == '_';
        for (int k = 1; named && k < NAME; k++) {
            named = bytes.at(i + k) >= ' ' && bytes.at(i + k) <= '~';
        }
        return named;
    }
}
