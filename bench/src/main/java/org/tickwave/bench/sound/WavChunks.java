package org.tickwave.bench.sound;

import java.io.IOException;
import java.util.List;
import org.tickwave.bench.stream.Bytes;

/** The chunks of a WAV stream. A chunk is a name of four characters, a length, as many bytes as the length says, and padding. */
final class WavChunks {
    /** The number of bytes of a chunk's name and length. */
    static final int HEADER = 8;

    /** The number of bytes after an empty data chunk that are searched for chunks. */
    private static final int LOOK_AHEAD = 1 << 20;
    private static final int NAME = 4;
    private static final List<String> KNOWN = List.of("fmt ", "data", "fact", "LIST", "ds64", "JUNK", "junk", "PAD ", "FLLR",
        "bext", "iXML", "axml", "chna", "cue ", "smpl", "inst", "plst", "note", "labl", "ltxt", "PEAK", "DISP", "acid", "cart",
        "id3 ", "ID3 ", "_PMX", "levl", "umid", "afsp");

    private WavChunks() {
    }

    /**
     * The number of bytes that pad a chunk. The format pads a chunk of odd length with one byte. Some writers omit that byte; then the
     * name of the next chunk follows immediately.
     *
     * @param i      index of the byte after the chunk, as in {@link Bytes#at}
     * @param length length of the chunk
     */
    static int padding(final Bytes bytes, final int i, final long length) throws IOException {
        if (length % 2 == 0) {
            return 0;
        }
        final int available = bytes.await(i + 1 + NAME) - i;
        if (available == 0 || available >= NAME && named(bytes, i) && !(available > NAME && known(bytes, i + 1))) {
            return 0;
        }
        return 1;
    }

    /** Whether the rest of the stream is empty or consists of whole chunks. */
    static boolean followToTheEnd(final Bytes bytes) throws IOException {
        long at = 0;
        while (true) {
            final int i = (int) at;
            final int available = bytes.await(i + HEADER) - i;
            if (available < HEADER || !named(bytes, i)) {
                return available == 0;
            }
            final long length = length(bytes, i);
            at += HEADER + length;
            if (at > LOOK_AHEAD || bytes.await((int) at) < at) {
                return false;
            }
            at += padding(bytes, (int) at, length);
        }
    }

    /** The length of the chunk at index i. */
    static long length(final Bytes bytes, final int i) {
        return bytes.int32(i + NAME) & 0xffff_ffffL;
    }

    private static boolean known(final Bytes bytes, final int i) {
        return KNOWN.stream().anyMatch(name -> bytes.is(i, name));
    }

    /** Whether the four bytes at index i can be the name of a chunk. */
    private static boolean named(final Bytes bytes, final int i) {
        final int first = bytes.at(i);
        boolean named = first >= '0' && first <= '9' || first >= 'A' && first <= 'Z' || first >= 'a' && first <= 'z' || first == '_';
        for (int k = 1; named && k < NAME; k++) {
            named = bytes.at(i + k) >= ' ' && bytes.at(i + k) <= '~';
        }
        return named;
    }
}
