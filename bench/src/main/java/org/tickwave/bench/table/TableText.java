package org.tickwave.bench.table;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.StreamException;

/**
 * The text of a table: UTF-8, decoded strictly, without a byte order mark. A read returns the characters that have arrived, and
 * waits only if there are none. All characters before a fault are returned before the fault is thrown.
 */
final class TableText extends Reader {
    /** The longest row in characters, about. */
    static final int LONGEST_ROW = 1 << 22;

    private static final int PIECE = 8_192;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final Bytes bytes;
    private final ByteBuffer coded = ByteBuffer.allocate(PIECE).limit(0);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private CharBuffer decoded = CharBuffer.allocate(0);
    /** Text that was read to find the separator. */
    private final StringBuilder ahead = new StringBuilder();
    private int aheadTaken;

    private boolean begun;
    private boolean ended;
    private String fault;
    private long line = 1;
    private boolean afterReturn;

    private long rowLine = 1;
    private int rowChars;

    TableText(final Bytes bytes) {
        this.bytes = bytes;
    }

    /** Finds the separator in the first line. Called before the first read. */
    char separator() throws IOException {
        final FirstLine first = new FirstLine();
        final char[] piece = new char[PIECE];
        boolean found = false;
        int n = decode(piece, 0, PIECE);
        while (n >= 0 && !found) {
            for (int i = 0; i < n && !found; i++) {
                found = first.take(piece[i]);
            }
            ahead.append(piece, 0, n);
            rowChars = ahead.length();
            requireShortRow();
            n = found ? 0 : decode(piece, 0, PIECE);
        }
        return first.separator();
    }

    /** Tells that a row begins, in this line. */
    void rowBegins(final long inLine) {
        rowLine = inLine;
        rowChars = 0;
    }

    @Override
    public int read(final char[] to, final int offset, final int length) throws IOException {
        requireShortRow();
        int n = Math.min(length, ahead.length() - aheadTaken);
        if (n > 0) {
            ahead.getChars(aheadTaken, aheadTaken + n, to, offset);
            aheadTaken += n;
            if (aheadTaken == ahead.length()) {
                ahead.setLength(0);
                ahead.trimToSize();
                aheadTaken = 0;
            }
        } else {
            n = decode(to, offset, length);
        }
        rowChars += Math.max(n, 0);
        return n;
    }

    private void requireShortRow() throws StreamException {
        if (rowChars > LONGEST_ROW) {
            throw new StreamException(bytes.name() + ": the row in line " + rowLine + " is longer than " + LONGEST_ROW
                + " characters: expected shorter rows, and a closing quote for each quote");
        }
    }

    private int decode(final char[] to, final int offset, final int length) throws IOException {
        if (decoded.array() != to) {
            decoded = CharBuffer.wrap(to);
        }
        while (fault == null) {
            decoded.limit(offset + length).position(offset);
            final CoderResult result = decoder.decode(coded, decoded, ended);
            final int n = checked(to, offset, decoded.position() - offset, result.isError());
            if (n > 0) {
                return n;
            }
            if (fault == null && ended) {
                return -1;
            }
            if (fault == null) {
                coded.compact();
                ended = bytes.await(1) == 0;
                bytes.take(coded);
                coded.flip();
            }
        }
        throw new StreamException(fault);
    }

    /** Checks n decoded characters, and returns how many of them are text before a fault. */
    private int checked(final char[] to, final int offset, final int n, final boolean malformed) {
        int count = n;
        if (!begun && n > 0 && to[offset] == BYTE_ORDER_MARK) {
            count--;
            System.arraycopy(to, offset + 1, to, offset, count);
        }
        final boolean first = !begun && n == 0;
        begun |= n > 0;
        for (int i = offset; i < offset + count; i++) {
            final char c = to[i];
            if (c == 0) {
                fault = bytes.name() + ": line " + line + ": a NUL byte, as in UTF-16 or in a file that is no text"
                    + ": expected a table in UTF-8";
                return i - offset;
            }
            if (c == '\r' || c == '\n' && !afterReturn) {
                line++;
            }
            afterReturn = c == '\r';
        }
        if (malformed) {
            final int b = coded.get(coded.position()) & 0xff;
            fault = bytes.name() + (first && b >= 0xfe ? ": begins like UTF-16: expected a table in UTF-8"
                : ": line " + line + ": the byte 0x" + Integer.toHexString(b)
                    + ", which is not UTF-8 here: expected a table in UTF-8");
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
