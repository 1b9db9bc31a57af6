package org.tickwave.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.tickwave.Engine;
import org.tickwave.Network;
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
import org.tickwave.safetensors.file.AtomicFile;
import org.tickwave.safetensors.file.FileException;

/**
 * Saves what a run has learnt in FILE, the file that the user named. Weights that might not load, or that should not be trusted,
 * go to FILE.stopped instead. Each file is written whole or not at all.
 */
final class ModelSaver {
    private static final String STOPPED = ".stopped";
    private static final String RECORDING = ".wav";
    private static final String STANDARD_INPUT = "-";
    private static final String NO_FRAME = "nothing was saved: there was no frame";
    /** Most characters of a double in a header. */
    private static final long NUMBER_BYTES = 24;
    /** Bytes that saving allocates, besides rows and the header. */
    private static final int RESERVE_BYTES = 2 << 20;
    private static final int RESERVE_BYTES_A_LAYER = 4 << 10;

    private final String name;
    private final Path file;
    private final Path stopped;
    private final String version;
    private volatile boolean pending = true;
    /** Heap for saving after an OutOfMemoryError. */
    private byte[] reserve;

    private ModelSaver(final String name, final Path file, final Path stopped, final String version) {
        this.name = name;
        this.file = file;
        this.stopped = stopped;
        this.version = version;
    }

    /**
     * Checks before the run whether both files can be written.
     *
     * @param version version of tickwave
     * @return null without --save
     */
    static ModelSaver of(final RunOptions options, final String version) throws RunFailure, IOException {
        final String name = options.save();
        if (name == null) {
            return null;
        }
        final Path file = FileNames.path("--save " + Printable.text(name), name);
        final ModelSaver saver = new ModelSaver(name, file, Path.of(stopped(name)), version);
        AtomicFile.check(file);
        if (options.input() != null && !options.input().equals(STANDARD_INPUT)) {
            saver.expectElsewhere(options.input());
        }
        AtomicFile.check(saver.stopped);
        return saver;
    }

    /** The name of the file for weights that might not load, or that should not be trusted. */
    static String stopped(final String name) {
        return name + STOPPED;
    }

