package org.tickwave.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import org.tickwave.bench.score.ClassScores;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.score.Predictor;

/** Adds the accuracies to a report's JSON. The values are null if the task has no classes. */
final class JsonClasses {
    private JsonClasses() {
    }

    static void add(final JsonObject json, final Measure measure) {
        final ClassScores scores = measure instanceof final ClassScores classes ? classes : null;
        addAccuracies(json, measure, Predictor.NETWORK);
        json.addProperty("held_out_frames", scores == null ? null : scores.frames());
        json.addProperty("held_out_recordings", scores == null ? null : scores.recordings());
        addAccuracies(json, "commonest_label", scores, Predictor.COMMONEST);
        addAccuracies(json, "last_label", scores, Predictor.LAST);
        json.add("classes", scores == null ? JsonNull.INSTANCE : classes(scores));
        json.add("accuracy_over_time", scores == null ? JsonNull.INSTANCE : overTime(scores));
    }

    static void addAccuracies(final JsonObject json, final Measure measure, final Predictor by) {
        addAccuracies(json, "held_out", measure instanceof final ClassScores classes ? classes : null, by);
    }

    private static void addAccuracies(final JsonObject json, final String prefix, final ClassScores scores, final Predictor by) {
        json.add(prefix + "_frame_accuracy", JsonReport.number(scores == null ? Double.NaN : scores.frameAccuracy(by)));
        json.add(prefix + "_recording_accuracy", JsonReport.number(scores == null ? Double.NaN : scores.recordingAccuracy(by)));
    }

    private static JsonElement classes(final ClassScores scores) {
        final JsonArray classes = new JsonArray();
        for (int i = 0; i < scores.labels().size(); i++) {
            final JsonObject json = new JsonObject();
            json.addProperty("label", scores.labels().get(i));
            json.addProperty("recordings", scores.recordings(i));
            json.add("frame_accuracy", JsonReport.number(scores.frameAccuracy(i)));
            json.add("recording_accuracy", JsonReport.number(scores.recordingAccuracy(i)));
            classes.add(json);
        }
        return classes;
    }

    private static JsonElement overTime(final ClassScores scores) {
        final JsonArray points = new JsonArray();
        for (final ClassScores.Point point : scores.overTime()) {
            final JsonObject json = new JsonObject();
            json.addProperty("recordings_heard", point.recordingsHeard());
            json.add("held_out_recording_accuracy", JsonReport.number(point.network()));
            json.add("backprop", JsonReport.number(point.backprop()));
            points.add(json);
        }
        return points;
    }
}
