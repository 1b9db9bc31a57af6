package org.tickwave.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * A tick compared with its budget, &Delta;t = 1/(fps K). Each frame is held for K ticks, as many as the rule needs. Beside
 * the time of a tick, JMH prints the percentage of the budget that the tick used, and the largest possible number of frames
 * per second. The unit that JMH prints after these two numbers does not apply to them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class BudgetBenchmark {
    private static final double SECOND_NS = 1e9;
    private static final double PERCENT = 100;

    /** Frames per second: of a film, a video, a display, a fast camera or a sensor. */
    @Param("30")
    public int fps;

    /** {@code diffusion} holds each frame for L-1 ticks; {@code window:R} and {@code aligned} hold each frame for one tick. */
    @Param("diffusion")
    public String rule;

    /** L. */
    @Param("10")
    public int depth;

    /** Neurons in each layer. */
    @Param("256")
    public int width;

    /** Two by default: the smallest number of threads that wait for each other. */
    @Param("2")
    public int threads;

    Workload work;
    double budgetNs;
    private int held;

    @Setup
    public void setUp() {
        if (fps < 1) {
            throw new IllegalArgumentException("fps " + fps + ": expected at least 1 frame a second");
        }
        work = new Workload(rule, depth, width, threads, rule.equals("diffusion") ? Math.max(1, depth - 1) : 1);
        budgetNs = SECOND_NS / ((double) fps * work.hold);
        Answer.verify(work);
    }

    @Benchmark
    public void tick(final Budget budget) {
        if (held == 0) {
            work.frames.give(work.engine);
            held = work.hold;
        }
        work.engine.tick();
        held--;
        budget.ticks++;
    }

    @TearDown
    public void tearDown() {
        Answer.verify(work);
        work.close();
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
            budgetNs = of.budgetNs;
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
