package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.ImageView;
import org.tickwave.bench.stream.Streams;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageState;

/** The end of a process that keeps its image in a file, as {@code tickwave watch} tells it, and the process after it. */
@Timeout(180)
class WatchedWriterTest {
    private static final int FRAMES = 3;

    @TempDir
    private Path directory;
    private final List<Program> programs = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (final Program program : programs) {
            program.kill();
        }
    }

    private String image() {
        return directory.resolve("w.img").toString();
    }

    private Program start(final String... arguments) throws IOException {
        final Program program = Program.start(arguments);
        programs.add(program);
        return program;
    }

    /** A run that has learnt some frames, and waits for another one. */
    private Program writer() throws IOException {
        final Program run = start(("run --input - --format f32:2@360 --context 1 --pace none --layers 4 --threads 1 --quiet --answers - --image "
            + image()).split(" "));
        run.write(Streams.floats(0, .1f, .2f, .3f, .4f, .5f));
        run.awaitAnswers(FRAMES);
        return run;
    }

    private void refused(final String state, final String end) {
        final Outcome outcome = Outcome.of("watch", image());
        assertEquals(1, outcome.exit(), outcome.err());
        assertTrue(outcome.out().startsWith(state + "  "), outcome.out());
        assertTrue(outcome.err().matches("tickwave watch: \\S*w\\.img: the writer, process [0-9]+, has died after tick [0-9]+: " + end + "\\R"), outcome.err());
    }

    /** SIGKILL may come between two ticks or in the middle of one, so each state is written to the file. */
    @Test
    void aWriterThatWasKilledIsTold() throws IOException, InterruptedException {
        writer().kill();
        state(ImageState.AT_REST);
        refused("died", "the image is whole, but was not closed");
        state(ImageState.TICKING);
        refused("unfinished", "the image is unfinished");
    }

    private void state(final ImageState state) throws IOException {
        try (FileChannel file = FileChannel.open(Path.of(image()), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(0, state.ordinal()), HeaderDescriptor.STATE_OFFSET);
        }
    }

    /** Ctrl-C closes the file, whatever the run was doing. */
    @Test
    void aWriterThatWasInterruptedHasClosedItsImage() throws IOException, InterruptedException {
        final Program run = writer();
        run.interrupt();
        assertEquals(130, run.end().code());
        try (ImageView view = ImageView.open(Path.of(image()))) {
            assertEquals(ImageView.State.CLOSED, view.state());
            assertFalse(view.live());
        }
        final Outcome outcome = Outcome.of("watch", image());
        assertEquals(0, outcome.exit(), outcome.err());
        assertTrue(outcome.out().startsWith("ended  "), outcome.out());
    }

    /** A watch that was there first sees one writer after the other. */
    @Test
    @Tag("soak")
    void aWatchFollowsTheNextWriter() throws IOException, InterruptedException {
        final Program watch = start("watch", "--follow", image());
        assertNotNull(watch.awaitLine("watch: waiting for an image file: "));
        final Program first = writer();
        assertNotNull(watch.awaitLine("watch: the writer is process " + first.pid()));
        first.kill();
        assertNotNull(watch.awaitLine("watch: the writer, process " + first.pid() + ", has died after tick "));
        final Program second = writer();
        assertNotNull(watch.awaitLine("watch: a new writer has made the file: process " + second.pid()));
        second.interrupt();
        assertNotNull(watch.awaitLine("watch: the writer, process " + second.pid() + ", has closed the image after tick "));
        watch.interrupt();
        final Program.Ended ended = watch.end();
        assertEquals(130, ended.code());
        assertEquals("", ended.err());
        assertTrue(ended.out().contains("waiting  "), ended.out());
    }
}
