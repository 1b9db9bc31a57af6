package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.tickwave.bench.peer.Peer;
import org.tickwave.bench.peer.TrainingStep;

/** The counted work of a benchmark follows its parameters, and JMH prints it. */
class WorkTest {
    private static String both(final Work work) {
        return work.bytes + " " + work.multiplyAdds;
    }

    private static String ofTicks(final int depth, final int width) {
        final TickBenchmark benchmark = new TickBenchmark();
        benchmark.rule = "aligned";
        benchmark.depth = depth;
        benchmark.width = width;
        benchmark.threads = 1;
        benchmark.setUp();
        final Work work = new Work();
        benchmark.tick(work);
        benchmark.tick(work);
        benchmark.tearDown();
        return both(work);
    }

    private static String ofPeer(final Peer peer, final int depth, final int width) {
        final PeerBenchmark benchmark = peer(peer, depth, width);
        benchmark.setUp();
        final Work work = new Work();
        benchmark.step(work);
        benchmark.step(work);
        benchmark.tearDown();
        return both(work);
    }

    private static PeerBenchmark peer(final Peer peer, final int depth, final int width) {
        final PeerBenchmark benchmark = new PeerBenchmark();
        benchmark.peer = peer;
        benchmark.batch = 1;
        benchmark.depth = depth;
        benchmark.width = width;
        benchmark.threads = 1;
        return benchmark;
    }

    private static String ofPass(final int width, final int columns) {
        final FusedPassBenchmark benchmark = new FusedPassBenchmark();
        benchmark.width = width;
        benchmark.columns = columns;
        benchmark.setUp();
        final Work work = new Work();
        benchmark.fused(work);
        benchmark.fused(work);
        benchmark.tearDown();
        return both(work);
    }

    /** Of two ticks: a weight is read and written, 8 bytes, and takes 3 multiply-adds, 2 in the first layer. */
    @Test
    void ticksCountEachWeight() {
        assertEquals(2 * 3 * 16 * 8 + " " + 2 * (2 + 3 + 3) * 16, ofTicks(3, 4));
        assertEquals(2 * 4 * 16 * 8 + " " + 2 * (2 + 3 * 3) * 16, ofTicks(4, 4));
        assertEquals(2 * 3 * 64 * 8 + " " + 2 * (2 + 3 + 3) * 64, ofTicks(3, 8));
    }

    @Test
    void peersCountWhatTheyVisit() {
        assertEquals(2 * 3 * 64 * 8 + " " + 2 * 8 * 64, ofPeer(Peer.TICK, 3, 8));
        assertEquals(2 * 3 * 64 * 12 + " " + 2 * 8 * 64, ofPeer(Peer.PLAIN, 3, 8));
        assertEquals(2 * (12 + 16 + 16) * 64 + " " + 2 * 8 * 64, ofPeer(Peer.NETLIB, 3, 8));
        assertEquals(2 * 4 * 64 * 12 + " " + 2 * 11 * 64, ofPeer(Peer.BACKPROP, 4, 8));
        assertEquals(2 * 3 * 256 * 12 + " " + 2 * 8 * 256, ofPeer(Peer.PLAIN, 3, 16));
    }

    @Test
    void passesCountRowsTimesColumns() {
        assertEquals(2 * 8 * 400 + " " + 2 * 3 * 400, ofPass(20, 0));
        assertEquals(2 * 8 * 80 + " " + 2 * 3 * 80, ofPass(20, 4));
        assertEquals(2 * 8 * 240 + " " + 2 * 3 * 240, ofPass(4, 60));
        assertEquals("width 0, columns 0: expected at least 1, or 0 columns for a square",
            assertThrows(IllegalArgumentException.class, () -> ofPass(0, 0)).getMessage());
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertEquals("depth 0, width 8: expected at least 1",
            assertThrows(IllegalArgumentException.class, peer(Peer.PLAIN, 0, 8)::setUp).getMessage());
    }

    /** After the set-up every second step is left out, as by a step that is wrong once it is compiled. */
    @Test
    void aPeerThatIsWrongLaterIsRefusedInTheEnd() {
        final PeerBenchmark benchmark = peer(Peer.PLAIN, 3, 8);
        benchmark.setUp();
        final TrainingStep right = benchmark.step;
        final int[] steps = {0};
        benchmark.step = (TrainingStep) Proxy.newProxyInstance(
            TrainingStep.class.getClassLoader(), new Class<?>[] {TrainingStep.class},
            (proxy, method, arguments) -> method.getName().equals("step") && steps[0]++ % 2 == 1 ? null : method.invoke(right, arguments));
        final String message = assertThrows(IllegalStateException.class, benchmark::tearDown).getMessage();
        assertTrue(message.contains("differ from the reference"), message);
    }

    /** In the mode avgt the ratio of the printed times is the work of an operation; in thrpt that of the printed rates. */
    @ParameterizedTest
    @CsvSource({"AverageTime", "Throughput"})
    void jmhPrintsTheWork(final Mode mode) throws RunnerException {
        // Another run of JMH on this machine must not make this test fail.
        System.setProperty("jmh.ignoreLock", "true");
        final RunResult run = new Runner(new OptionsBuilder()
            .include(FusedPassBenchmark.class.getName()).forks(0).mode(mode).warmupIterations(0)
            .measurementIterations(2).measurementTime(TimeValue.milliseconds(20)).param("width", "20").param("columns", "4")
            .shouldFailOnError(true).verbosity(VerboseMode.SILENT).build()).runSingle();
        final double each = run.getPrimaryResult().getScore();
        final ToLongFunction<String> counted = name -> {
            final double score = run.getSecondaryResults().get(name).getScore();
            return Math.round(mode == Mode.AverageTime ? each / score : score / each);
        };
        assertEquals(8 * 80, counted.applyAsLong("bytes"));
        assertEquals(3 * 80, counted.applyAsLong("multiplyAdds"));
    }
}
