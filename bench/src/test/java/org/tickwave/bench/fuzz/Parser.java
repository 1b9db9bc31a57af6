package org.tickwave.bench.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.stream.Pieces;
import org.tickwave.bench.table.TableOptions;
import org.tickwave.bench.table.TablePieces;

/** The parsers of untrusted bytes, and what must hold for every input: the parser reads the whole input or refuses it. */
enum Parser {
    /** A YUV4MPEG2 stream. */
    Y4M {
        @Override
        List<Reading> read(final byte[] input, final int piece, final float before) throws IOException {
            return List.of(Reading.of(() -> Pieces.open(NAME, input, piece, null), before, true));
        }
    },

    /** A line with the format of a raw stream, then the stream. */
    RAW {
        @Override
        List<Reading> read(final byte[] input, final int piece, final float before) throws IOException {
            int end = 0;
            while (end < input.length && input[end] != '\n') {
                end++;
            }
            final Format format;
            try {
                format = Format.parse(new String(input, 0, end, StandardCharsets.UTF_8));
            } catch (final IllegalArgumentException e) {
                return List.of(Reading.refused(Require.oneLine(e)));
            }
            final byte[] stream = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
            final Reading reading = Reading.of(() -> Pieces.open(NAME, stream, piece, format), before,
                format.numbers() == Format.Numbers.U8);
            final int frameBytes = format.width() * (format.numbers() == Format.Numbers.F32 ? Float.BYTES : 1);
            Require.that(reading.width() == format.width() && reading.frames() == stream.length / frameBytes,
                () -> reading + " of " + stream.length + " bytes as " + format);
            Require.that((reading.refusal() == null) == (stream.length > 0 && stream.length % frameBytes == 0),
                () -> reading + " of " + stream.length + " bytes as " + format);
            return List.of(reading);
        }
    },

    /** A recording, read from a file and from a pipe. */
    WAV {
        @Override
        List<Reading> read(final byte[] input, final int piece, final float before) throws IOException {
            final Reading file = Reading.of(() -> Pieces.wavFile(NAME, input, piece), before, false);
            final Reading pipe = Reading.of(() -> Pieces.open(NAME, input, piece, null), before, false);
            Require.that(file.equals(pipe) || file.refusal() != null && pipe.refusal() != null,
                () -> "a file: " + file + ", a pipe: " + pipe);
            return List.of(file, pipe);
        }
    },

    /** A line with the options of a table, then the table, read from a file and from a pipe. */
    TABLE {
        @Override
        List<Reading> read(final byte[] input, final int piece, final float before) throws IOException {
            int end = 0;
            while (end < input.length && input[end] != '\n') {
                end++;
            }
            final TableOptions options;
            try {
                options = TablePieces.options(new String(input, 0, end, StandardCharsets.UTF_8));
            } catch (final IllegalArgumentException e) {
                return List.of(Reading.refused(Require.oneLine(e)));
            }
            final byte[] table = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
            final Reading file = Reading.of(() -> TablePieces.file(NAME, table, piece, options), before, false);
            final Reading pipe = Reading.of(() -> TablePieces.pipe(NAME, table, piece, options), before, false);
            Require.that(file.equals(pipe) || file.refusal() != null && pipe.refusal() != null,
                () -> "a file: " + file + ", a pipe: " + pipe);
            return List.of(file, pipe);
        }
    },

    /**
     * A model. If the input begins with a brace, the input is the text of the header, a zero byte and the data. Otherwise the input is
     * the whole file. The first form has no header length, which would be wrong after each change of the text.
     */
    SAFETENSORS {
        @Override
        List<Reading> read(final byte[] input, final int piece, final float before) throws IOException {
            if (input.length == 0 || input[0] != '{') {
                return List.of(Reading.ofModel(NAME, input, piece));
            }
            int end = 0;
            while (end < input.length && input[end] != 0) {
                end++;
            }
            final int data = Math.min(end + 1, input.length);
            final byte[] file = ByteBuffer.allocate(Long.BYTES + end + input.length - data).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(end).put(input, 0, end).put(input, data, input.length - data).array();
            return List.of(Reading.ofModel(NAME, file, piece));
        }
    },

    /** The description of a network. */
    NETWORK {
        @Override
        List<Reading> read(final byte[] input, final int piece, final float before) throws IOException {
            return List.of(Reading.ofNetwork(NAME, input, piece));
        }
    };

    private static final String NAME = "s";

    /** Limits of the memory that reading an input may allocate: a constant, and an amount for each byte of the input. */
    private static final long MOST_BYTES = 16 << 20;
    private static final long MOST_BYTES_A_BYTE = 256;

    /** The bytes that a message shows. Their number depends on the number of available bytes. */
    private static final Pattern SHOWN = Pattern.compile(" begins with \"(?:[^\"\\\\]|\\\\.)*\"");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Reads an input in all ways, in pieces of the given size. Throws every exception except a refusal. */
    abstract List<Reading> read(byte[] input, int piece, float before) throws IOException;

    /** Reads an input at once and byte by byte, and requires equal results. */
    final List<Reading> check(final byte[] input) throws IOException {
        final int all = Math.max(1, input.length);
        final long most = MOST_BYTES + MOST_BYTES_A_BYTE * input.length;
        long allocated = -THREADS.getCurrentThreadAllocatedBytes();
        final List<Reading> whole = read(input, all, 0);
        allocated += THREADS.getCurrentThreadAllocatedBytes();
        if (allocated > most) {
            // The first reading may have loaded classes, which allocates, too. The second reading loads no classes.
            allocated = -THREADS.getCurrentThreadAllocatedBytes();
            read(input, all, 0);
            allocated += THREADS.getCurrentThreadAllocatedBytes();
        }
        final long took = allocated;
        Require.that(took <= most, () -> took + " bytes allocated for an input of " + input.length + " bytes");
        final List<Reading> bytewise = read(input, 1, 1);
        Require.that(comparable(whole).equals(comparable(bytewise)),
            () -> "at once: " + whole + ", byte by byte: " + bytewise);
        return whole;
    }

    private static List<Reading> comparable(final List<Reading> readings) {
        return readings.stream().map(reading -> reading.refusal() == null ? reading : new Reading(reading.frames(),
            reading.width(), reading.crc(), SHOWN.matcher(reading.refusal()).replaceAll(""))).toList();
    }

    /** The directory of the parser's inputs: small inputs of every kind, and inputs that fuzzing has found. */
    final Path inputs() {
        return Path.of("src", "test", "resources", "org", "tickwave", "bench", "fuzz", name().toLowerCase(Locale.ROOT));
    }
}
