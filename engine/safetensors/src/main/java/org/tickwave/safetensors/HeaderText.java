package org.tickwave.safetensors;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.tickwave.safetensors.file.FileException;

/** Reads the text of a header, which is never in memory as a whole. Bytes that are not UTF-8 are refused, not replaced. */
final class HeaderText extends Reader {
    private static final int BUFFER = 8192;

    private final SizedInput input;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
    /** A separate buffer, because the caller's array may have room for one char while the next character is a surrogate pair. */
    private final CharBuffer chars = CharBuffer.allocate(BUFFER).limit(0);
    private long left;

    /** @param bytes length of the text in bytes */
    HeaderText(final SizedInput input, final long bytes) {
        this.input = input;
        left = bytes;
    }

    @Override
    public int read(final char[] to, final int offset, final int length) throws IOException {
        while (!chars.hasRemaining()) {
            if (left == 0 && !bytes.hasRemaining()) {
                return -1;
            }
            decode();
        }
        final int n = Math.min(length, chars.remaining());
        chars.get(to, offset, n);
        return n;
    }

    private void decode() throws IOException {
        bytes.compact();
        final int now = (int) Math.min(left, bytes.remaining());
        bytes.limit(bytes.position() + now);
        input.fill(bytes);
        left -= now;
        bytes.flip();
        chars.clear();
        final CoderResult result = decoder.decode(bytes, chars, left == 0);
        if (result.isError()) {
            throw notUtf8();
        }
        chars.flip();
    }

    private FileException notUtf8() {
        return new FileException(input.name() + ": byte " + (input.position() - bytes.remaining()) + " is 0x"
            + HexFormat.of().toHexDigits(bytes.get(bytes.position())) + ": expected a header in UTF-8");
    }

    @Override
    public void close() {
        // The file stays open: the data follow the header.
    }
}
