package org.tickwave.bench.stdio;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;

/** Writes a command's result in UTF-8. Unlike a PrintWriter, keeps the exception if the result cannot be written. */
public final class ResultWriter extends PrintWriter {
    private final FailureKeeper stream;
    private boolean reported;

    private ResultWriter(final FailureKeeper stream) {
        super(stream, true, StandardCharsets.UTF_8);
        this.stream = stream;
    }

    /** A writer to standard output. */
    public static ResultWriter standardOutput() {
        final String closed = Descriptors.closed(Descriptors.OUTPUT);
        return to(closed == null ? new FileOutputStream(FileDescriptor.out) : new Closed(closed));
    }

    /** A writer to an open stream. */
    public static ResultWriter to(final OutputStream stream) {
        return new ResultWriter(new FailureKeeper(stream));
    }

    /** A replacement for {@code System.out}. It shares the failure with this writer. */
    public PrintStream asPrintStream() {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /** The reason why the result could not be written, or null. Flushes first. */
    public IOException failure() {
        flush();
        return stream.failure;
    }

    /** Whether the result could not be written because the reader of the pipe has gone away, as in {@code | head -1}. */
    public boolean readerGone() {
        final IOException failure = failure();
        return failure != null && readerGone(failure);
    }

    /** Whether a write failed because the reader of the pipe has gone away. */
    public static boolean readerGone(final IOException failure) {
        return failure.getMessage() != null && failure.getMessage().equals(brokenPipe());
    }

    /**
     * Reports a failure to the user, once. Does not report that the reader of a pipe has gone away.
     *
     * @param out     the writer of the result; has no effect unless it is a ResultWriter
     * @param command name of the command in the message
     */
    public static void tellFailure(final PrintWriter out, final PrintWriter err, final String command) {
        if (out instanceof final ResultWriter result && result.failure() != null && !result.reported) {
            result.reported = true;
            if (!result.readerGone()) {
                err.println(command + ": the result could not be written: " + result.failure().getMessage());
                err.flush();
            }
        }
    }

    /** The system's message for EPIPE, which may be translated. Java exceptions have no error number, only the message. */
    private static String brokenPipe() {
        try {
            final Pipe pipe = Pipe.open();
            pipe.source().close();
            try (Pipe.SinkChannel sink = pipe.sink()) {
                sink.write(ByteBuffer.allocate(1));
            }
        } catch (final IOException e) {
            return e.getMessage();
        }
        return "Broken pipe";
    }

    /** Keeps the first failure and writes nothing afterwards, so that the output has no gap. */
    private static final class FailureKeeper extends OutputStream {
        private final OutputStream to;
        private volatile IOException failure;

        FailureKeeper(final OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(final int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(final byte[] bytes, final int from, final int count) throws IOException {
            if (failure != null) {
                throw failure;
            }
            try {
                to.write(bytes, from, count);
            } catch (final IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    private static final class Closed extends OutputStream {
        private final String why;

        Closed(final String why) {
            this.why = why;
        }

        @Override
        public void write(final int b) throws IOException {
            throw new IOException(why);
        }
    }
}
