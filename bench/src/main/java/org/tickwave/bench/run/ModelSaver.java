package org.tickwave.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.bench.model.AtomicFile;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.ModelFile;
import org.tickwave.bench.model.Weights;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Printable;

/**
 * What a run keeps of what it learnt: in the file that was named, or, where that might not load or should not be trusted, in
 * another beside it. Either is written whole or not at all.
 */
final class ModelSaver {
    private static final String STOPPED = ".stopped";
    private static final String RECORDING = ".wav";
    private static final String STANDARD_INPUT = "-";
    /** What a header takes, and more. */
    private static final long HEADER_BYTES = 1 << 20;

    private final String name;
    private final Path file;
    private final Path stopped;
    private final String version;
    private volatile boolean pending = true;

    private ModelSaver(final String name, final Path file, final Path stopped, final String version) {
        this.name = name;
        this.file = file;
        this.stopped = stopped;
        this.version = version;
    }

    /**
     * Looks whether something can be saved, before anything is learnt.
     *
     * @param version of tickwave
     * @return null if nothing is to be saved
     */
    static ModelSaver of(final RunOptions options, final String version) throws RunFailure, IOException {
        final String name = options.save();
        if (name == null) {
            return null;
        }
        final Path file = FileNames.path("--save " + Printable.text(name), name);
        final ModelSaver saver = new ModelSaver(name, file, Path.of(name + STOPPED), version);
        AtomicFile.check(file);
        if (options.input() != null && !options.input().equals(STANDARD_INPUT)) {
            saver.expectElsewhere(options.input());
        }
        AtomicFile.check(saver.stopped);
        return saver;
    }

    private void expectElsewhere(final String input) throws RunFailure, IOException {
        final Path in = FileNames.path(Printable.text(input), input);
        for (final Path to : new Path[] {file, stopped}) {
            if (same(in, to)) {
                throw RunFailure.usage("--save " + Printable.text(name) + ": " + Printable.text(to.toString())
                    + " is the input; expected another file");
            }
        }
        final Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(in) && folder != null && Files.isDirectory(folder) && recording(file)
            && folder.toRealPath().startsWith(in.toRealPath())) {
            throw RunFailure.usage("--save " + Printable.text(name) + ": would be a recording of the input " + Printable.text(input)
                + "; expected another name or directory");
        }
    }

    private static boolean same(final Path one, final Path other) throws IOException {
        return Files.exists(one) && Files.exists(other)
            ? Files.isSameFile(one, other) : one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private static boolean recording(final Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(RECORDING);
    }

    /** Whether a disk has room for it, as far as it says now. */
    void expectRoom(final Network network) throws RunFailure, IOException {
        final long bytes = ModelFile.dataBytes(file, network) + HEADER_BYTES;
        final Path folder = file.toAbsolutePath().getParent();
        final long usable = Files.getFileStore(folder).getUsableSpace();
        if (usable < bytes) {
            throw RunFailure.failed(Printable.text(name) + ": some " + bytes + " bytes to save: expected a disk with room for them, "
                + usable + " bytes are free");
        }
    }

    /** Whether it has still to be done. From any thread. */
    boolean pending() {
        return pending;
    }

    /**
     * After a session, whose engine is still open.
     *
     * @param loaded file that it began with, or null
     * @return what came of it, also where nothing did
     */
    Report.Files save(final Report report, final RunPlan plan, final Engine engine, final String loaded) {
        try {
            if (report.end() == Report.End.FAILED) {
                return new Report.Files(loaded, null, "nothing was saved: the weights are lost");
            }
            if (report.counts().frames() == 0) {
                return new Report.Files(loaded, null, "nothing was saved: there was no frame");
            }
            final Model model = plan.model(Weights.of(engine));
            if (report.end() == Report.End.GUARD) {
                ModelFile.write(stopped, model, version);
                return new Report.Files(loaded, stopped.toString(), null);
            }
            if (!good(model)) {
                ModelFile.write(stopped, model, version);
                return new Report.Files(loaded, stopped.toString(), Printable.text(name) + ": not saved: weights are beyond 2^30, which"
                    + " nobody can load; they are in " + Printable.text(stopped.toString()));
            }
            ModelFile.write(file, model, version);
            return new Report.Files(loaded, name, null);
        } catch (final IOException e) {
            return new Report.Files(loaded, null, e.getMessage());
        } finally {
            pending = false;
        }
    }

    /** The guard looks at what weights do, one tick later; not at what the last tick did to them. */
    private static boolean good(final Model model) {
        boolean good = true;
        for (int l = 1; l <= model.network().layers(); l++) {
            final float[] row = new float[model.network().width(l - 1)];
            final float[] biases = new float[model.network().width(l)];
            for (int r = 0; r < biases.length; r++) {
                model.weights().readRow(l, r, row);
                good &= FrameStream.good(row);
            }
            model.weights().readBiases(l, biases);
            good &= FrameStream.good(biases);
        }
        return good;
    }
}
