package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tickwave.Engine;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.report.JsonReport;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.Summary;
import org.tickwave.bench.session.Feed;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.session.References;
import org.tickwave.bench.session.SessionObserver;
import org.tickwave.bench.setup.MadeOptions;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;

/** A run on labelled recordings, from the stream to the report. */
@Timeout(120)
class ClassRunTest {
    private static final long SEED = 20_261_125;
    private static final int LABELS = 5;
    private static final int RECORDINGS = 150;
    private static final int PASSES = 3;
    private static final float RATE = 2e-3f;

    static RunOptions options(final Float gain, final Float rate, final boolean live) {
        final MadeOptions options = new MadeOptions();
        options.gain = gain;
        options.hold = 1;
        options.rate = rate;
        options.seed = SEED;
        options.clock = live ? Clock.SPREAD : null;
        options.compare = true;
        return options.settled();
    }

    private static RunOptions fast(final Clock clock) {
        final MadeOptions options = new MadeOptions();
        options.fps = 10_000.0;
        options.hold = 1;
        options.layers = List.of(16);
        options.rate = RATE;
        options.seed = SEED;
        options.clock = clock;
        options.compare = true;
        options.idle = Idle.SPIN;
        return options.settled();
    }

    private static Report report(final RunOptions options, final MadeRecordings source, final long limit) throws Exception {
        final RunPlan plan = RunPlan.of(options, source);
        try (Engine engine = Engine.open(plan.description().network(), plan.context());
            References references = new References(plan.description().network(), plan.description().rate(), SEED);
            Feed feed = plan.feed(source, source::again, PASSES, limit)) {
            return plan.session(options, feed, engine, references, null, SessionObserver.NOTHING, Double.POSITIVE_INFINITY).run();
        }
    }

    private static Report report(final long limit) throws Exception {
        return report(options(null, RATE, false), recordings(), limit);
    }

    private static MadeRecordings recordings() {
        return new MadeRecordings(SEED, LABELS, RECORDINGS, 0);
    }

    private static JsonObject json(final Report report) {
        return JsonParser.parseString(JsonReport.of(report, "test")).getAsJsonObject();
    }

    @Test
    void learnsToTellLabelsApartAndSoDoesBackpropAndTheReportSaysHowWell() throws Exception {
        final Report report = report(Long.MAX_VALUE);
        final JsonObject json = json(report);
        assertEquals(Report.End.STREAM, report.end());
        assertEquals("classify", json.get("task").getAsString());
        assertEquals(LABELS, json.getAsJsonArray("labels").size());
        assertTrue(json.get("gain").isJsonNull() && json.get("no_change_loss").isJsonNull(), json.toString());
        assertEquals(RECORDINGS / 10, json.get("held_out_recordings").getAsInt());
        assertTrue(json.get("held_out_frames").getAsInt() > RECORDINGS / 10, json.toString());
        assertTrue(json.get("scored_frames").getAsLong() < report.counts().frames(), "held-out frames cost nothing");
        for (final JsonObject learner : List.of(json, json.getAsJsonObject("backprop"))) {
            assertTrue(learner.get("held_out_recording_accuracy").getAsDouble() > .5, json.toString());
            assertTrue(learner.get("held_out_frame_accuracy").getAsDouble() > .35, json.toString());
            assertTrue(learner.get("loss_last_quarter").getAsDouble() < .8 * Math.log(LABELS), json.toString());
        }
        assertTrue(json.getAsJsonObject("linear").get("held_out_recording_accuracy").getAsDouble() > .35, json.toString());
        assertTrue(json.getAsJsonObject("commonest_label").get("held_out_recording_accuracy").getAsDouble() < .5, json.toString());
        assertTrue(json.getAsJsonObject("last_label").get("held_out_recording_accuracy").getAsDouble() < .5, json.toString());
        assertTrue(json.getAsJsonObject("last_label").get("held_out_frame_accuracy").getAsDouble() > .8, "most frames have the label of the previous frame");
        assertEquals(LABELS, json.getAsJsonArray("classes").size());
        final JsonArray overTime = json.getAsJsonArray("accuracy_over_time");
        assertTrue(overTime.size() > 25 && overTime.size() <= 50, json.toString());
        assertEquals(PASSES * RECORDINGS, overTime.get(overTime.size() - 1).getAsJsonObject().get("recordings_heard").getAsInt());
    }

    @Test
    void theSummarySaysWhatItRestsOnAndWhatNobodyWouldHaveToLearn() throws Exception {
        final String summary = Summary.of(report(Long.MAX_VALUE));
        assertTrue(summary.matches("(?s).*\nlearnt    right on \\S+ % of 15 held-out recordings and \\S+ % of \\d+ held-out frames in the second "
            + "half\nbaselines commonest label \\S+ % \\(\\S+ % of frames\\), previous label \\S+ % \\(\\S+ % of frames\\)\n"
            + "backprop  sequential, same frames: right on \\S+ % of recordings and \\S+ % of frames; "
            + "tickwave is right on \\S+ times as many recordings\n"
            + "linear    no hidden layer, rate \\S+, the best of three: right on \\S+ % of recordings[^\n]*\n"
            + "classes   label0: \\S+ % of \\d+, label1: .*"), summary);
    }

    @Test
    void whatIsHeldOutTeachesNobodyItsLabel() throws Exception {
        final Report honest = report(400);
        final Report lied = report(options(null, RATE, false), new MadeRecordings(SEED, LABELS, RECORDINGS, 1), 400);
        assertEquals(honest.weightsCrc(), lied.weightsCrc());
        assertEquals(honest.references(), lied.references());
        assertEquals(json(honest).get("loss_last_quarter"), json(lied).get("loss_last_quarter"));
    }

    @Test
    void aRunThatEndsEarlyLeavesOutTheRecordingItWasIn() throws Exception {
        final long frames = report(Long.MAX_VALUE).counts().frames();
        final Report cut = report(frames - 1);
        assertEquals(Report.End.FRAMES, cut.end());
        assertEquals(RECORDINGS / 10 - 1, json(cut).get("held_out_recordings").getAsInt(), "the last is held out");
    }

    @Test
    void aLiveRunHearsTheSame() throws Exception {
        final Report report = report(fast(Clock.SPREAD), recordings(), 1_000);
        assertEquals(report(fast(null), recordings(), 1_000).weightsCrc(), report.weightsCrc());
        assertEquals(1_000, report.times().responseNs().getTotalCount());
    }
}
