package org.tickwave.bench.jmh;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.Engine;

/**
 * An answer now, that is, a forward pass through all layers on the caller's thread, beside a learning tick of the same
 * network. Compare the best iterations: a mean includes disturbances by other processes.
 */
@State(Scope.Benchmark)
public class AnswerBenchmark extends Timed {
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
    public void answer(final Work counted) {
        answer();
        counted.add(work.weightBytes / 2, work.weights);
    }

    /** One answer, not counted. It reads each weight, and writes no weight. */
    public void answer() {
        if (!work.frames.answer(work.engine, to)) {
            throw new IllegalStateException("the guard refused the answer");
        }
    }

    @Benchmark
    public void tick(final Work counted) {
        work.tick();
        counted.add(work.weightBytes, work.multiplyAdds);
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
            Expect.sameBits("number " + i + " of the answer", output.getAtIndex(FLOAT, i), to.getAtIndex(FLOAT, i), "in the output");
        }
    }
}
