package org.tickwave.bench.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.answer.AnswerOptions;
import org.tickwave.bench.answer.Answers;
import org.tickwave.bench.answer.BlockedChannel;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.report.Hold;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.report.Threads;
import org.tickwave.bench.task.ChangeTask;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowReaderTest {
    private static final int FRAMES = 1_000;
    private static final int HOLD = 3;
    private static final int TICKS_AFTER_END = 3;

    private static final class Numbers extends NumberStream {
        private int frames;

        @Override
        public boolean read(final float[] to) {
            to[0] = (float) Math.sin(frames * .1);
            return frames++ < FRAMES;
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }

    /** The channel opens only when the last frame's ticks are done: a tick that waited for the writer would never end. */
    @ParameterizedTest
    @CsvSource({"BURST, NOW", "BURST, WAVE", "SPREAD, NOW", "SPREAD, WAVE"})
    void aWriterThatIsBlockedBlocksNoTick(final Clock paced, final AnswerOptions.From from) {
        final ChangeTask task = new ChangeTask(1, 2, 10, null);
        final Network network = Network.chain(2, 8, 1).build();
        final double fps = 100_000;
        final RunDescription description = new RunDescription("numbers", "change", List.of(), List.of(), null, 1, fps, 1e9 / fps / HOLD, network,
            Rule.aligned(), new Hold(HOLD, null), .01f, 2, 10, 0, 1, 0, 0, paced, false, true, new Threads(1, null, "spin", 2), null, null);
        final AnswerOptions options = new AnswerOptions("test", from, AnswerOptions.Format.F32);
        final BlockedChannel channel = new BlockedChannel();
        final Feed feed = new PlayedFeed(new Numbers(), null, task, 1, Long.MAX_VALUE);
        try (Engine engine = Engine.open(network, new Context().hold(HOLD).rate(.01f))) {
            final Answers answers = Answers.of(options, description, engine, task);
            final SessionObserver observer = (session, tookNs) -> {
                if (engine.ticks() == (long) FRAMES * HOLD) {
                    channel.unblock();
                }
            };
            final Session session = new Session(description, feed, task, engine, new EngineThreads(), null, answers, observer,
                new FrameClock(description.scheduledNs(), Idle.SPIN), Double.POSITIVE_INFINITY);
            answers.start(channel, options.format(), description, session::answersFailed);
            final Report report = session.run();
            assertEquals(Report.End.STREAM, report.end());
            assertEquals(FRAMES, report.counts().frames());
            assertEquals(FRAMES * HOLD + TICKS_AFTER_END, report.counts().ticks());
            assertTrue(report.answers().dropped() > 0, "dropped " + report.answers().dropped());
            assertEquals(FRAMES, report.answers().written() + report.answers().dropped());
            assertEquals(report.answers().written() * Float.BYTES, channel.written().length);
            assertFalse(channel.isOpen());
        }
    }
}
