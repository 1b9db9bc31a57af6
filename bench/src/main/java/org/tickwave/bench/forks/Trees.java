package org.tickwave.bench.forks;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories of a comparison or a suite. */
public final class Trees {
    private Trees() {
    }

    /** The checkout with the jar or the directory of this class: {@code bench/target/NAME}. */
    public static Path ownCheckout() {
        try {
            return Path.of(Trees.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getParent().getParent().getParent();
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes a directory with all that is in it, if it exists. */
    public static void delete(final Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        final List<Path> all;
        try (Stream<Path> tree = Files.walk(directory)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : all) {
            Files.delete(path);
        }
    }

    /** Deletes what comparisons left behind that were killed. The names of such directories end in a process id. */
    public static void deleteAbandoned(final Path parent) throws IOException {
        final List<Path> all;
        try (Stream<Path> list = Files.list(parent)) {
            all = list.filter(path -> path.getFileName().toString().matches(".*-[0-9]{1,18}")).toList();
        }
        for (final Path path : all) {
            final String name = path.getFileName().toString();
            if (ProcessHandle.of(Long.parseLong(name.substring(name.lastIndexOf('-') + 1))).isEmpty()) {
                delete(path);
            }
        }
    }
}
