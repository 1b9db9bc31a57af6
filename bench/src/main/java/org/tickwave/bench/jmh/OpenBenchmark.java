package org.tickwave.bench.jmh;

import java.util.concurrent.TimeUnit;
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
import org.tickwave.Engine;
import org.tickwave.Network;

/** How long a program waits at its start: for {@code Engine.open}, and for the first tick. Each fork is a new JVM and measures once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(10)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class OpenBenchmark {
    private static final String RULE = "diffusion";

    /** L. */
    @Param("10")
    public int depth;

    /** Neurons in each layer. */
    @Param("256")
    public int width;

    /** Of the engine. */
    @Param("2")
    public int threads;

    private Network network;
    private Engine engine;

    /** An engine that {@code open} does not measure. */
    @State(Scope.Benchmark)
    public static class Opened {
        private Workload work;

        @Setup(Level.Iteration)
        public void setUp(final OpenBenchmark of) {
            of.setUp();
            of.open();
            work = of.workload();
        }
    }

    @Setup(Level.Iteration)
    public void setUp() {
        close();
        network = Workload.network(depth, width);
    }

    @Benchmark
    public void open(final Work counted) {
        open();
        counted.add(Engine.imageBytes(network, Workload.context(RULE, 1)), 0);
    }

    private void open() {
        engine = Workload.open(network, RULE, threads, 1);
    }

    /** The engine is open, and its kernels are cold. */
    @Benchmark
    public void firstTick(final Opened opened, final Work counted) {
        opened.work.tick();
        counted.add(opened.work.weightBytes, opened.work.multiplyAdds);
    }

    private Workload workload() {
        return new Workload(RULE, depth, width, 1, engine);
    }

    /** Expects that the engine learns. */
    @TearDown(Level.Iteration)
    public void tearDown() {
        Answer.verify(workload());
        close();
    }

    private void close() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }
}
