package org.tickwave.bench.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tickwave.Activation;
import org.tickwave.Loss;
import org.tickwave.Rule;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.run.MadeRecordings;
import org.tickwave.bench.session.Feed;
import org.tickwave.bench.session.NumberStream;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.FrameStream;

/** The defaults that depend on the stream. */
class RunPlanTest {
    private static RunOptions options(
        final Integer context, final Float gain, final Rule rule, final List<Integer> layers, final Float rate) {
        final MadeOptions options = new MadeOptions();
        options.context = context;
        options.gain = gain;
        options.rule = rule;
        options.layers = layers;
        options.rate = rate;
        return options.settled();
    }

    private static final RunOptions NOTHING_GIVEN = options(null, null, Rule.aligned(), null, null);

    private static FrameStream stream(final int width, final boolean sound) {
        return new NumberStream() {
            private int frames;

            @Override
            public int width() {
                return width;
            }

            @Override
            public Features features() {
                return sound ? Features.of(8_000) : null;
            }

            @Override
            public boolean read(final float[] frame) {
                frame[0] = frames++ % 2 == 0 ? 3 : 5;
                return true;
            }

            @Override
            public void close() {
                // Nothing to close.
            }
        };
    }

    private static void expect(
        final RunDescription description, final String task, final String network, final int context, final float gain, final float rate) {
        assertEquals(task, description.task());
        assertEquals(network, description.network().toString());
        assertEquals(context, description.context());
        assertEquals(gain, description.gain());
        assertEquals(rate, description.rate());
    }

    @Test
    void numbersAndSoundAndLabelledSoundHaveDefaultsOfTheirOwn() throws RunFailure {
        expect(RunPlan.of(NOTHING_GIVEN, stream(2, false)).description(), "change", "32-64-64-2", 16, 10, 2e-2f);
        expect(RunPlan.of(NOTHING_GIVEN, stream(17, false)).description(), "change", "34-128-17", 2, 10, 2e-2f);
        expect(RunPlan.of(NOTHING_GIVEN, stream(40, true)).description(), "change", "400-128-40", 10, 3, 1e-2f);
        final RunDescription labelled = RunPlan.of(NOTHING_GIVEN, new MadeRecordings(1, 5, 10)).description();
        expect(labelled, "classify", "80-128-128-128-5", 10, 1, 3e-4f);
        assertEquals(5, labelled.labels().size());
        assertEquals(Loss.SOFTMAX_CROSS_ENTROPY, labelled.network().loss());
        assertEquals(Activation.IDENTITY, labelled.network().activation(4));
        assertEquals(100, labelled.fps());
    }

    @Test
    void whatIsGivenHolds() throws RunFailure {
        final RunOptions given = options(3, 2f, Rule.aligned(), List.of(9), .5f);
        expect(RunPlan.of(given, stream(2, false)).description(), "change", "6-9-2", 3, 2, .5f);
        expect(RunPlan.of(given, stream(40, true)).description(), "change", "120-9-40", 3, 2, .5f);
        final RunOptions ungained = options(3, null, Rule.aligned(), List.of(9), .5f);
        expect(RunPlan.of(ungained, new MadeRecordings(1, 5, 10)).description(), "classify", "24-9-5", 3, 1, .5f);
    }

    @Test
    void aFrameThatIsHeldTeachesMoreButNotAnAnswerThatIsALabel() throws RunFailure {
        final MadeOptions brief = new MadeOptions();
        brief.hold = 7;
        assertEquals(1e-2f, RunPlan.of(brief.settled(), stream(2, false)).description().rate());
        assertEquals(3e-4f, RunPlan.of(brief.settled(), new MadeRecordings(1, 5, 10)).description().rate());
        brief.hold = 8;
        assertEquals(2e-2f, RunPlan.of(brief.settled(), stream(2, false)).description().rate());
    }

    @Test
    void aRuleDoesNotDecideHowLongAFrameIsHeld() throws RunFailure {
        final RunOptions diffusion = options(null, null, Rule.diffusion(), null, null);
        assertEquals(RunPlan.of(NOTHING_GIVEN, new MadeRecordings(1, 5, 10)).description().hold(),
            RunPlan.of(diffusion, new MadeRecordings(1, 5, 10)).description().hold());
    }

    @Test
    void aGainBesideLabelsIsWrongUsage() {
        final RunFailure failure = assertThrows(RunFailure.class,
            () -> RunPlan.of(options(null, 10f, Rule.aligned(), null, null), new MadeRecordings(1, 5, 10)));
        assertEquals(2, failure.exitCode());
        assertTrue(failure.getMessage().startsWith("--gain 10: "), failure.getMessage());
    }

    @Test
    void soundIsNormalisedOverAllLoopsByANormaliserOfThePlansOwn() throws Exception {
        final FrameStream first = stream(40, true);
        final RunPlan plan = RunPlan.of(NOTHING_GIVEN, first);
        try (Feed feed = plan.feed(first, () -> stream(40, true), 1, 4)) {
            assertEquals(Feed.Next.FRAME, feed.next());
            assertEquals(0, plan.task().input()[0], "the first frame is the mean");
            assertEquals(Feed.Next.FRAME, feed.next());
            assertEquals(1, plan.task().input()[0], "5, of 3 and 5");
        }
        assertEquals(3, plan.normaliser().state().counts()[0]);
        assertNotSame(plan.normaliser(), RunPlan.of(NOTHING_GIVEN, first).normaliser());
        assertEquals(0, RunPlan.of(NOTHING_GIVEN, first).normaliser().state().counts()[0]);
        assertNull(RunPlan.of(NOTHING_GIVEN, stream(40, false)).normaliser());
    }

    @Test
    void aSecondPassIsNormalisedByWhatTheFirstTaughtToo() throws Exception {
        final MadeRecordings recordings = new MadeRecordings(1, 2, 4);
        final RunPlan plan = RunPlan.of(NOTHING_GIVEN, recordings);
        long frames = 0;
        try (Feed feed = plan.feed(recordings, recordings::again, 2, Long.MAX_VALUE)) {
            while (feed.next() == Feed.Next.FRAME) {
                frames++;
            }
        }
        assertEquals(frames, plan.normaliser().state().counts()[0]);
        assertFalse(frames == 0 || frames % 2 == 1, "two passes of the same");
    }
}
