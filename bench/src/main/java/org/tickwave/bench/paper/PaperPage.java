package org.tickwave.bench.paper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.tickwave.bench.model.AtomicFile;

/** Writes the files of the command {@code paper}. */
public final class PaperPage {
    private PaperPage() {
    }

    /** Writes {@code paper.json} into a directory that exists. */
    public static void write(final Paper paper, final Path directory) throws IOException {
        AtomicFile.write(directory.resolve("paper.json"), to -> to.write(PaperJson.of(paper).getBytes(StandardCharsets.UTF_8)));
    }
}
