package org.tickwave.bench.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tickwave.Rule;
import org.tickwave.bench.budget.BudgetReport.Answer;
import org.tickwave.bench.budget.BudgetReport.Cell;
import org.tickwave.bench.budget.BudgetReport.Size;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.setup.RunFailure;

/** Verdicts and frontiers from made measurements: a tick takes a nanosecond for each weight, a slow one ten microseconds longer. */
class JudgeTest {
    private static BudgetReport report(final double fps, final List<Integer> depths, final List<Integer> widths, final boolean spread) {
        final BudgetOptions options = MadeBudget.options(List.of(fps), depths, widths, spread);
        return new Budget(options, MadeBudget.MEMORY, _ -> { }).judge(MadeBudget.measured(options, depths, widths));
    }

    private static Cell cell(final BudgetReport report, final String network, final String way) {
        return report.cells().stream().filter(cell -> cell.network().equals(network) && cell.way().equals(way)).findFirst().orElseThrow();
    }

    private static Answer answer(final BudgetReport report, final String way) {
        return report.answers().stream().filter(answer -> answer.way().equals(way)).findFirst().orElseThrow();
    }

    @Test
    void theVerdictSaysWhoIsInTimeAndWithHowMuchReserve() {
        assertEquals(Verdict.FITS, Verdict.of(100, 50, 10, .5));
        assertEquals(Verdict.TIGHT, Verdict.of(100, 51, 10, .5));
        assertEquals(Verdict.TIGHT, Verdict.of(100, 100, 10, .5));
        assertEquals(Verdict.SOMETIMES_LATE, Verdict.of(100, 101, 100, .5));
        assertEquals(Verdict.TOO_SLOW, Verdict.of(100, 200, 101, .5));
        assertEquals(Verdict.FITS, Verdict.of(100, 100, 10, 1));
    }

    @Test
    void theTicksOfAFrameShareItsTimeAndOneOfThemIsSlow() {
        final Times times = new Times(1_000, 1_100, 11_000);
        assertEquals((9 * 1_000 + 11_000) / 10., times.needNs(10, false), 1e-9);
        assertEquals(11_000, times.needNs(10, true), 1e-9);
        // One slow tick of 11 us and 89 of 1 us.
        assertEquals(90, times.largestHold(100_000, false));
        assertEquals(9, times.largestHold(100_000, true));
        assertEquals(1, times.largestHold(11_000, false));
        assertEquals(0, times.largestHold(10_999, false));
        assertEquals(0, times.largestHold(10_999, true));
    }

    /** 4 x 100 has 40,000 weights; at 1,000 frames a second a hold of 3, 7 and 8 ticks leaves 333, 143 and 125 us for a tick. */
    @Test
    void aCellHasTheBudgetOfItsHold() {
        final BudgetReport report = report(1_000, List.of(4), List.of(100), false);
        final Cell paper = cell(report, "4 x 100", Way.PAPER);
        assertEquals(1e6 / 3, paper.budgetNs(), 1);
        assertEquals((2 * 40_000 + 50_000) / 3., paper.needNs(), 1);
        assertEquals(1e6 / 130_000, paper.headroom(), 1e-6);
        assertEquals(Verdict.FITS, paper.judged());
        assertEquals((500_000 - 50_000) / 40_000 + 1, paper.largestHold());
        assertEquals(1e6 + 40_000, paper.answerNs(), 1);
        assertTrue(paper.measured());
        assertEquals(7, cell(report, "4 x 100", Way.SPAN).hold());
        assertEquals(8, cell(report, "4 x 100", Way.EXACT).hold());
        assertEquals(3e6 + 40_000, cell(report, "4 x 100", Way.EVERY_TICK).answerNs(), 1);
        assertEquals(7e6 + 40_000, cell(report, "4 x 100", Way.EVERY_TICK).learntNs(), 1);
    }

    @Test
    void spreadTicksAreJudgedOneByOne() {
        final Cell paper = cell(report(1_000, List.of(4), List.of(100), true), "4 x 100", Way.PAPER);
        assertEquals(50_000, paper.needNs(), 1);
        assertEquals(10, paper.largestHold());
    }

    /** Half a millisecond is the share of a frame: 490,000 weights with a new frame in every tick. One more neuron than 320 takes another 64 columns. */
    @Test
    void theFrontierIsWhereTheLargestNetworksFit() {
        final BudgetReport report = report(1_000, List.of(2, 4, 8), List.of(64, 128, 192, 256, 320, 512), false);
        final Answer aligned = answer(report, Way.EVERY_TICK);
        assertEquals(3, aligned.widestByDepth().size());
        for (final Size size : aligned.widestByDepth()) {
            final double weights = (double) size.depth() * size.width() * size.width();
            assertTrue(weights < 560_000 && weights > 400_000, size::toString);
        }
        assertEquals(2, aligned.widest().depth());
        assertEquals(aligned.widestByDepth().getFirst(), aligned.widest());
        assertEquals(8, aligned.deepest().depth());
        // A hold of 2L-1 needs that many times as much.
        final Answer span = answer(report, Way.SPAN);
        assertTrue(span.widest().width() < aligned.widest().width(), span::toString);
        assertEquals("2 x 64", aligned.largestHold().network());
    }

    /** A disturbance of the machine may make the smallest network the slowest. */
    @Test
    void theFrontierIgnoresSmallerNetworksThatDoNotFit() {
        final BudgetOptions options = MadeBudget.options(List.of(1_000.), List.of(2, 4), List.of(64, 128), false);
        final List<Measured> measured = MadeBudget.measured(options, options.depths(), options.widths()).stream()
            .map(of -> of.subject().width() == 64 ? new Measured(of.subject(), of.rule(), 1, 1, new Times(1e9, 1e9, 1e9)) : of).toList();
        final BudgetReport report = new Budget(options, MadeBudget.MEMORY, _ -> { }).judge(measured);
        assertEquals(new Size(4, 128), answer(report, Way.EVERY_TICK).widest());
    }

