package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs on real streams in ten pieces, with a kill between two pieces. {@code -Dtickwave.data=DIR} names the directory that holds the
 * streams. Its names are those of this test.
 */
@Tag("soak")
class KilledOnDataTest {
    private static final String DIRECTORY = System.getProperty("tickwave.data");
    private static final int FRAMES = 3_000;
    private static final int KILLS = 9;
    private static final int EVERY = 25;
    private static final int LATEST_NS = 100_000_000;
    /** Two inputs, and projections that skip a layer. It has no cycle, so that --compare takes it. */
    private static final String GRAPH = """
        {"inputs": [{"name": "now", "width": 16}, {"name": "before"}],
         "layers": [{"name": "low", "width": 40}, {"name": "high", "width": 33}],
         "outputs": [{"name": "change"}],
         "projections": [{"from": "now", "to": "low"}, {"from": "before", "to": "low"}, {"from": "low", "to": "high"},
          {"from": "high", "to": "change"}, {"from": "low", "to": "change"}, {"from": "before", "to": "high"}]}
        """;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @Timeout(600)
    @CsvSource(delimiter = '|', textBlock = """
        heart  | ecg_f32x2_360hz.raw | --format f32:2@360 --layers 64,64 --hold 3
        video  | foreman_qcif.y4m    | --loop 50 --layers 64 --hold 2 --answers-format u8
        speech | speech              | --layers 64,64 --hold 3
        table  | elec.csv            | --label class --layers 32,32 --hold 4
        graph  | ecg_f32x2_360hz.raw | --format f32:2@360 --network GRAPH --hold 3
        """)
    void tenPiecesHaveTheBitsOfOneRun(final String name, final String file, final String options) throws IOException, InterruptedException {
        assumeTrue(DIRECTORY != null, "no directory with streams: expected -Dtickwave.data=DIR");
        final Path input = Path.of(DIRECTORY, file).toAbsolutePath();
        assumeTrue(Files.exists(input), () -> "no " + input);
        final long seed = new Random().nextLong();
        System.out.println(name + ": seed " + seed);
        final Path network = Files.writeString(folder.resolve("graph.json"), GRAPH);
        final KilledRun run = new KilledRun(name, Files.createDirectory(folder.resolve("run")), "--input " + input + " "
            + options.replace("GRAPH", network.toString()) + " --normalise 500 --compare --frames " + FRAMES);
        assertEquals(FRAMES, run.expected().get("frames").getAsInt());
        run.killEach("-Xmixed", KILLS, EVERY, LATEST_NS, new Random(seed));
    }
}
