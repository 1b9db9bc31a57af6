package org.tickwave.bench.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.Rule;
import org.tickwave.bench.paper.wave.Figures;

/** The two pictures of the README are those that {@code paper} draws. */
@Tag("soak")
class ReadmePicturesTest {
    private static final int LAYERS = 9;

    @ParameterizedTest
    @CsvSource({"1, diffusion", "3, aligned"})
    void isWhatPaperDraws(final String id, final String rule) throws IOException {
        final Path picture = Path.of("..", "native-layout-docs", "paper-" + id + "-" + rule + ".svg");
        final String svg = FigureSvg.of(new Figures(LAYERS, 0, name -> { }).ofThePaper(Rule.parse(rule)).stream()
            .filter(figure -> figure.id().equals(id)).findFirst().orElseThrow());
        if (Boolean.getBoolean("tickwave.draw")) {
            Files.writeString(picture, svg);
        }
        assertEquals(svg, Files.readString(picture), "draw it again with mvn -Dtickwave.draw=true");
    }
}
