package org.tickwave.bench.jmh;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tickwave.Engine;

/**
 * An answer now, that is, a forward pass through all layers on the caller's thread, beside a learning tick of the same
 * network. Compare the best iterations: a mean includes disturbances by other processes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AnswerBenchmark {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    /** {@code diffusion}, {@code window:R} or {@code aligned}. The answer is the same under every rule. */
    @Param("aligned")
    public String rule;

    /** L. */
    @Param("10")
    public int depth;

    /** Neurons in each layer. */
    @Param("64")
    public int width;

    /** The answer runs on one thread, the tick on as many as this. */
    @Param("1")
    public int threads;

    Workload work;
    MemorySegment to;

    @Setup
    public void setUp() {
        work = new Workload(rule, depth, width, threads, 1);
        to = MemorySegment.ofArray(new float[width]);
        verify();
    }

    @Benchmark
    public void answer() {
        if (!work.frames.answer(work.engine, to)) {
            throw new IllegalStateException("the guard refused the answer");
        }
    }

    @Benchmark
    public void tick() {
        work.tick();
    }

    @TearDown
    public void tearDown() {
        verify();
        work.close();
    }

    /** The answer has the bits of the output that the same frame has after its ticks, if no layer learns meanwhile. */
    private void verify() {
        Answer.verify(work);
        work.frames.rewind();
        answer();
        final Engine engine = work.engine;
        engine.learning(false);
        work.frames.rewind();
        work.frames.give(engine);
        engine.advance(depth);
        engine.learning(true);
        final MemorySegment output = engine.output();
        for (long i = 0; i < width; i++) {
            final int expected = Float.floatToRawIntBits(output.getAtIndex(FLOAT, i));
            if (Float.floatToRawIntBits(to.getAtIndex(FLOAT, i)) != expected) {
                throw new IllegalStateException("number " + i + " of the answer is " + to.getAtIndex(FLOAT, i) + ": expected "
                    + Float.intBitsToFloat(expected) + ", as in the output");
            }
        }
    }
}
