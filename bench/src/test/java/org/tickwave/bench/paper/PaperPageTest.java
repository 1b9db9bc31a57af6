package org.tickwave.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the paper, without a browser. */
class PaperPageTest {
    @TempDir
    private Path directory;

    private static List<String> names(final List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }

    @Test
    void everyFigureIsAFileAndInThePage() throws IOException {
        final List<Path> written = PaperPage.write(Papers.whole(), directory.resolve("a/b"));
        assertEquals(List.of("figure-1-diffusion.svg", "figure-2a-diffusion.svg", "figure-2b-diffusion.svg", "figure-3-diffusion.svg",
            "figure-1-aligned.svg", "figure-3-aligned.svg", "figure-skip-aligned.svg", "paper.html"), names(written));
        final String page = Files.readString(written.getLast());
        for (final Path file : written) {
            assertTrue(Files.size(file) > 1_000);
            assertTrue(file.equals(written.getLast()) || page.contains("href=\"" + file.getFileName() + "\""), file.toString());
        }
        for (final Claim claim : Papers.whole().claims()) {
            assertTrue(page.contains("<h3>" + claim.id() + " ") && page.contains(claim.verdict()), claim.id());
        }
        assertTrue(page.contains("1 of 3 claims have a number outside its bound.") && page.contains("✗ does not"));
        assertTrue(page.contains("Δt = 1/(f_v (L−1))") && page.contains("4.17"));
    }

    /** Names come from a network description that anybody may write. */
    @Test
    void hostileNamesNeitherLeaveTheDirectoryNorTheText() throws IOException {
        final Figure hostile = Papers.mixed("../../x", "</title><script>alert(1)</script>");
        final Paper paper = new Paper(List.of(hostile, Papers.mixed("..//x", "another one with that file name")), List.of(
            new Claim("<i>", "</script><script>alert(2)</script>", "\"", List.of(), "&", List.of())), List.of(), List.of());
        final List<Path> written = PaperPage.write(paper, directory);
        assertEquals(List.of("figure-x-aligned.svg", "figure-x-aligned-2.svg", "paper.html"), names(written));
        for (final Path file : written) {
            assertFalse(Files.readString(file).matches("(?s).*<script[^> ].*|.*<script>(alert|caption).*"), file.toString());
            assertFalse(Files.readString(file).contains("<b>&"), file.toString());
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsRefusedInOneLine() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "");
        for (final Path refused : List.of(file, file.resolve("below"))) {
            final IOException e = assertThrows(IOException.class, () -> PaperPage.check(refused));
            assertTrue(e.getMessage().contains(refused.toString()) && e.getMessage().lines().count() == 1, e.getMessage());
        }
    }
}