    @Test
    void nothingFitsIfTheFramesAreTooFast() {
        final BudgetReport report = report(200_000, List.of(2, 4), List.of(64, 128), false);
        final Answer aligned = answer(report, Way.EVERY_TICK);
        assertNull(aligned.widest());
        assertNull(aligned.deepest());
        assertNull(aligned.largestHold());
        assertEquals(List.of(), aligned.widestByDepth());
        assertNull(Judge.winner(report.cells()));
        assertTrue(BudgetText.of(report).contains("not even one tick a frame fits"), BudgetText.of(report));
    }

    @Test
    void anImageThatIsTooLargeIsRefusedWithoutAPrediction() {
        final BudgetOptions options = MadeBudget.options(List.of(30.), List.of(2, 1_024), List.of(64, 4_096), false);
        final BudgetReport report = new Budget(options, MadeBudget.MEMORY, _ -> { }).judge(MadeBudget.measured(options, List.of(2), List.of(64, 128)));
        final Cell large = cell(report, "1024 x 4096", Way.EVERY_TICK);
        assertEquals(Verdict.NO_MEMORY, large.judged());
        assertTrue(Double.isNaN(large.p50Ns()));
        assertTrue(large.imageBytes() > MadeBudget.MEMORY);
        final Cell predicted = cell(report, "1024 x 64", Way.PAPER);
        assertFalse(predicted.measured());
        assertTrue(predicted.extrapolated());
    }

    @Test
    void aMachineWithTooLittleMemoryIsToldBeforeAnythingIsMeasured() {
        final BudgetOptions options = MadeBudget.options(List.of(30.), List.of(2), List.of(64), false);
        final List<String> said = new ArrayList<>();
        final RunFailure failure = assertThrows(RunFailure.class, () -> new Budget(options, 1_000, said::add).run());
        assertTrue(failure.getMessage().matches("2 x 64: its image needs [0-9.]+ KiB: expected at most 1.0 KiB, four fifths of the memory that is available"),
            failure::getMessage);
        assertEquals(1, failure.exitCode());
        assertEquals(List.of(), said);
    }

    /** At the highest rate at which a network fits: the one with the most weights, and its longest hold. */
    @Test
    void theWinnerIsTheLargestThatFitsAtTheHighestRate() {
        final BudgetOptions options = MadeBudget.options(List.of(30., 1_000., 90_000.), List.of(2, 4), List.of(64, 128), false);
        final BudgetReport report = new Budget(options, MadeBudget.MEMORY, _ -> { })
            .judge(MadeBudget.measured(options, options.depths(), options.widths()));
        final Cell winner = Judge.winner(report.cells());
        assertEquals(1_000, winner.fps());
        assertEquals("4 x 128", winner.network());
        // 7 ticks of 65,536 ns and 10 us are 469 us, 8 are 534 us, and half a millisecond is there.
        assertEquals(7, winner.hold());
    }

    @Test
    void aNetworkFromAFileHasNoFrontier() {
        final Subject file = new Subject("net.json", null, null, Subject.chain(3, 64).network());
        final BudgetOptions options = new BudgetOptions(List.of(1_000.), null, null, file, List.of(Rule.aligned()), List.of(1, 4), false, .5, 1,
            Idle.YIELD, 1, 0);
        final BudgetReport report = new Budget(options, MadeBudget.MEMORY, _ -> { }).judge(List.of(MadeBudget.measured(file, Rule.aligned())));
        assertEquals(List.of(1, 4), report.cells().stream().map(Cell::hold).toList());
        assertNull(report.answers().getFirst().widest());
        assertEquals("net.json", report.answers().getFirst().largestHold().network());
        assertEquals(List.of(), report.models());
        assertTrue(Double.isNaN(report.measured().getFirst().predictedP50Ns()));
    }

    @Test
    void aNetworkWithACycleAnswersAfterItsHoldAndLearnsAtNoCertainTime() {
        final Subject file = new Subject("cycle.json", null, null, WayTest.cycle());
        final BudgetOptions options = new BudgetOptions(List.of(1_000.), null, null, file, List.of(Rule.diffusion()), List.of(12), false, .5, 1,
            Idle.YIELD, 1, 0);
        final Cell cell = new Budget(options, MadeBudget.MEMORY, _ -> { }).judge(List.of(MadeBudget.measured(file, Rule.diffusion()))).cells().getFirst();
        assertEquals(12 * cell.p50Ns(), cell.answerNs(), 1e-6);
        assertTrue(Double.isNaN(cell.learntNs()));
    }

    @Test
    void whatIsPredictedStandsBesideWhatWasMeasured() {
        for (final BudgetReport.Timed timed : MadeBudget.report().measured()) {
            assertEquals(Math.abs(timed.predictedP50Ns() / timed.p50Ns() - 1), timed.error(), 1e-12);
        }
        final BudgetReport.Model model = MadeBudget.report().models().getFirst();
        assertEquals(8, model.points());
        final double[] errors = MadeBudget.report().measured().stream().filter(timed -> timed.rule().equals(model.rule()))
            .mapToDouble(BudgetReport.Timed::error).sorted().toArray();
        assertEquals((errors[3] + errors[4]) / 2, model.medianError(), 1e-12);
        assertEquals(errors[7], model.worstError(), 1e-12);
    }
}
