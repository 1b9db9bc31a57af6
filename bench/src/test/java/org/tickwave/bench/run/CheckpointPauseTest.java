package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.Engine;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.report.Checkpoints;
import org.tickwave.bench.session.Feed;
import org.tickwave.bench.session.FrameBorder;
import org.tickwave.bench.session.References;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.session.SessionObserver;
import org.tickwave.bench.setup.KeepOptions;
import org.tickwave.bench.setup.MadeOptions;
import org.tickwave.bench.setup.RunIdentity;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.MadeStream;
import org.tickwave.bench.stream.Streams;
import org.tickwave.bench.table.TableOptions;

/** What a stream waits for at a checkpoint: for copies into memory that is there, and for nothing that allocates. */
@Timeout(60)
class CheckpointPauseTest {
    private static final int FRAMES = 40;
    private static final int EVERY = 4;

    @TempDir
    private Path folder;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<Long> allocated = new ArrayList<>(FRAMES);

    /** Measures a border, and waits for the writer between two frames, so that no checkpoint is left out. */
    private FrameBorder measured(final Keeper keeper) {
        return (session, last) -> {
            final long before = threads.getCurrentThreadAllocatedBytes();
            keeper.reached(session, last);
            final long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            if (session.frames() % EVERY == 0) {
                allocated.add(bytes);
                keeper.finish();
            }
        };
    }

    private RunOptions options(final String input, final boolean compare) {
        final MadeOptions options = made(input, compare);
        options.format = input == null ? null : Format.parse("f32:2@360");
        return options.settled();
    }

    private MadeOptions made(final String input, final boolean compare) {
        final MadeOptions options = new MadeOptions();
        options.layers = List.of(8, 8);
        options.normalise = 10L;
        options.frames = (long) FRAMES;
        options.input = input;
        options.compare = compare;
        options.keep = new KeepOptions(folder.resolve("keep").toString(), EVERY, 0, false);
        return options;
    }

    private Checkpoints run(final RunOptions options, final Input input) throws Exception {
        try (KeptRun kept = KeptRun.open(options, line -> { });
             FrameStream stream = input == null ? new MadeStream(1) : input.open()) {
            final RunPlan plan = RunPlan.of(options, stream);
            try (Engine engine = Engine.open(plan.description().network(), plan.context());
                 References references = options.compare() ? new References(plan.description().network(), plan.description().rate(), 1) : null;
                 Feed feed = plan.feed(options, input, stream);
                 Keeper keeper = new Keeper(kept, plan, options.keep(), new RunIdentity("keep", plan, options, input), input, stream, references,
                     null, line -> { })) {
                final Session session = plan.session(options, feed, engine, references, null, SessionObserver.NOTHING, Double.POSITIVE_INFINITY);
                keeper.begin(session);
                session.border(measured(keeper));
                session.run();
                return keeper.finish();
            }
        }
    }

    private void expectNothingAllocated(final Checkpoints checkpoints) {
        assertEquals(null, checkpoints.failure());
        assertTrue(checkpoints.written() >= FRAMES / EVERY - 1, checkpoints::toString);
        assertTrue(allocated.size() >= FRAMES / EVERY - 1, allocated::toString);
        assertEquals(List.of(), allocated.stream().skip(1).filter(bytes -> bytes != 0).toList(), allocated::toString);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theMadeStreamWaitsForNoAllocation(final boolean compare) throws Exception {
        expectNothingAllocated(run(options(null, compare), null));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileWaitsForNoAllocation(final boolean compare) throws Exception {
        final RunOptions options = options(file(), compare);
        final Input input = Input.of(options.input(), options.format(), 1);
        input.note();
        expectNothingAllocated(run(options, input));
    }

    /** The table lacks a number in each loop, which the checkpoint has to remember. */
    @Test
    void aTableInASecondLoopWaitsForNoAllocation() throws Exception {
        final StringBuilder rows = new StringBuilder("a,b\n1,2\n3,\n");
        for (int i = 2; i < FRAMES / 2; i++) {
            rows.append(i % 7).append(',').append(i % 5).append('\n');
        }
        final MadeOptions options = made(Files.writeString(folder.resolve("rows.csv"), rows).toString(), false);
        options.loop = 3;
        options.table = TableOptions.DEFAULT;
        final RunOptions settled = options.settled();
        final Input input = Input.of(settled.input(), settled.table());
        input.note();
        expectNothingAllocated(run(settled, input));
    }

    private String file() throws IOException {
        final float[] numbers = new float[2 * FRAMES];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i % 7;
        }
        return Files.write(folder.resolve("numbers.raw"), Streams.floats(numbers)).toString();
    }
}
