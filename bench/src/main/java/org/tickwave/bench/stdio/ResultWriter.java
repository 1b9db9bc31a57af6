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

/** Writes a command's result, in UTF-8, and keeps what a PrintWriter hides: why it could not be written. */
public final class ResultWriter extends PrintWriter {
    private final Kept kept;
    private boolean told;

    private ResultWriter(final Kept kept) {
        super(kept, true, StandardCharsets.UTF_8);
        this.kept = kept;
    }

    /** On standard output. */
    public static ResultWriter standardOutput() {
        final String closed = Descriptors.closed(Descriptors.OUTPUT);
        return to(closed == null ? new FileOutputStream(FileDescriptor.out) : new Closed(closed));
    }

    /** On a stream that is opened already. */
    public static ResultWriter to(final OutputStream stream) {
        return new ResultWriter(new Kept(stream));
    }

    /** For code that prints on {@code System.out}; shares the failure. */
    public PrintStream asPrintStream() {
        return new PrintStream(kept, true, StandardCharsets.UTF_8);
    }

    /** Why the result is not where it should be, or null. */
    public IOException failure() {
        flush();
        return kept.failure;
    }

    /** Whether it could not be written because nobody reads it any more, as in {@code | head -1}. */
    public boolean readerGone() {
        final IOException failure = failure();
        return failure != null && brokenPipe().equals(failure.getMessage());
    }

    /**
     * Tells the user, once, unless the reader has gone away.
     *
     * @param out     what the result was written to; anything else than a ResultWriter has nothing to tell
     * @param command as the user knows it
     */
    public static void tellFailure(final PrintWriter out, final PrintWriter err, final String command) {
        if (out instanceof final ResultWriter result && result.failure() != null && !result.told) {
            result.told = true;
            if (!result.readerGone()) {
                err.println(command + ": the result could not be written: " + result.failure().getMessage());
                err.flush();
            }
        }
    }

    /** What the system calls EPIPE in its language: Java gives no number of an error, only its words. */
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

    /** Keeps the first failure; after that nothing is written, so that no part is missing in between. */
    private static final class Kept extends OutputStream {
        private final OutputStream to;
        private volatile IOException failure;

        Kept(final OutputStream to) {
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
