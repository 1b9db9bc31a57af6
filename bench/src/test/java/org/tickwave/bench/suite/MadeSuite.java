package org.tickwave.bench.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tickwave.bench.forks.End;
import org.tickwave.bench.forks.ForkScore;
import org.tickwave.bench.forks.JmhResult;
import org.tickwave.bench.forks.Machine;
import org.tickwave.bench.forks.Spread;
import org.tickwave.bench.page.Page;
import org.tickwave.bench.rows.SavedTables;

/** Results of a suite with made-up forks, for tests in other packages. */
public final class MadeSuite {
    private static final String LINES = """
        width,ours,tick,A.ours,width=64|128|256|512 threads=2,width,avgt,1,8*width*width,3*width*width
        width,peer,BLAS,A.peer,width=64|128|256|512,width,avgt,1,,
        width,peer,frame of 32,A.batched,width=64|128 batch=32,width,avgt,1/batch,,
        roofline,ceiling,read of the L2,A.read,,,avgt,1,100,
        roofline,ceiling,multiply-adds,A.madd,,,avgt,1,,100
        tails,ours,tick,A.ours,width=64,,sample,1,,
        """;
    private static final int FORKS = 4;

    private MadeSuite() {
    }

    private static List<Figure> figures(final Plan plan) {
        final List<Figure> figures = new ArrayList<>();
        for (final Entry entry : plan.entries()) {
            final List<Fork> forks = new ArrayList<>();
            for (int round = 0; round < FORKS; round++) {
                final double ns = (entry.x() + 1) * (entry.x() + 1) * (entry.role() == Role.PEER ? 3 : 1) * (1 + round / 10.0);
                forks.add(new Fork(round, new ForkScore(ns, List.of(ns)), 0.0, Fork.Counted.NOTHING,
                    entry.sampled() ? List.of(new JmhResult.Sample(10, 1_000), new JmhResult.Sample(500, 3)) : List.of()));
            }
            figures.add(Figure.of(entry, forks));
        }
        return figures;
    }

    private static SuiteResult result(final Plan plan, final List<Figure> figures, final String commit, final Long l2Bytes) {
        final NotMeasured one = NotMeasured.of(plan.entries().getFirst().what(), "weight 3 is 1.0: expected 2.0");
        return new SuiteResult("0", "made", End.FAILED, commit, commit != null, "./tickwave bench --suite made --out DIR", "0123", Machine.ofThisJvm(), 0.5,
            l2Bytes, FORKS, FORKS, Spread.MARK, figures.stream().map(figure -> SuiteResult.FigureJson.of(plan, figure)).toList(),
            Ratio.of(figures).stream().map(SuiteResult.RatioJson::of).toList(), Fit.of(figures, l2Bytes), List.of(one), List.of(one));
    }

    /** With a null wherever one may be, in one of the two. */
    public static List<String> json() {
        final Plan plan = Plan.parse("made", LINES, Stub.PACE, 2);
        final Plan other = Plan.parse("made", "w,ours,tick,A.b,,,avgt,1,,\nw,peer,BLAS,A.peer,,,avgt,1,,\n", Stub.PACE, 2);
        return List.of(result(plan, figures(plan), "0123456789abcdef", 1L << 18).json(), result(other, figures(other), null, null).json());
    }

    /** A page with every chart, and with the tables of a directory. */
    static Page page(final Path directory) throws IOException {
        final Plan plan = Plan.parse("made", LINES, Stub.PACE, 2);
        final List<Figure> figures = figures(plan);
        return SuitePage.of(result(plan, figures, null, 1L << 18), figures, SavedTables.read(directory));
    }
}
