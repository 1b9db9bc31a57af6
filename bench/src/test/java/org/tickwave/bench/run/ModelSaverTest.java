package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.ModelFile;
import org.tickwave.bench.model.Models;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.session.NumberStream;
import org.tickwave.bench.setup.MadeOptions;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.safetensors.file.FileException;

/** The files that a run leaves when it does not end as planned. */
class ModelSaverTest {
    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void oldFile() throws Exception {
        file = Files.writeString(folder.resolve("m"), "old");
    }

    private RunOptions options() {
        return options(List.of(1));
    }

    private RunOptions options(final List<Integer> layers) {
        final MadeOptions options = new MadeOptions();
        options.context = 1;
        options.gain = 1f;
        options.layers = layers;
        options.rate = 1024f;
        options.save = file.toString();
        return options.settled();
    }

    private static RunPlan plan(final RunOptions options) throws RunFailure {
        return RunPlan.of(options, new NumberStream() {
            @Override
            public boolean read(final float[] frame) {
                return false;
            }

            @Override
            public void close() {
                // Nothing to close.
            }
        });
    }

    private static Report report(final Report.End end, final long frames) {
        return new Report(null, new Report.Counts(frames, 0, 0, 0, 0, 0, null), null, null, 0, 0, null, List.of(), end, null, 0,
            end == Report.End.FAILED ? new IllegalStateException("band 1 failed in layer 2") : null, List.of(), null,
            null, null, null, null, Report.Files.NONE);
    }

    private Report.Files save(final Report.End end, final long frames) throws Exception {
        final ModelSaver saver = ModelSaver.of(options(), "test");
        final RunPlan plan = plan(options());
        try (Engine engine = Engine.open(plan.description().network(), plan.context())) {
            assertTrue(saver.pending());
            final Report.Files files = saver.save(report(end, frames), plan, engine, null);
            assertFalse(saver.pending());
            return files;
        }
    }

    @Test
    void whateverEndedItWhatWasLearntIsSaved() throws Exception {
        for (final Report.End end : List.of(Report.End.STREAM, Report.End.FRAMES, Report.End.SECONDS, Report.End.INTERRUPT,
            Report.End.BROKEN)) {
            Files.writeString(file, "old");
            assertEquals(new Report.Files(null, file.toString(), null), save(end, 1));
            assertEquals("1-1-1", Models.read(file).network().toString(), end.toString());
            assertNull(Models.read(file).unfinished());
        }
        assertFalse(Files.exists(Path.of(file + ".stopped")));
    }

    @Test
    void afterAFailedBandWhatWasLearntIsElsewhereAndSaysSo() throws Exception {
        assertEquals(new Report.Files(null, file + ".stopped", null), save(Report.End.FAILED, 1));
        assertEquals("band 1 failed in layer 2", Models.read(Path.of(file + ".stopped")).unfinished());
        assertEquals("old", Files.readString(file));
    }

    @Test
    void afterAnErrorWhatWasLearntIsElsewhere() throws Exception {
        final ModelSaver saver = ModelSaver.of(options(), "test");
        final RunPlan plan = plan(options());
        saver.prepare(plan);
        final Path stopped = Path.of(file + ".stopped");
        try (Engine engine = Engine.open(plan.description().network(), plan.context())) {
            assertEquals("nothing was saved: there was no frame", saver.rescue(0, plan, engine));
            assertFalse(Files.exists(stopped));
            assertEquals("what was learnt until the error below is in " + stopped, saver.rescue(1, plan, engine));
            assertNull(Models.read(stopped).unfinished());
            assertFalse(saver.pending());
            Files.delete(stopped);
            Files.createDirectory(stopped);
            assertEquals(stopped + ": a directory: expected a file to write", saver.rescue(1, plan, engine));
        }
        assertEquals("old", Files.readString(file));
    }

    @Test
    void anInterruptBeforeTheFirstFrameOverwritesNothing() throws Exception {
        assertEquals("nothing was saved: there was no frame", save(Report.End.INTERRUPT, 0).notSaved());
        assertEquals("old", Files.readString(file));
    }

    @Test
    void weightsThatNobodyCouldLoadAreSavedElsewhere() throws Exception {
        final ModelSaver saver = ModelSaver.of(options(), "test");
        final RunPlan plan = plan(options());
        try (Engine engine = Engine.open(plan.description().network(), plan.context())) {
            engine.input(new float[] {1 << 15}).target(new float[] {1 << 30}).advance(3);
            assertEquals(0, engine.guardTrips());
            final Report.Files files = saver.save(report(Report.End.FRAMES, 1), plan, engine, null);
            assertEquals(file + ".stopped", files.saved());
            assertEquals(file + ": not saved: some weights are above 2^30 in magnitude, which --load refuses; they are in " + file + ".stopped",
                files.notSaved());
        }
        assertEquals("old", Files.readString(file));
        assertThrows(FileException.class, () -> Models.read(Path.of(file + ".stopped")));
    }

    @Test
    void aLayerThatNoFileCanHoldIsRefused() {
        final Network network = Network.chain(1 << 16, 1 << 15, 1).build();
        final Model model = new Model(network, "change", List.of(), 1, 1, 1, null, null, List.of(), null, null, null);
        assertEquals("m: layer 1 of 65536-32768-1 has 2147483648 weights: expected at most 2147483639 to save",
            assertThrows(FileException.class, () -> ModelFile.bytes(Path.of("m"), model, "test")).getMessage());
    }

    @Test
    void aDiskThatIsTooSmallIsRefusedBeforeAnythingIsLearnt() throws Exception {
        final ModelSaver saver = ModelSaver.of(options(), "test");
        final RunPlan plan = plan(options(Collections.nCopies(1 << 12, 1 << 15)));
        final String message = assertThrows(FileException.class, () -> saver.prepare(plan)).getMessage();
        assertTrue(message.matches(".*/m: \\d+ bytes free on the disk: expected 17\\d+ bytes for the new file"), message);
    }

    @Test
    void theRoomThatIsExpectedIsThatOfTheFile() throws Exception {
        assertNotNull(save(Report.End.FRAMES, 1).saved());
        final RunPlan plan = plan(options());
        assertEquals(Files.size(file), ModelFile.bytes(file, plan.model(null, null), "test"));
    }
}
