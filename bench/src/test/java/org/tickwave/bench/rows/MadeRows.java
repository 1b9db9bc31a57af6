package org.tickwave.bench.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.tickwave.bench.setup.RunFailure;

/** Tables, and learners that learn nothing, for tests. */
public final class MadeRows {
    static final List<String> LABELS = List.of("no", "yes");

    /** A warm-up of one turn and one pass for each learner. */
    static final WarmUp COLD = new WarmUp(0, 1, 0, () -> 0);

    private MadeRows() {
    }

    /** Rows of two numbers. The label says whether the first is positive. */
    static RowTable table(final String name, final int rows) {
        final Random random = new Random(3);
        final double[][] numbers = new double[rows][];
        final int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            numbers[row] = new double[] {random.nextGaussian(), random.nextGaussian()};
            labels[row] = numbers[row][0] > 0 ? 1 : 0;
        }
        return new RowTable(name, List.of(Column.numeric("a"), Column.numeric("b")), LABELS, numbers, labels);
    }

    /** A table whose rows all have the first label. */
    static RowTable oneLabel(final String name, final int rows) {
        final RowTable table = table(name, rows);
        return new RowTable(name, table.columns(), LABELS, table.numbers(), new int[rows]);
    }

    /** A learner that gives an answer by the number of the row. */
    static Learner learner(final String name, final Role role, final IntUnaryOperator answer) {
        return Learner.rowByRow(name, "made", role, table -> new RowLearner() {
            @Override
            public String settings() {
                return "none";
            }

            @Override
            public int answer(final int row) {
                return answer.applyAsInt(row);
            }

            @Override
            public void learn(final int row) {
                // Learns nothing.
            }
        });
    }

    /** A library that brings one learner and the given tables. */
    static Provider provider(final Learner learner, final RowTable... tables) {
        return new Provider() {
            @Override
            public List<Learner> learners() {
                return List.of(learner);
            }

            @Override
            public List<RowTable> tables(final int rows) {
                return List.of(tables);
            }
        };
    }

    /** What a comparison printed, and its exit code. */
    record Outcome(int exit, String out, String err) {
    }

    static Outcome compare(final boolean json, final boolean quiet, final RowsComparison.Setting setting, final RowsComparison.Request request)
        throws IOException, RunFailure {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exit = new RowsComparison(new PrintWriter(out), new PrintWriter(err), "0", json, quiet, setting).execute(request);
        return new Outcome(exit, out.toString(), err.toString());
    }

    /** Compares this project's learners without a warm-up: the JSON object. */
    public static String compareOwnCold(final RowsComparison.Request request) throws IOException, RunFailure {
        final Outcome outcome = compare(true, true, setting(OwnLearners.all()), request);
        assertEquals(0, outcome.exit(), outcome.err());
        return outcome.out();
    }

    static RowsComparison.Setting setting(final List<Learner> own, final Provider... providers) {
        return new RowsComparison.Setting(own, List.of(providers), COLD, () -> 0);
    }

    static RowsComparison.Request made(final int rounds) {
        return new RowsComparison.Request(null, null, null, rounds);
    }

    /** The JSON of a comparison with a null wherever one may be. */
    public static String json() {
        final List<Learner> own = new ArrayList<>(List.of(learner("ours", Role.OURS, row -> 0), learner("rule", Role.BASELINE, row -> 0)));
        try {
            return compare(true, true, setting(own, provider(learner("theirs", Role.PEER, row -> 0), oneLabel("one label", 40))), made(2)).out();
        } catch (final IOException | RunFailure e) {
            throw new IllegalStateException(e);
        }
    }
}