    private void expectElsewhere(final String input) throws RunFailure, IOException {
        final Path in = FileNames.path(Printable.text(input), input);
        for (final Path to : new Path[] {file, stopped}) {
            if (same(in, to)) {
                throw RunFailure.usage("--save " + Printable.text(name) + ": " + Printable.text(to.toString())
                    + " is the input: expected another file");
            }
        }
        final Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(in) && directory != null && Files.isDirectory(directory) && recording(file)
            && directory.toRealPath().startsWith(in.toRealPath())) {
            throw RunFailure.usage("--save " + Printable.text(name) + ": a later run would read this file as a recording of "
                + Printable.text(input) + ": expected another name or directory");
        }
    }

    private static boolean same(final Path one, final Path other) throws IOException {
        return Files.exists(one) && Files.exists(other)
            ? Files.isSameFile(one, other) : one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private static boolean recording(final Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(RECORDING);
    }

    /**
     * Checks before the run whether the disks of both files have room, and reserves the heap that saving takes.
     *
     * @throws FileException if a disk has no room, or a layer is larger than a file can hold
     */
    void prepare(final RunPlan plan) throws IOException {
        final Model model = plan.model(null, null);
        long bytes = ModelFile.bytes(file, model, version);
        if (model.normalisation() != null) {
            // These numbers change during the run, so their length is not known yet.
            bytes += (model.normalisation().mean().length * 3 + 1) * NUMBER_BYTES;
        }
        AtomicFile.expectRoom(file, bytes);
        AtomicFile.expectRoom(stopped, bytes);
        final Network network = model.network();
        int widest = 0;
        for (int l = 0; l <= network.last(); l++) {
            widest = Math.max(widest, network.width(l));
        }
        reserve = new byte[Math.addExact(RESERVE_BYTES + (network.layers() + network.projections()) * RESERVE_BYTES_A_LAYER, 2 * Float.BYTES * widest)];
    }

    /** Whether the model is not saved yet. Any thread may call this. */
    boolean pending() {
        return pending;
    }

    /**
     * Saves after a session. The engine is still open. If this throws, call {@link #rescue}.
     *
     * @param loaded file that the start weights were loaded from, or null
     * @return the files, even if nothing was saved
     */
    Report.Files save(final Report report, final RunPlan plan, final Engine engine, final String loaded) {
        Report.Files files;
        try {
            files = save(report, plan, Weights.of(engine), loaded);
        } catch (final IOException e) {
            files = new Report.Files(loaded, null, e.getMessage());
        }
        pending = false;
        return files;
    }

    private Report.Files save(final Report report, final RunPlan plan, final Weights weights, final String loaded)
        throws IOException {
        if (report.counts().frames() == 0) {
            return new Report.Files(loaded, null, NO_FRAME);
        }
        if (report.end() == Report.End.FAILED) {
            // The heap may be full.
            reserve = null;
            return saveUnfinished(plan.model(Printable.text(String.valueOf(report.failure().getMessage())), weights), loaded);
        }
        final Model model = plan.model(null, weights);
        if (report.end() == Report.End.GUARD) {
            ModelFile.write(stopped, model, version);
            return new Report.Files(loaded, stopped.toString(), null);
        }
        if (!good(model)) {
            ModelFile.write(stopped, model, version);
            return new Report.Files(loaded, stopped.toString(), Printable.text(name) + ": not saved: some weights are above 2^30 in magnitude,"
                + " which --load refuses; they are in " + Printable.text(stopped.toString()));
        }
        try {
            ModelFile.write(file, model, version);
            return new Report.Files(loaded, name, null);
        } catch (final FileException e) {
            return saveElsewhere(model, loaded, e);
        }
    }

    private Report.Files saveUnfinished(final Model model, final String loaded) throws IOException {
        try {
            ModelFile.write(stopped, model, version);
            return new Report.Files(loaded, stopped.toString(), null);
        } catch (final IllegalStateException e) {
            // A band of the engine hangs, so the weights cannot be read.
            return new Report.Files(loaded, null, "nothing was saved: " + e.getMessage());
        }
    }

    /** Tries FILE.stopped if FILE cannot be written. They may lie on different disks, or FILE may have become a directory. */
    private Report.Files saveElsewhere(final Model model, final String loaded, final FileException why) throws IOException {
        try {
            ModelFile.write(stopped, model, version);
        } catch (final FileException e) {
            throw why;
        }
        return new Report.Files(loaded, stopped.toString(),
            why.getMessage() + "; what was learnt is in " + Printable.text(stopped.toString()));
    }

    /**
     * Saves in FILE.stopped after an internal error, such as an OutOfMemoryError. Throws nothing.
     *
     * @param frames number of frames that the session has fed
     * @return a message for the user that says whether the weights were saved
     */
    String rescue(final long frames, final RunPlan plan, final Engine engine) {
        reserve = null;
        try {
            if (frames == 0) {
                return NO_FRAME;
            }
            ModelFile.write(stopped, plan.model(engine.unfinished() ? "a band failed" : null, Weights.of(engine)), version);
            return "what was learnt until the error below is in " + Printable.text(stopped.toString());
        } catch (final IOException e) {
            return e.getMessage();
        } catch (final RuntimeException | Error e) {
            return "nothing was saved: " + e;
        } finally {
            pending = false;
        }
    }

    /** Whether all weights are good numbers. The guard checks only vectors, so it does not see the weights of the last tick. */
    private static boolean good(final Model model) throws IOException {
        boolean good = true;
        final Network network = model.network();
        for (int k = 1; k <= network.projections(); k++) {
            final float[] row = new float[network.width(network.from(k))];
            for (int r = 0; r < network.width(network.to(k)); r++) {
                model.weights().readRow(k, r, row);
                good &= FrameStream.good(row);
            }
        }
        for (int l = network.inputs(); l <= network.last(); l++) {
            final float[] biases = new float[network.width(l)];
            model.weights().readBiases(l, biases);
            good &= FrameStream.good(biases);
        }
        return good;
    }
}
