package org.tickwave.bench.moa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.yahoo.labs.samoa.instances.Instance;
import com.yahoo.labs.samoa.instances.InstancesHeader;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import moa.evaluation.preview.LearningCurve;
import moa.tasks.EvaluatePrequential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.bench.rows.Column;
import org.tickwave.bench.rows.Learner;
import org.tickwave.bench.rows.Pass;
import org.tickwave.bench.rows.Provider;
import org.tickwave.bench.rows.RowTable;
import org.tickwave.bench.score.RowScores;
import org.tickwave.bench.setup.RunFailure;

/** MOA's learners and tables, as {@code bench --tables} takes them. */
class MoaTest {
    private static final int ROWS = 1_500;
    private static final double PERCENT = 100;

    private static RowTable table(final String name) {
        return MadeTables.all(ROWS).stream().filter(table -> table.name().equals(name)).findFirst().orElseThrow();
    }

    private static Learner learner(final String name) {
        return new MoaProvider().learners().stream().filter(learner -> learner.name().equals(name)).findFirst().orElseThrow();
    }

    private static RowScores scores(final Learner learner, final RowTable table) throws RunFailure {
        try (Pass pass = learner.opening().open(table)) {
            pass.run();
            return pass.scores();
        }
    }

    /** What MOA's own task says about the same learner and the same rows, in per cent. */
    private static double byMoa(final String learner, final String generator, final String measurement) {
        final EvaluatePrequential task = new EvaluatePrequential();
        task.learnerOption.setValueViaCLIString(learner);
        task.streamOption.setValueViaCLIString(generator);
        task.evaluatorOption.setValueViaCLIString("BasicClassificationPerformanceEvaluator");
        task.instanceLimitOption.setValue(ROWS);
        task.sampleFrequencyOption.setValue(ROWS);
        task.prepareForUse();
        final LearningCurve curve = (LearningCurve) task.doTask();
        for (int column = 0; column < curve.headerToString().split(",").length; column++) {
            if (curve.getMeasurementName(column).equals(measurement)) {
                return curve.getMeasurement(curve.numEntries() - 1, column);
            }
        }
        throw new AssertionError(measurement + " is not in " + curve.headerToString());
    }

    @ParameterizedTest
    @CsvSource({"Hoeffding tree, trees.HoeffdingTree, Agrawal, generators.AgrawalGenerator",
        "Hoeffding tree, trees.HoeffdingTree, LED, generators.LEDGenerator",
        "adaptive random forest, meta.AdaptiveRandomForest, LED, generators.LEDGenerator",
        "perceptron, functions.Perceptron, 'random RBF, centres move by .001 a row', generators.RandomRBFGeneratorDrift -s .001"})
    void theScoresAreThoseOfMoasOwnEvaluator(final String name, final String cli, final String table, final String generator) throws RunFailure {
        final RowScores scores = scores(learner(name), table(table));
        assertEquals(ROWS, scores.rows());
        assertEquals(byMoa(cli, generator, "classifications correct (percent)"), PERCENT * scores.accuracy(0), 1e-9);
        assertEquals(byMoa(cli, generator, "Kappa Statistic (percent)"), PERCENT * scores.kappa(0), 1e-9);
    }

    /** A row of a table that comes from a file has to be the row that a generator would have made. */
    @Test
    void rowsAreTheSameInBothDirections() {
        final RowTable table = table("Agrawal");
        assertEquals(List.of("elevel", "car", "zipcode"), table.columns().stream().filter(Column::nominal).map(Column::name).toList());
        final InstancesHeader header = MoaRows.header(table);
        assertEquals(List.of("groupA", "groupB"), header.classAttribute().getAttributeValues());
        final Instance[] rows = MoaRows.rows(table, header);
        for (int row = 0; row < ROWS; row++) {
            final Instance instance = rows[row];
            assertEquals(table.labelOf()[row], instance.classValue());
            assertTrue(Arrays.equals(table.numbers()[row], IntStream.range(0, instance.numInputAttributes())
                .mapToDouble(instance::valueInputAttribute).toArray()), "row " + row);
        }
        assertTrue(header.inputAttribute(3).isNominal() && header.inputAttribute(0).isNumeric());
        assertEquals(20, header.inputAttribute(4).numValues());
    }

    @Test
    void theTablesHaveTheRowsAndLabelsThatWereAskedFor() {
        for (final RowTable table : MadeTables.all(ROWS)) {
            assertEquals(ROWS, table.rows());
            assertEquals(table.labels().size(), Arrays.stream(table.labelOf()).distinct().count(), table.name());
        }
        assertEquals(4, MadeTables.all(1).size());
    }

    /** The labels of the rows before the drift and after it follow different rules, so a tree of the first half errs in the second. */
    @Test
    void theConceptOfSeaDrifts() throws RunFailure {
        final RowTable sea = MadeTables.all(4_000).getFirst();
        final int half = 2_000;
        final double[] wrong = new double[2];
        for (int row = 0; row < sea.rows(); row++) {
            // The first concept: 0 if the sum of the first two numbers is at most 8.
            final boolean first = sea.numbers()[row][0] + sea.numbers()[row][1] <= 8;
            wrong[row / half] += first == (sea.labelOf()[row] == 0) ? 0 : 1. / half;
        }
        assertTrue(wrong[0] < .15 && wrong[1] > wrong[0] + .05, Arrays.toString(wrong));
    }

    @Test
    void theProviderIsFound() {
        final List<Provider> found = ServiceLoader.load(Provider.class).stream().map(ServiceLoader.Provider::get).toList();
        assertEquals(1, found.size());
        assertEquals(List.of("Hoeffding tree", "adaptive random forest", "perceptron"), found.getFirst().learners().stream().map(Learner::name).toList());
        assertTrue(found.getFirst().learners().stream().allMatch(learner -> learner.source().equals("MOA 2024.07.0")));
    }
}
