package org.tickwave.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A tick of a held frame: one {@code advance(hold)} for each frame, without returning to the caller between its ticks. An
 * operation is a tick, as in {@link TickBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdvanceBenchmark {
    /** Ticks of an invocation. A frame that is not finished is continued in the next invocation. */
    static final int TICKS = 360;

    /** {@code diffusion}, {@code window:R} or {@code aligned}. */
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

    /** K, the number of ticks for which each frame is held. The default is the paper's choice for the default depth. */
    @Param("9")
    public int hold;

    Workload work;
    private int held;

    @Setup
    public void setUp() {
        work = new Workload(rule, depth, width, threads, hold);
        Answer.verify(work);
    }

    @Benchmark
    @OperationsPerInvocation(TICKS)
    public void ticks() {
        int left = TICKS;
        while (left > 0) {
            if (held == 0) {
                work.frames.give(work.engine);
                held = hold;
            }
            final int ticks = Math.min(held, left);
            work.engine.advance(ticks);
            held -= ticks;
            left -= ticks;
        }
    }

    @TearDown
    public void tearDown() {
        Answer.verify(work);
        work.close();
    }
}
