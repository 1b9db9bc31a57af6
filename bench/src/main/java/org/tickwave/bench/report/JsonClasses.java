package org.tickwave.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import org.tickwave.bench.score.ClassScores;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.score.Models;
import org.tickwave.bench.score.Predictor;
import org.tickwave.bench.score.RowScores;

/** Adds the accuracies to a report's JSON. The values are null if the task has no classes. */
final class JsonClasses {
    private JsonClasses() {
    }

    static void add(final JsonObject json, final Measure measure) {
        final ClassScores scores = measure instanceof final ClassScores classes ? classes : null;
        addAccuracies(json, measure, Models.NETWORK);
        json.addProperty("held_out_frames", scores == null ? null : scores.frames());
        json.addProperty("held_out_recordings", scores == null ? null : scores.recordings());
        json.add("last_label", baseline(measure, Predictor.LAST));
        json.add("commonest_label", baseline(measure, Predictor.COMMONEST));
        json.add("classes", scores == null ? JsonNull.INSTANCE : classes(scores));
        json.add("accuracy_over_time", scores == null ? JsonNull.INSTANCE : overTime(scores));
    }

    /** @param measure scores of the waves' answers; null if these are scored as all others, or if there are several outputs */
    static JsonElement taughtBeforeAnswer(final Measure measure) {
        if (!(measure instanceof final RowScores rows)) {
            return JsonNull.INSTANCE;
        }
        final JsonObject json = new JsonObject();
        addRows(json, rows, Models.NETWORK);
        return json;
    }

    private static JsonElement baseline(final Measure measure, final Predictor by) {
        final JsonObject json = new JsonObject();
        switch (measure) {
            case final ClassScores recordings -> addRecordings(json, recordings, by);
            case final RowScores rows -> addRows(json, rows, by == Predictor.LAST ? rows.lastLabel() : rows.commonestLabel());
            default -> {
                return JsonNull.INSTANCE;
            }
        }
        return json;
    }

    /** Adds the accuracies of a model: of rows and of held-out recordings, of which at most one applies. */
    static void addAccuracies(final JsonObject json, final Measure measure, final int model) {
        addRows(json, measure instanceof final RowScores rows ? rows : null, model);
        addRecordings(json, measure instanceof final ClassScores classes ? classes : null, Predictor.values()[model]);
    }

    private static void addRows(final JsonObject json, final RowScores scores, final int model) {
        json.add("accuracy", JsonReport.number(scores == null ? Double.NaN : scores.accuracy(model)));
        json.add("accuracy_last_quarter", JsonReport.number(scores == null ? Double.NaN : scores.lastQuarter(model)));
    }

    private static void addRecordings(final JsonObject json, final ClassScores scores, final Predictor by) {
        json.add("held_out_frame_accuracy", JsonReport.number(scores == null ? Double.NaN : scores.frameAccuracy(by)));
        json.add("held_out_recording_accuracy", JsonReport.number(scores == null ? Double.NaN : scores.recordingAccuracy(by)));
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
