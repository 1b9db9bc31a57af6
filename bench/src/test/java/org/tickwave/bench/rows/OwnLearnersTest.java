package org.tickwave.bench.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.cli.Commands;
import org.tickwave.bench.score.RowScores;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.stream.Streams;
import org.tickwave.bench.table.TableOptions;

/** The accuracies of this project's learners are those that {@code run --compare} tells of the same rows. */
class OwnLearnersTest {
    private static final double EXACTLY = 0;

    private static TableOptions labelled(final String label) {
        return new TableOptions(null, true, null, null, label, null, null, false, true);
    }

    private static Map<String, RowScores> scores(final RowTable table) throws RunFailure {
        final Map<String, RowScores> scores = new HashMap<>();
        for (final Learner learner : OwnLearners.all()) {
            try (Pass pass = learner.opening().open(table)) {
                pass.run();
                scores.put(learner.name(), pass.scores());
            }
        }
        return scores;
    }

    private static void expectTheSame(final String file, final String label, final int rows) throws IOException, RunFailure {
        final JsonObject run = JsonParser.parseString(Commands.output("run", "--input", file, "--label", label, "--frames", Integer.toString(rows),
            "--pace", "none", "--compare", "--json", "--quiet")).getAsJsonObject();
        final Map<String, RowScores> scores = scores(TableReader.read(file, labelled(label), rows));
        assertEquals(run.get("scored_frames").getAsLong(), scores.get(OwnLearners.ENGINE).rows());
        assertEquals(run.get("accuracy").getAsDouble(), scores.get(OwnLearners.ENGINE).accuracy(0), EXACTLY);
        for (final Map.Entry<String, String> name : Map.of("backprop", OwnLearners.BACKPROP, "last_label", OwnLearners.LAST_LABEL,
            "commonest_label", OwnLearners.COMMONEST_LABEL).entrySet()) {
            assertEquals(run.getAsJsonObject(name.getKey()).get("accuracy").getAsDouble(), scores.get(name.getValue()).accuracy(0), EXACTLY,
                name.getKey());
        }
        final List<Double> linear =
            scores.entrySet().stream().filter(each -> each.getKey().startsWith("no hidden layer")).map(each -> each.getValue().accuracy(0)).toList();
        assertEquals(3, linear.size());
        assertEquals(run.getAsJsonObject("linear").get("accuracy").getAsDouble(), linear.stream().max(Double::compare).orElseThrow(), EXACTLY);
    }

    @Test
    void ofTheElectricityTable() throws IOException, RunFailure {
        expectTheSame(Streams.real("elec.csv").toString(), "class", 4_000);
    }

    /** Numbers are missing, also in the first row; labels are missing; one number is too large to be scaled; three labels. */
    @Test
    void ofATableWithGaps(@TempDir final Path directory) throws IOException, RunFailure {
        final Random random = new Random(5);
        final StringBuilder text = new StringBuilder("a,b,label\n,1,x\n");
        for (int row = 0; row < 600; row++) {
            final double a = random.nextGaussian();
            final double b = random.nextGaussian();
            text.append(row % 11 == 0 ? "" : row == 77 ? "1e120" : Double.toString(a)).append(',').append(row % 13 == 0 ? "?" : Double.toString(b)).append(',')
                .append(row % 7 == 0 ? "" : a > .5 ? "x" : b > 0 ? "y" : "z").append('\n');
        }
        expectTheSame(Files.writeString(directory.resolve("gaps.csv"), text).toString(), "label", 400);
    }

    /** What the engine reports of itself is what the run did. */
    @Test
    void theEngineSaysHowItIsSetUp() throws RunFailure {
        final List<String> settings = OwnLearners.all().stream().map(learner -> {
            try (Pass pass = learner.opening().open(MadeRows.table("made", 10))) {
                return pass.settings();
            } catch (final RunFailure e) {
                throw new IllegalStateException(e);
            }
        }).toList();
        assertTrue(settings.getFirst().startsWith("2-64-64-2, rule aligned, hold 8, rate 0.1, threads "),
            settings.getFirst());
        assertTrue(settings.get(1).endsWith("rate 0.1") && settings.get(2).contains("rate 0.01") && settings.get(4).endsWith("rate 1"), settings.toString());
    }
}
