package org.tickwave.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tickwave.bench.forks.ForkScore;
import org.tickwave.bench.page.Curve;

/** Exponents, the knee and the roofline of made-up figures. */
class FitTest {
    private static final double EXACT = 1e-9;
    private static final long L2 = 4 * 256 * 256;

    private static List<Figure> figures(final String line, final double... ns) {
        final List<Entry> entries = Plan.parse("made", line, Stub.PACE, 2).entries();
        return IntStream.range(0, ns.length).mapToObj(i -> Figure.of(entries.get(i), List.of(
            new Fork(0, new ForkScore(ns[i], List.of(ns[i])), null, Fork.Counted.NOTHING, List.of())))).toList();
    }

    /** Quadratic as long as the weights fit, then cubic. */
    @Test
    void theExponentsAreFittedOnBothSidesOfTheKnee() {
        final List<Figure> figures = figures("w,ours,tick,A.b,width=64|128|256|512|1024,width,avgt,1,8*width*width,", 3, 12, 48, 1_000, 8_000);
        final Fit fit = Fit.of(figures, L2).getFirst();
        assertEquals(512, fit.kneeX());
        assertEquals(2, fit.exponentBelow(), EXACT);
        assertEquals(3, fit.exponentAbove(), EXACT);
        final Fit unknown = Fit.of(figures, null).getFirst();
        assertNull(unknown.kneeX());
        assertNull(unknown.exponentBelow());
    }

    /** Two threads have two L2. */
    @Test
    void theKneeIsThatOfAllCoresThatAreUsed() {
        final List<Figure> figures = figures("w,ours,tick,A.b,width=64|256|362|512 threads=2,width,avgt,1,8*width*width,", 1, 16, 32, 64);
        assertEquals(512, Fit.of(figures, L2).getFirst().kneeX());
        assertEquals(2, Fit.of(figures, L2).getFirst().exponent(), 1e-2);
    }

    /** A figure that only reads leaves the L2 at the same size as one that reads and writes, and counts half of the bytes. */
    @Test
    void theKneeIsWhereTheMemoryLeavesTheL2HoweverOftenItIsVisited() {
        final String line = "m,ceiling,sweep,A.b,kib=64|128|256|512|1024%s -t=%d,kib,avgt,1/threads,%s1024*kib,";
        assertEquals(512, Fit.of(figures(line.formatted(" :visits=1", 1, ""), 1, 2, 4, 9, 20), L2).getFirst().kneeX());
        assertEquals(512, Fit.of(figures(line.formatted("", 1, "2*"), 1, 2, 4, 9, 20), L2).getFirst().kneeX());
        assertEquals(512, Fit.of(figures(line.formatted(" :visits=1", 2, ""), 1, 2, 4, 9, 20), L2).getFirst().kneeX(), "each thread has its own");
    }

    @Test
    void twoPlacesAreNoFit() {
        assertEquals(List.of(), Fit.of(figures("w,ours,tick,A.b,width=64|128,width,avgt,1,,", 1, 4), L2));
    }

    /** A ceiling of bytes rises, a ceiling of multiply-adds is level, and a figure is a point. */
    @Test
    void theRooflineHasLinesAndPoints() {
        final List<Figure> figures = List.of(figures("r,ceiling,read,A.read,,,avgt,1,100,", 10).getFirst(),
            figures("r,ceiling,multiply-add,A.madd,,,avgt,1,,80", 4).getFirst(), figures("r,ours,tick,A.b,,,avgt,1,64,24", 12).getFirst());
        final Curve curve = Charts.roofline(figures);
        assertNotNull(curve);
        assertEquals(List.of(.09375, .375, 2.0, 8.0), curve.x());
        assertEquals(List.of("read", "multiply-add", "tick"), curve.lines().stream().map(Curve.Line::name).toList());
        assertEquals(List.of(.9375, 3.75, 20.0, 80.0), curve.lines().get(0).y());
        assertEquals(List.of(20.0, 20.0, 20.0, 20.0), curve.lines().get(1).y());
        assertEquals(List.of(Double.NaN, 2.0, Double.NaN, Double.NaN), curve.lines().get(2).y());
        assertNull(Charts.roofline(figures.subList(2, 3)));
    }

    /** Of a limit in Java and in C the higher one counts; one core and all cores have lines of their own. */
    @Test
    void theRooflineHasTheHighestLimits() {
        final List<Figure> figures = new ArrayList<>(figures("r,ours,tick,A.b,,,avgt,1,64,24", 12));
        figures.addAll(figures("r,ceiling,read in Java,A.read,language=JAVA kib=1|2,kib,avgt,1,100,", 10, 50));
        figures.addAll(figures("r,ceiling,read in C,A.read,language=C kib=1|2,kib,avgt,1,100,", 20, 40));
        figures.addAll(figures("r,ceiling,read on all,A.read,language=C kib=1 -t=2,kib,avgt,1/threads,100,", 20));
        assertEquals(List.of("read in Java, r kib=1", "read in C, r kib=2", "read on all, r kib=1", "tick"),
            Charts.roofline(figures).lines().stream().map(Curve.Line::name).toList());
    }

    /** What no formula says is what the benchmark has counted: of the scaled operation, and of all threads of JMH. */
    @Test
    void theWorkIsWhatTheBenchmarkHasCounted() {
        final String json = "[{\"mode\": \"%s\", \"primaryMetric\": {\"score\": 15.0, \"scoreUnit\": \"ns/op\", \"rawData\": [[18.0, 12.0]]},"
            + " \"secondaryMetrics\": {\"bytes\": {\"score\": 0.14, \"scoreUnit\": \"ns/op\", \"rawData\": [[0.16, 0.12]]},"
            + " \"multiplyAdds\": {\"score\": \"+INF\", \"scoreUnit\": \"ns/op\", \"rawData\": [[\"+INF\", \"+INF\"]]}}}]";
        final Fork fork = Fork.parse(0, json.formatted("avgt"));
        assertEquals(new Fork.Counted(100.0, null), fork.counted());
        assertEquals(Fork.Counted.NOTHING, Fork.parse(0, json.formatted("sample")).counted());
        final Figure figure = Figure.of(Plan.parse("made", "r,ceiling,read,A.b,-t=2,,avgt,3/threads,,", Stub.PACE, 2).entries().getFirst(), List.of(fork));
        assertEquals(300, figure.bytes(), EXACT);
        assertEquals(300 / 22.5, figure.bytesPerNs(), EXACT);
        assertNull(figure.madds());
        final Figure told = Figure.of(Plan.parse("made", "r,ceiling,read,A.b,,,avgt,1,7,8", Stub.PACE, 2).entries().getFirst(), List.of(fork));
        assertEquals(7, told.bytes());
        assertEquals(8, told.madds());
    }
}
