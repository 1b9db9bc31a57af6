package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tickwave.Activation;
import org.tickwave.Engine;
import org.tickwave.Rule;
import org.tickwave.bench.report.JsonReport;
import org.tickwave.bench.report.Report;

/** A run on labelled recordings, from the stream to the report. */
@Timeout(120)
class ClassRunTest {
    private static final long SEED = 20_261_125;
    private static final int LABELS = 5;
    private static final int RECORDINGS = 150;
    private static final int PASSES = 3;

    static Settings settings(final Float gain, final Float rate, final boolean live) {
        return new Settings(null, null, null, gain, null, Rule.aligned(), null, null, Activation.TANH, rate, SEED, null,
            null, null, 1, live, true, true, 1, Idle.PARK, 0);
    }

    private static Report report(final Settings settings, final long limit) throws Exception {
        final MadeRecordings source = new MadeRecordings(SEED, LABELS, RECORDINGS);
        final Plan plan = Plan.of(settings, source);
        try (Engine engine = Engine.open(plan.setup().network(), plan.context());
            Backprop backprop = new Backprop(plan.setup().network(), SEED);
            Feed feed = plan.feed(source, source::again, PASSES, limit)) {
            return plan.session(settings, feed, engine, backprop, null, Double.POSITIVE_INFINITY).run();
        }
    }

    @Test
    void learnsToTellLabelsApartAndSoDoesBackprop() throws Exception {
        final Report report = report(settings(null, 2e-3f, false), Long.MAX_VALUE);
        final JsonObject json = JsonParser.parseString(JsonReport.of(report, "test")).getAsJsonObject();
        assertEquals(RECORDINGS / 10, json.get("held_out_recordings").getAsInt());
        final double accuracy = json.get("held_out_recording_accuracy").getAsDouble();
        final double backprop = json.getAsJsonObject("backprop").get("held_out_recording_accuracy").getAsDouble();
        assertTrue(accuracy > .5, json.toString());
        assertTrue(backprop > .5, json.toString());
    }
}
