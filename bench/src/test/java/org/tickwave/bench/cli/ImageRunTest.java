package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Context;
import org.tickwave.ImageFile;
import org.tickwave.ImageNumbers;
import org.tickwave.ImageView;
import org.tickwave.Network;

/** {@code run --image} keeps the image in a file, and changes nothing that the run computes. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImageRunTest {
    private static final String MADE = "--pace none --hold 1 --json ";
    /** Of the made stream, on every machine. */
    private static final String GOLDEN = "c6e19e71";

    @TempDir
    Path folder;

    private JsonObject json(final String options) {
        final Outcome outcome = Outcome.run(options);
        assertEquals(0, outcome.exit(), outcome.err());
        return outcome.json();
    }

    private Path image() {
        return folder.resolve("w.img");
    }

    @Test
    void theWeightsHaveTheBitsOfARunInMemory() throws IOException {
        for (final int threads : new int[] {1, 2}) {
            assertEquals(GOLDEN, json(MADE + "--threads " + threads + " --image " + image()).get("weights_crc32c").getAsString());
            assertFalse(Files.exists(folder.resolve("w.img.tmp")));
        }
        try (ImageView view = ImageView.open(image())) {
            assertEquals(ImageView.State.CLOSED, view.state());
            assertFalse(view.live());
            // After the end of the stream, the last frame is given once more, so that its answer arrives.
            assertEquals(4_801, view.frames());
            assertTrue(view.learning());
            final ImageNumbers numbers = view.numbers();
            assertEquals(4_800, numbers.framesRead());
            assertEquals(0, numbers.lateFrames());
            assertTrue(numbers.lossLately() < numbers.loss(), numbers::toString);
            assertTrue(Double.isNaN(numbers.scheduledNs()));
            assertTrue(numbers.tickNs() > 0 && numbers.budgetNs() > 0, numbers::toString);
            final float[] output = new float[view.shape().layers().getLast().width()];
            assertTrue(view.waves().activation(view.shape().layers().size() - 1, view.completed(), output));
        }
    }

    @Test
    void aRunWithCheckpointsGoesOnInAnImage() {
        final String run = MADE + "--layers 8 --threads 2 ";
        final JsonObject whole = json(run + "--frames 200");
        final String kept = " --checkpoint " + folder.resolve("keep") + " --image " + image();
        json(run + "--frames 100" + kept);
        final JsonObject rest = json(run + "--frames 200 --resume" + kept);
        assertEquals(image().toString(), rest.get("image").getAsString());
        assertTrue(whole.get("image").isJsonNull());
        assertEquals(99, rest.get("resumed_frames").getAsLong());
        assertEquals(whole.get("weights_crc32c"), rest.get("weights_crc32c"));
    }

    @Test
    void aWriterThatLivesKeepsItsFile() throws IOException {
        try (ImageFile file = ImageFile.create(image(), Network.chain(3, 2).build(), new Context())) {
            file.beat();
            final byte[] before = Files.readAllBytes(image());
            final Outcome outcome = Outcome.run(MADE + "--frames 10 --image " + image());
            assertEquals(1, outcome.exit());
            assertTrue(outcome.err().contains("--image " + image() + ": a running process, " + ProcessHandle.current().pid()
                + ", keeps its image here, and last said so "), outcome.err());
            assertArrayEquals(before, Files.readAllBytes(image()));
        }
    }

    @Test
    void whatIsNoImageFileStays() throws IOException {
        Files.writeString(image(), "a text");
        refused(1, "--image " + image(), "w.img: is no image file: expected an image file, an empty file or a new name");
        assertEquals("a text", Files.readString(image()));
        refused(1, "--image " + folder, "no regular file: expected a file or a new name");
        refused(1, "--image " + folder.resolve("no/w.img"), "no such directory: expected a file in a directory that exists");
        refused(2, "--image=", "--image \"\": expected a file");
    }

    @Test
    void noOtherFileOfTheRunIsMeant() {
        final Path other = folder.resolve("other");
        refused(2, "--image " + other + " --answers " + other, "is the file of --answers: expected another file");
        refused(2, "--image " + other + " --save " + other, "is the file of --save: expected another file");
        refused(2, "--image " + other + " --checkpoint " + other, "is the file of --checkpoint: expected another file");
        refused(2, "--image " + other + ".1 --checkpoint " + other, "is a file of --checkpoint: expected another file");
        refused(2, "--image " + other + " --checkpoint " + other + ".tmp", "other.tmp is the file of --checkpoint: expected another file");
        refused(2, "--image " + other + " --audit 5 --audit-out " + other, "is the file of --audit-out: expected another file");
        assertFalse(Files.exists(other));
    }

    private static void refused(final int exit, final String options, final String message) {
        final Outcome outcome = Outcome.run(MADE + "--frames 10 " + options);
        assertEquals(exit, outcome.exit(), outcome.err());
        assertTrue(outcome.err().contains(message), outcome.err());
    }
}
