package org.tickwave.bench.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * A tick compared with its budget, &Delta;t = 1/(fps K). Each frame is held for K ticks, as many as the rule needs. Beside
 * the time of a tick, JMH prints the percentage of the budget that the tick used, and the largest possible number of frames
 * per second. The unit that JMH prints after these two numbers does not apply to them.
 */
public class BudgetBenchmark extends LearningChain {
    private static final double SECOND_NS = 1e9;
    private static final double PERCENT = 100;

    /** Frames per second: of a film, a video, a display, a fast camera or a sensor. */
    @Param("30")
    public int fps;

    private int held;

    /** As long as the rule needs. */
    @Override
    int hold() {
        if (fps < 1) {
            throw new IllegalArgumentException("fps " + fps + ": expected at least 1 frame a second");
        }
        return rule.equals("diffusion") ? Math.max(1, depth - 1) : 1;
    }

    /** Of a tick. */
    double budgetNs() {
        return SECOND_NS / ((double) fps * work.hold);
    }

    @Benchmark
    public void tick(final Budget budget, final Work counted) {
        if (held == 0) {
            work.frames.give(work.engine);
            held = work.hold;
        }
        work.engine.tick();
        held--;
        budget.ticks++;
        counted.add(work.weightBytes, work.multiplyAdds);
    }

    /**
     * The numbers that JMH prints beside the time of a tick. JMH divides the time of an iteration by each counter and averages
     * over the iterations. So each counter here is the time divided by the number to print. (JMH does not divide counters of
     * type EVENTS, but it sums them over the iterations, which makes no sense for a percentage.)
     */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Budget {
        private double budgetNs;
        private double hold;
        private double unitNs;
        private long startNs;
        private double tookNs;
        long ticks;

        @Setup(Level.Iteration)
        public void start(final BudgetBenchmark of, final BenchmarkParams params) {
            if (params.getMode() == Mode.Throughput) {
                throw new IllegalArgumentException("mode " + params.getMode() + ": expected " + Mode.AverageTime
                    + ", for which the counters are computed");
            }
            budgetNs = of.budgetNs();
            hold = of.work.hold;
            unitNs = params.getTimeUnit().toNanos(1);
            ticks = 0;
            startNs = System.nanoTime();
        }

        @TearDown(Level.Iteration)
        public void stop() {
            tookNs = System.nanoTime() - startNs;
        }

        /** The percentage of the budget that a tick used. */
        public double percentOfBudget() {
            return counter(PERCENT * tookNs / ticks / budgetNs);
        }

        /** The largest possible number of frames per second. */
        public double framesPerSecond() {
            return counter(SECOND_NS / (tookNs / ticks * hold));
        }

        private double counter(final double printed) {
            return tookNs / unitNs / printed;
        }
    }
}
