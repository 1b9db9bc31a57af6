package org.tickwave.bench.stdio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResultWriterTest {
    private final StringWriter said = new StringWriter();

    /** Fails at the first write only. */
    private static final class Fragile extends OutputStream {
        private final IOException failure = new IOException("the disk is full");
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private boolean failed;

        @Override
        public void write(final int b) throws IOException {
            if (!failed) {
                failed = true;
                throw failure;
            }
            written.write(b);
        }
    }

    private String told(final ResultWriter out) {
        ResultWriter.tellFailure(out, new PrintWriter(said, true), "tickwave run");
        return said.toString();
    }

    @Test
    void whatIsWrittenIsUtf8() {
        final ByteArrayOutputStream to = new ByteArrayOutputStream();
        final ResultWriter out = ResultWriter.to(to);
        out.print("z\u00e9ro");
        out.asPrintStream().flush();
        assertNull(out.failure());
        assertFalse(out.readerGone());
        assertArrayEquals("z\u00e9ro".getBytes(StandardCharsets.UTF_8), to.toByteArray());
        assertEquals("", told(out));
    }

    @Test
    void theFirstFailureIsKeptAndToldOnceAndNothingIsWrittenAfterIt() {
        final Fragile to = new Fragile();
        final ResultWriter out = ResultWriter.to(to);
        out.println("lost");
        out.println("not written, since a part is missing");
        out.asPrintStream().println("nor this");
        assertSame(to.failure, out.failure());
        assertEquals(0, to.written.size());
        final String line = "tickwave run: the result could not be written: the disk is full" + System.lineSeparator();
        assertEquals(line, told(out));
        assertEquals(line, told(out));
    }

    @Test
    void whatIsPrintedOnTheStreamFailsTheResultToo() {
        final ResultWriter out = ResultWriter.to(new Fragile());
        out.asPrintStream().print("lost");
        assertEquals("the disk is full", out.failure().getMessage());
    }

    @Test
    void aReaderThatHasGoneAwayIsKnownWhateverTheLanguageOfTheSystem() throws IOException {
        final Pipe pipe = Pipe.open();
        pipe.source().close();
        final ResultWriter out = ResultWriter.to(Channels.newOutputStream(pipe.sink()));
        out.println("lost");
        assertTrue(out.readerGone());
        assertEquals("", told(out));
        pipe.sink().close();
    }
}
