package org.tickwave.bench.suite;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tickwave.bench.forks.Trees;
import org.tickwave.bench.page.Html;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.stream.Printable;
import org.tickwave.safetensors.file.AtomicFile;

/** The results of finished forks, as JMH wrote them, in {@code forks} below the directory of the suite. */
final class Store {
    private static final Gson GSON = new Gson();
    private static final String BUILD = "build.json";

    private final Path directory;

    private Store(final Path directory) {
        this.directory = directory;
    }

    /**
     * Opens the store, which may hold forks of an earlier run.
     *
     * @param out the directory of the suite; it exists
     * @throws RunFailure if the forks there are of another build, JDK or machine
     */
    static Store open(final Path out, final Build build) throws IOException, RunFailure {
        final Path directory = out.resolve("forks");
        final Path file = directory.resolve(BUILD);
        if (Files.exists(file)) {
            final List<String> differences = differences(file, build);
            if (!differences.isEmpty()) {
                throw RunFailure.failed("--out " + Printable.text(out.toString()) + ": holds forks of another build: "
                    + Printable.text(String.join(", ", differences)) + ": expected the same build, JDK and machine, or another directory");
            }
        } else {
            Trees.delete(directory);
            Files.createDirectories(directory);
            write(file, GSON.toJson(build));
        }
        return new Store(directory);
    }

    private static List<String> differences(final Path file, final Build build) throws IOException {
        try {
            final Build there = GSON.fromJson(Files.readString(file), Build.class);
            return there == null || there.machine() == null ? List.of(BUILD + " is empty") : build.differences(there);
        } catch (final JsonParseException e) {
            return List.of(BUILD + " cannot be read");
        }
    }

    private static void write(final Path file, final String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Path file(final int round, final Entry.Measurement what) {
        return directory.resolve("round-" + (round + 1) + "-" + Html.slug(what.mode() + " " + what.combination() + (what.threads() == 1 ? "" : " t " + what.threads())) + ".json");
    }

    /** The fork of an earlier run; null if there is none. */
    Fork find(final int round, final Entry.Measurement what) throws IOException {
        final Path file = file(round, what);
        try {
            return Files.exists(file) ? Fork.parse(round, Files.readString(file)) : null;
        } catch (final JsonParseException | IllegalStateException e) {
            return null;
        }
    }

    /** How many forks of a plan are there. */
    int kept(final Plan plan) throws IOException {
        int kept = 0;
        for (int round = 0; round < plan.pace().rounds(); round++) {
            for (final Entry.Measurement what : plan.measurements()) {
                kept += find(round, what) == null ? 0 : 1;
            }
        }
        return kept;
    }

    /** Keeps what JMH wrote. */
    void keep(final int round, final Entry.Measurement what, final String json) throws IOException {
        write(file(round, what), json);
    }

    /** Where JMH writes the result of the present fork. */
    Path scratch() {
        return directory.resolve("present.json");
    }
}
