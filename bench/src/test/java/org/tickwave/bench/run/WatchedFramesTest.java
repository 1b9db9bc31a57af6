package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tickwave.Engine;
import org.tickwave.bench.session.Feed;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.session.SessionObserver;
import org.tickwave.bench.setup.MadeOptions;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.stream.MadeStream;
import org.tickwave.bench.watch.RunNumbers;
import org.tickwave.bench.watch.RunWatch;

/** What a page of {@code run --watch} sees of a run. */
@Timeout(60)
class WatchedFramesTest {
    private static RunOptions options() {
        final MadeOptions options = new MadeOptions();
        options.gain = 10f;
        options.fps = 1000.0;
        options.layers = List.of(8);
        options.rate = 1e-2f;
        options.frames = 20L;
        return options.settled();
    }

    /** Frames that were fed, not those that were read: a frame is fed when the next one, its target, was read. */
    @Test
    void theFramesAreThoseThatWereFed() throws Exception {
        final RunOptions options = options();
        try (MadeStream stream = new MadeStream(1)) {
            final RunPlan plan = RunPlan.of(options, stream);
            try (Engine engine = Engine.open(plan.description().network(), plan.context()); Feed feed = plan.feed(options, null, stream)) {
                final RunNumbers numbers = new RunNumbers(SessionObserver.NOTHING);
                final RunWatch watch = new RunWatch(plan.description(), engine, numbers);
                assertEquals(0, watch.look().frames());
                final List<Long> fed = new ArrayList<>();
                final List<Long> read = new ArrayList<>();
                final List<Long> seen = new ArrayList<>();
                final Session session = plan.session(options, feed, engine, null, null, (of, tookNs) -> {
                    numbers.ticked(of, tookNs);
                    fed.add(of.frames());
                    read.add(of.feed().read());
                    seen.add(watch.look().frames());
                }, Double.POSITIVE_INFINITY);
                session.run();
                assertEquals(fed, seen);
                assertNotEquals(fed, read);
                numbers.copy(session);
                assertEquals(session.frames(), watch.look().frames());
            }
        }
    }
}
